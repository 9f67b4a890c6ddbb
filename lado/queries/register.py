"""What a register is compared with, and what an export is made of: few queries, whole tables."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, select, true
from sqlalchemy.orm import aliased

from lado.extensions import db
from lado.models import (
    Allegation,
    Case,
    CaseSpell,
    Consultation,
    ConsultationSubject,
    Decision,
    LearningPoint,
    OnwardReferral,
    Organisation,
    Outcome,
    Person,
    PersonName,
    Position,
    RegisterImport,
    Strand,
    StrandResult,
    StrategyDiscussion,
    Term,
    User,
    subject_other_position,
)
from lado.queries.access import Record, visible
from lado.rules.vocabulary import DecisionStage, NameKind, OutcomeCode, StrandKind, TermGroup

DBS = "dbs"
FIRST = 1

# What a register calls a record: its own reference, or the one it brought along.
contact_ref = func.coalesce(Consultation.imported_reference, Consultation.reference)
case_ref = func.coalesce(Case.imported_reference, Case.reference)

_any_allegation = aliased(Allegation)
# Of a case and its primary allegation: one non-recent allegation is enough, as for the figures.
case_non_recent = case(
    (
        exists()
        .where(_any_allegation.case_id == Case.id, _any_allegation.non_recent.is_(True))
        .correlate(Case),
        true(),
    ),
    else_=Allegation.non_recent,
)


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
    """By folded name; of several, the oldest."""
    query = select(Organisation.folded, Organisation.id).order_by(Organisation.id.desc())
    return dict(db.session.execute(query).all())


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
            Consultation.referrer_name,
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


class Opening(NamedTuple):
    """A decision to progress: it opened a case or joined one."""

    term_id: int
    advice: str | None
    decided_on: date


def openings() -> dict[int, list[Opening]]:
    """By subject, the oldest first, those that stand no longer included."""
    query = (
        select(Decision.subject_id, Decision.term_id, Decision.advice, Decision.decided_on)
        .join(Term, Term.id == Decision.term_id)
        .where(Term.stage == DecisionStage.PROGRESS, Decision.decided_on.is_not(None))
        .order_by(Decision.subject_id, Decision.number)
    )
    found: dict[int, list[Opening]] = defaultdict(list)
    for row in db.session.execute(query):
        found[row.subject_id].append(Opening(row.term_id, row.advice, row.decided_on))
    return dict(found)


@dataclass
class Course:
    """A case as the columns of a register can tell it. `facts` are those that a contact has too,
    by the names they have there: the figures take them from the case."""

    ref: str
    facts: Mapping[str, Any]
    opened_on: date = date.max
    concluded_on: date | None = None
    closure_reason_id: int | None = None
    discussions: list[date] = field(default_factory=list)
    outcomes: list[OutcomeCode] = field(default_factory=list)
    results: dict[StrandKind, int] = field(default_factory=dict)
    dbs_referred_on: date | None = None
    learning_themes: list[int] = field(default_factory=list)


def courses() -> dict[int, Course]:
    found = _cases()
    _spells(found)
    held = (
        select(StrategyDiscussion.case_id, StrategyDiscussion.held_on)
        .where(StrategyDiscussion.held_on.is_not(None))
        .order_by(StrategyDiscussion.case_id, StrategyDiscussion.number)
    )
    for row in db.session.execute(held):
        found[row.case_id].discussions.append(row.held_on)
    _results(found)
    themes = select(LearningPoint.case_id, LearningPoint.theme_id).order_by(
        LearningPoint.case_id, LearningPoint.number
    )
    for case_id, theme_id in db.session.execute(themes):
        found[case_id].learning_themes.append(theme_id)
    return found


def _cases() -> dict[int, Course]:
    employer, about = aliased(Organisation), aliased(Organisation)
    query = (
        select(
            Case.id,
            case_ref,
            Position.role_id,
            Position.sector_id,
            func.coalesce(employer.name, about.name).label("setting"),
            Case.organisation_id.label("about_id"),
            Case.children,
            Case.children_count,
            Allegation.category_id,
            case_non_recent.label("non_recent"),
        )
        .join(Position, Position.id == Case.position_id)
        .join(Allegation, and_(Allegation.case_id == Case.id, Allegation.is_primary))
        .outerjoin(employer, employer.id == Position.organisation_id)
        .outerjoin(about, about.id == Case.organisation_id)
    )
    found = {}
    for row in db.session.execute(query):
        id_, ref, *facts = row
        found[id_] = Course(ref, dict(zip(row._fields[2:], facts, strict=True)))
    return found


def _spells(found: dict[int, Course]) -> None:
    """The newest spell tells whether the case is concluded; the first, when it opened."""
    query = select(
        CaseSpell.case_id, CaseSpell.opened_on, CaseSpell.concluded_on, CaseSpell.closure_reason_id
    ).order_by(CaseSpell.case_id, CaseSpell.number)
    for case_id, opened_on, concluded_on, reason_id in db.session.execute(query):
        course = found[case_id]
        course.opened_on = min(course.opened_on, opened_on)
        course.concluded_on, course.closure_reason_id = concluded_on, reason_id


def _results(found: dict[int, Course]) -> None:
    outcomes = (
        select(Allegation.case_id, Outcome.outcome)
        .join(Outcome, Outcome.allegation_id == Allegation.id)
        .where(Outcome.ended_on.is_(None))
    )
    for case_id, outcome in db.session.execute(outcomes):
        found[case_id].outcomes.append(outcome)
    results = (
        select(Strand.case_id, Strand.kind, StrandResult.term_id)
        .join(StrandResult, StrandResult.strand_id == Strand.id)
        .where(StrandResult.ended_on.is_(None))
    )
    for case_id, kind, term_id in db.session.execute(results):
        found[case_id].results[kind] = term_id
    referrals = (
        select(OnwardReferral.case_id, OnwardReferral.referred_on)
        .join(Term, Term.id == OnwardReferral.body_id)
        .where(
            Term.group == TermGroup.REFERRAL_BODY,
            Term.code == DBS,
            OnwardReferral.referred_on.is_not(None),
        )
        .order_by(OnwardReferral.number.desc())
    )
    for case_id, referred_on in db.session.execute(referrals):
        found[case_id].dbs_referred_on = referred_on
