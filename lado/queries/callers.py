"""Whose names nothing that leaves may hold (R-43): of all who told us and did not agree to be
named, those too who were not asked. Whoever reads, the consultations that they may not know of
count as well."""

from collections import defaultdict
from collections.abc import Callable, Collection
from functools import partial

from sqlalchemy import select

from lado.extensions import db
from lado.models import (
    Case,
    Consultation,
    ConsultationSubject,
    Organisation,
    PersonName,
    Position,
)
from lado.rules.folding import fold
from lado.rules.protection import without_names

Unnamed = Callable[[str | None], str]
NOT_TO_BE_NAMED = (
    Consultation.referrer_may_be_named.is_not(True),
    Consultation.referrer_name.is_not(None),
)


def unnamed(case: Case) -> Unnamed:
    """What takes their names out of a text; nothing is an empty text."""
    return unnamed_in([case.id])[case.id]


def unnamed_in(case_ids: Collection[int]) -> dict[int, Unnamed]:
    """By the id of the case."""
    callers, own = _callers(case_ids), _own(case_ids)
    return {id_: _without(callers[id_], own[id_]) for id_ in case_ids}


def unnamed_told(consultations: Collection[Consultation]) -> dict[int, Unnamed]:
    """By the id of the consultation."""
    return {
        each.id: _without([] if each.referrer_may_be_named else [each.referrer_name or ""], [])
        for each in consultations
    }


def holds_name(text: str, said: Unnamed) -> bool:
    return said(text) != text


def _without(callers: Collection[str], own: Collection[str]) -> Unnamed:
    """Who reported themselves is named all the same, and so is a place that reported."""
    themselves = {fold(name) for name in own}
    names = tuple(name for name in callers if fold(name) not in themselves)
    return partial(_said, names=names, own=tuple(own))


def _said(text: str | None, names: tuple[str, ...], own: tuple[str, ...]) -> str:
    return without_names(text, names, own) if text else ""


def _callers(case_ids: Collection[int]) -> dict[int, list[str]]:
    query = (
        select(ConsultationSubject.case_id, Consultation.referrer_name)
        .join(Consultation, Consultation.id == ConsultationSubject.consultation_id)
        .where(ConsultationSubject.case_id.in_(case_ids), *NOT_TO_BE_NAMED)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for case_id, name in db.session.execute(query):
        if case_id and name:
            found[case_id].append(name)
    return found


def _own(case_ids: Collection[int]) -> dict[int, list[str]]:
    """Whom and what each case is about, by whatever name, and where they work."""
    people = (
        select(Case.id, PersonName.forename, PersonName.surname)
        .join(PersonName, PersonName.person_id == Case.person_id)
        .where(Case.id.in_(case_ids))
    )
    places = (
        select(Case.id, Organisation.name)
        .join(Position, Position.id == Case.position_id)
        .join(Organisation, Organisation.id.in_([Case.organisation_id, Position.organisation_id]))
        .where(Case.id.in_(case_ids))
    )
    found: dict[int, list[str]] = defaultdict(list)
    for case_id, place in db.session.execute(places):
        found[case_id].append(place)
    for case_id, forename, surname in db.session.execute(people):
        found[case_id] += [f"{forename} {surname}", f"{forename.split(' ')[0]} {surname}"]
    return found
