"""The register as it stands in the system, row by row."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lado.models import Consultation, User
from lado.queries import register as stored
from lado.queries.register import Course
from lado.register.cells import Cell
from lado.register.columns import CASE_COLUMNS
from lado.register.contents import Contents, children, dates, joined, label, roles, yes_no
from lado.register.words import Words
from lado.rules.case_outcome import overall_outcome
from lado.rules.vocabulary import StrandKind
from lado.services.audit import Actor


@dataclass(frozen=True, slots=True)
class Line:
    """`shown` is False where `by` may not know of the consultation."""

    consultation_id: int
    contact_ref: str
    contents: Contents
    shown: bool


def lines(by: Actor) -> list[Line]:
    """Every consultation, those that `by` may not see included and marked."""
    words = Words(stored.all_terms())
    others, courses = stored.other_positions(), stored.courses()
    visible = stored.visible_ids(by, Consultation) if isinstance(by, User) else None
    contacts = list(stored.contacts())
    openers = _openers(contacts)
    found = []
    for contact in sorted(contacts, key=lambda each: _place(each, openers)):
        opens = openers.get(contact.case_id) == contact.id
        course = courses[contact.case_id] if contact.case_id else None
        contents = _contents(contact, words, others.get(contact.subject_id, ()), course, opens)
        shown = visible is None or contact.id in visible
        found.append(Line(contact.id, contact.contact_ref, contents, shown))
    return found


def _openers(contacts: Iterable[Any]) -> dict[int, int]:
    """For each case the consultation in whose row it is told: the one that opened it."""
    openers: dict[int, int] = {}
    opened = set()
    for contact in contacts:
        if contact.case_id and contact.case_id not in opened:
            if contact.opened_case:
                opened.add(contact.case_id)
                openers[contact.case_id] = contact.id
            else:
                openers.setdefault(contact.case_id, contact.id)
    return openers


def _place(contact: Any, openers: dict[int, int]) -> tuple[int, int]:
    """In the order they were made, but none before the one that opened its case."""
    opener = openers.get(contact.case_id, contact.id)
    return max(opener, contact.id), 0 if opener == contact.id else contact.id


def _contents(
    contact: Any,
    words: Words,
    others: Iterable[tuple[int | None, str | None, int]],
    course: Course | None,
    opens: bool,
) -> list[Cell]:
    def word(id_: int | None) -> str:
        return label(words.by_id[id_]) if id_ else ""

    told = _course(course, words) if course and opens else [""] * len(CASE_COLUMNS)
    return [
        contact.contact_ref,
        contact.received_on,
        contact.aware_on or "",
        word(contact.contact_method_id),
        contact.taken_by or "",
        contact.referrer_name or "",
        contact.referrer_role or "",
        word(contact.referrer_agency_id),
        contact.surname or "",
        contact.forename or "",
        contact.date_of_birth or "",
        contact.sex.label if contact.sex else "",
        word(contact.role_id),
        contact.setting or "",
        word(contact.sector_id),
        roles((word(role), setting, word(sector)) for role, setting, sector in others),
        word(contact.category_id),
        word(contact.context_id),
        yes_no(contact.non_recent),
        yes_no(contact.about_id is not None),
        children(contact.children, contact.children_count) if contact.children else "",
        contact.summary or "",
        contact.advice or contact.interim_advice or "",
        word(contact.decision_id),
        contact.decided_on or "",
        course.ref if course else "",
        *told,
    ]


def _course(course: Course, words: Words) -> list[Cell]:
    """The outcome is told once the case is concluded, and the closure reason where there is
    none."""

    def word(id_: int | None) -> str:
        return label(words.by_id[id_]) if id_ else ""

    ending = ""
    if course.concluded_on:
        outcome = overall_outcome(course.outcomes)
        ending = outcome.label if outcome else word(course.closure_reason_id)
    return [
        dates(course.discussions),
        ending,
        course.concluded_on or "",
        word(course.results.get(StrandKind.EMPLOYER)),
        word(course.results.get(StrandKind.POLICE)),
        course.dbs_referred_on or "",
        joined(words.by_id[theme].label for theme in dict.fromkeys(course.learning_themes)),
    ]
