"""The register as it stands in the system, row by row, so that it can be loaded again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from lado.models import Consultation, User
from lado.queries import register as stored
from lado.queries.courses import Course, Opening, courses, openings
from lado.register.cells import Cell, clean_lines
from lado.register.columns import CASE_COLUMNS
from lado.register.contents import Contents, children, dates, joined, label, roles, yes_no
from lado.register.words import Words
from lado.rules.case_outcome import overall_outcome
from lado.rules.vocabulary import StrandKind
from lado.rules.words import is_name
from lado.services.audit import Actor

NOT_TOLD: list[Cell] = [""] * len(CASE_COLUMNS)


@dataclass(frozen=True, slots=True)
class Line:
    """`shown` is False where `by` may not know of the consultation."""

    consultation_id: int
    contact_ref: str
    contents: Contents
    shown: bool


def lines(by: Actor, *, hidden: bool) -> list[Line]:
    """The consultations that `by` may see, told as if there were no others; or with the `hidden`
    ones, marked."""
    visible = stored.visible_ids(by, Consultation) if isinstance(by, User) else None
    contacts = [
        contact
        for contact in stored.contacts()
        if hidden or visible is None or contact.id in visible
    ]
    teller = _Teller(contacts)
    return [
        Line(
            contact.id,
            contact.contact_ref,
            teller.contents(contact),
            shown=visible is None or contact.id in visible,
        )
        for contact in sorted(contacts, key=teller.place)
    ]


class _Teller:
    """A case is told in the row of the contact that opened it. The case of a further adult, who
    has no row, is told where a first adult progressed to it."""

    def __init__(self, contacts: Iterable[Any]) -> None:
        self._words = Words(stored.all_terms())
        self._others = stored.other_positions()
        self._courses = courses()
        self._openings = openings()
        self._openers: dict[int, int] = {}
        for contact in sorted(contacts, key=lambda each: (not each.opened_case, each.id)):
            if contact.case_id and contact.subject_id in self._openings:
                self._openers.setdefault(contact.case_id, contact.id)

    def place(self, contact: Any) -> tuple[int, int]:
        """In the order they were made, but none before the one that opened its case."""
        opener = self._openers.get(contact.case_id, contact.id)
        return max(opener, contact.id), 0 if opener == contact.id else contact.id

    def contents(self, contact: Any) -> list[Cell]:
        opener = self._openers.get(contact.case_id)
        if opener is None:
            return [*self._contact(contact), "", *NOT_TOLD]
        course = self._courses[contact.case_id]
        if opener != contact.id:
            return [*self._contact(contact), course.ref, *NOT_TOLD]
        told = _as_opened(contact, course, self._openings[contact.subject_id])
        return [*self._contact(told), course.ref, *self._course(course, told.decided_on)]

    def _contact(self, contact: Any) -> list[Cell]:
        word = self._word
        others = self._others.get(contact.subject_id, ())
        return [
            contact.contact_ref,
            contact.received_on,
            contact.aware_on or "",
            word(contact.contact_method_id),
            contact.taken_by or "",
            contact.referrer_name or "",
            contact.referrer_role or "",
            word(contact.referrer_agency_id),
            *_adult(contact),
            word(contact.role_id),
            contact.setting or "",
            word(contact.sector_id),
            roles((word(r), setting, word(s)) for r, setting, s in others if r or setting),
            word(contact.category_id),
            word(contact.context_id),
            yes_no(contact.non_recent),
            yes_no(contact.about_id is not None),
            children(contact.children, contact.children_count) if contact.children else "",
            clean_lines(contact.summary or ""),
            clean_lines(contact.advice or contact.interim_advice or ""),
            word(contact.decision_id),
            contact.decided_on or "",
        ]

    def _course(self, course: Course, since: date) -> list[Cell]:
        """A further adult's case may have begun before the contact in whose row it is told."""
        word = self._word
        concluded_on = course.concluded_on
        if concluded_on and concluded_on < since:
            concluded_on = None
        return [
            dates(day for day in course.discussions if day >= since),
            self._ending(course) if concluded_on else "",
            concluded_on or "",
            word(course.results.get(StrandKind.EMPLOYER)),
            word(course.results.get(StrandKind.POLICE)),
            course.dbs_referred_on or "",
            joined(map(word, dict.fromkeys(course.learning_themes))),
        ]

    def _ending(self, course: Course) -> str:
        """The outcome, or the closure reason where there is none."""
        outcome = overall_outcome(course.outcomes)
        return outcome.label if outcome else self._word(course.closure_reason_id)

    def _word(self, id_: int | None) -> str:
        return label(self._words.by_id[id_]) if id_ else ""


def _as_opened(contact: Any, course: Course, progressed: Sequence[Opening]) -> SimpleNamespace:
    """With what the case says, and with the decision that opened it: others may have followed."""
    by_day = (each for each in progressed if each.decided_on >= course.opened_on)
    opening = next(by_day, progressed[-1])
    opened = {
        "decision_id": opening.term_id,
        "advice": opening.advice,
        "decided_on": max(course.opened_on, contact.received_on),
    }
    return SimpleNamespace(**contact._asdict() | course.facts | opened)


def _adult(contact: Any) -> list[Cell]:
    """Without what an import refuses: a name that is none, a birth after the contact."""
    if not contact.surname or not is_name(contact.surname):
        return [""] * 4
    born = contact.date_of_birth
    return [
        contact.surname,
        contact.forename if is_name(contact.forename) else "",
        born if born and born <= contact.received_on else "",
        contact.sex.label if contact.sex else "",
    ]
