"""What a register is compared with, and what an export is made of: few queries, whole tables."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import aliased

from lado.extensions import db
from lado.models import (
    Case,
    Consultation,
    ConsultationSubject,
    Decision,
    Organisation,
    OrganisationName,
    Person,
    PersonName,
    Position,
    RegisterImport,
    Term,
    User,
    subject_other_position,
)
from lado.queries.access import Record, visible
from lado.rules.vocabulary import NameKind

FIRST = 1

# What a register calls a record: its own reference, or the one it brought along.
contact_ref = func.coalesce(Consultation.imported_reference, Consultation.reference)
case_ref = func.coalesce(Case.imported_reference, Case.reference)


def loaded_before(sha256: str) -> RegisterImport | None:
    return db.session.scalar(select(RegisterImport).where(RegisterImport.sha256 == sha256))


def contact_refs() -> dict[str, int]:
    return dict(db.session.execute(select(contact_ref, Consultation.id)).all())


def case_refs() -> dict[str, int]:
    return dict(db.session.execute(select(case_ref, Case.id)).all())


def all_terms() -> list[Term]:
    return list(db.session.scalars(select(Term).order_by(Term.group, Term.position)))


def people() -> Iterator[Any]:
    """Id, surname, forename, folded name, date of birth and sex of each person, by their current
    name."""
    query = (
        select(
            Person.id,
            PersonName.surname,
            PersonName.forename,
            PersonName.folded,
            Person.date_of_birth,
            Person.sex,
        )
        .join(PersonName, PersonName.person_id == Person.id)
        .where(PersonName.kind == NameKind.CURRENT)
        .order_by(Person.id)
    )
    yield from db.session.execute(query)


def visible_ids(user: User, thing: type[Record]) -> set[int]:
    return set(db.session.scalars(visible(user, thing).with_only_columns(thing.id)))


def organisations() -> dict[str, int]:
    """By folded name; of several, the oldest. Their other names lead to them too."""
    other = select(OrganisationName.folded, OrganisationName.organisation_id)
    query = select(Organisation.folded, Organisation.id).where(
        Organisation.merged_into_id.is_(None)
    )
    return dict(db.session.execute(other.order_by(OrganisationName.id.desc())).all()) | dict(
        db.session.execute(query.order_by(Organisation.id.desc())).all()
    )


def positions() -> dict[tuple[int | None, int | None, int | None, int], int]:
    """Those that named people hold: person, role, organisation, sector."""
    query = (
        select(
            Position.person_id,
            Position.role_id,
            Position.organisation_id,
            Position.sector_id,
            Position.id,
        )
        .where(Position.person_id.is_not(None), Position.held_to.is_(None))
        .order_by(Position.id.desc())
    )
    return {(row[0], row[1], row[2], row[3]): row[4] for row in db.session.execute(query)}


def users() -> list[tuple[int, str]]:
    return [(id_, name) for id_, name in db.session.execute(select(User.id, User.name))]


def contacts() -> Iterator[Any]:
    """A row for each consultation with its first adult and the decision that stands."""
    organisation = aliased(Organisation)
    query = (
        select(
            Consultation.id,
            contact_ref.label("contact_ref"),
            Consultation.received_on,
            Consultation.aware_on,
            Consultation.contact_method_id,
            func.coalesce(User.name, Consultation.taken_by_text).label("taken_by"),
            case(
                (Consultation.referrer_may_be_named.is_(False), None),
                else_=Consultation.referrer_name,
            ).label("referrer_name"),
            Consultation.referrer_role,
            Consultation.referrer_agency_id,
            Consultation.children,
            Consultation.children_count,
            Consultation.summary,
            Consultation.interim_advice,
            PersonName.surname,
            PersonName.forename,
            Person.date_of_birth,
            Person.sex,
            Position.role_id,
            Position.sector_id,
            organisation.name.label("setting"),
            ConsultationSubject.id.label("subject_id"),
            ConsultationSubject.organisation_id.label("about_id"),
            ConsultationSubject.category_id,
            ConsultationSubject.context_id,
            ConsultationSubject.non_recent,
            ConsultationSubject.case_id,
            ConsultationSubject.opened_case,
            Decision.term_id.label("decision_id"),
            Decision.advice,
            Decision.decided_on,
        )
        .outerjoin(User, User.id == Consultation.taken_by_id)
        .join(ConsultationSubject, _first_subject())
        .join(Position, Position.id == ConsultationSubject.position_id)
        .outerjoin(organisation, organisation.id == Position.organisation_id)
        .outerjoin(Person, Person.id == ConsultationSubject.person_id)
        .outerjoin(
            PersonName,
            and_(PersonName.person_id == Person.id, PersonName.kind == NameKind.CURRENT),
        )
        .outerjoin(
            Decision,
            and_(Decision.subject_id == ConsultationSubject.id, Decision.ended_on.is_(None)),
        )
        .order_by(Consultation.id)
    )
    yield from db.session.execute(query)


def _first_subject() -> ColumnElement[bool]:
    return and_(
        ConsultationSubject.consultation_id == Consultation.id,
        ConsultationSubject.number == FIRST,
    )


def other_positions() -> dict[int, list[tuple[int | None, str | None, int]]]:
    """By subject: role, name of the organisation, sector."""
    link = subject_other_position.c
    query = (
        select(link.subject_id, Position.role_id, Organisation.name, Position.sector_id)
        .join(Position, Position.id == link.position_id)
        .outerjoin(Organisation, Organisation.id == Position.organisation_id)
        .order_by(link.subject_id, Position.id)
    )
    found: dict[int, list[tuple[int | None, str | None, int]]] = defaultdict(list)
    for subject_id, role_id, name, sector_id in db.session.execute(query):
        found[subject_id].append((role_id, name, sector_id))
    return found
