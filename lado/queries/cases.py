"""What lists of cases share, and one case with all that belongs to it."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import joinedload, selectinload

from lado import clock
from lado.errors import NotFound
from lado.extensions import db
from lado.models import (
    Action,
    ActionChange,
    Allegation,
    Case,
    CaseSpell,
    Chase,
    Child,
    Consultation,
    ConsultationSubject,
    DelayReason,
    FormerOwner,
    LearningPoint,
    Note,
    Notice,
    OnwardReferral,
    Outcome,
    Participant,
    Person,
    Position,
    SafetyMeasure,
    Strand,
    StrandResult,
    StrategyDiscussion,
    User,
)
from lado.queries import access, delays, due, users
from lado.rules.permissions import Permission
from lado.rules.timescales import BAND_MONTHS, Band, add_months

Part = TypeVar("Part", Allegation, Child, StrategyDiscussion, Action, OnwardReferral, SafetyMeasure)

NOT_CONCLUDED = due.IS_OPEN


def row_options() -> Sequence[Any]:
    return (
        joinedload(Case.owner),
        joinedload(Case.organisation),
        joinedload(Case.position).joinedload(Position.sector),
        joinedload(Case.position).joinedload(Position.role),
        joinedload(Case.position).joinedload(Position.organisation),
        joinedload(Case.person).selectinload(Person.names),
        selectinload(Case.spells),
    )


def rows_of(ids: Sequence[int]) -> dict[int, Case]:
    """Cases as lists show them, by id."""
    query = select(Case).where(Case.id.in_(ids)).options(*row_options(), delays.WITH_MONTHS)
    return {case.id: case for case in db.session.scalars(query).unique()}


def overdue_among(cases: Collection[Case]) -> set[int]:
    """Ids of those in which something is overdue, of cases that lists show."""
    ids, today = [case.id for case in cases], clock.today()
    query = select(Case.id).where(Case.id.in_(ids), due.something_overdue(today))
    return {*db.session.scalars(query), *(case.id for case in cases if delays.overdue(case, today))}


def in_band(band: Band, today: date) -> ColumnElement[bool]:
    """Received so long ago that an open case is in this band today; the case is in one only."""
    earlier = [each for each in Band if list(Band).index(each) < list(Band).index(band)]
    conditions = [Case.received_on < first_day_within(BAND_MONTHS[each], today) for each in earlier]
    if band in BAND_MONTHS:
        conditions.append(Case.received_on >= first_day_within(BAND_MONTHS[band], today))
    return and_(*conditions)


def first_day_within(months: int, today: date) -> date:
    """The earliest day from which `months` calendar months have not passed by the end of today."""
    day = add_months(today, -months)
    while add_months(day, months) < today:
        day += timedelta(days=1)
    return day


def whole(case: Case) -> Case:
    """The same case with all that its pages show, in a number of statements that stays the same
    whatever the case holds."""
    query = (
        select(Case)
        .where(Case.id == case.id)
        .execution_options(populate_existing=True)
        .options(*row_options(), *_own_options(), *_part_options())
    )
    return db.session.scalars(query).unique().one()


def _own_options() -> Sequence[Any]:
    """How it came, who asked for what, when it was open, what is alleged."""
    subject, allegation = selectinload(Case.subjects), selectinload(Case.allegations)
    position = (
        joinedload(Position.role),
        joinedload(Position.organisation),
        joinedload(Position.sector),
    )
    return (
        joinedload(Case.closure_requested_by),
        joinedload(Case.proposed_reason),
        joinedload(Case.learning_none_by),
        subject.joinedload(ConsultationSubject.consultation),
        subject.selectinload(ConsultationSubject.other_positions).options(*position),
        subject.joinedload(ConsultationSubject.position).options(*position),
        selectinload(Case.spells).options(
            joinedload(CaseSpell.closure_reason),
            joinedload(CaseSpell.concluded_by),
            selectinload(CaseSpell.former_owners).joinedload(FormerOwner.user),
        ),
        allegation.joinedload(Allegation.category),
        allegation.joinedload(Allegation.subcategory),
        allegation.joinedload(Allegation.context),
        allegation.selectinload(Allegation.children),
        allegation.selectinload(Allegation.limbs),
        allegation.selectinload(Allegation.outcomes).joinedload(Outcome.decided_by),
    )


def _part_options() -> Sequence[Any]:
    return (
        selectinload(Case.child_records),
        selectinload(Case.strands).options(
            selectinload(Strand.results).joinedload(StrandResult.term),
            selectinload(Strand.updates),
        ),
        selectinload(Case.discussions).joinedload(StrategyDiscussion.chair),
        selectinload(Case.actions).joinedload(Action.agency),
        selectinload(Case.actions).joinedload(Action.discussion),
        selectinload(Case.actions).selectinload(Action.changes).joinedload(ActionChange.changed_by),
        selectinload(Case.referrals).joinedload(OnwardReferral.body),
        selectinload(Case.learning_points).joinedload(LearningPoint.theme),
        selectinload(Case.safety_measures).options(
            joinedload(SafetyMeasure.term), selectinload(SafetyMeasure.reviews)
        ),
        selectinload(Case.notices).joinedload(Notice.child),
        selectinload(Case.delay_reasons).options(
            joinedload(DelayReason.term), joinedload(DelayReason.given_by)
        ),
        selectinload(Case.chases).options(
            joinedload(Chase.action),
            joinedload(Chase.discussion),
            joinedload(Chase.chased_by),
            joinedload(Chase.strand),
            joinedload(Chase.referral),
        ),
    )


def notes_on(case: Case) -> Sequence[Note]:
    """The latest first."""
    query = (
        select(Note)
        .where(Note.case_id == case.id)
        .order_by(Note.happened_on.desc(), Note.id.desc())
        .options(joinedload(Note.author), joinedload(Note.text_agency))
    )
    return db.session.scalars(query).all()


def allegation(case: Case, number: int) -> Allegation:
    return _part(Allegation, case, number)


def child(case: Case, number: int) -> Child:
    return _part(Child, case, number)


def discussion(case: Case, number: int) -> StrategyDiscussion:
    return _part(StrategyDiscussion, case, number)


def action(case: Case, number: int) -> Action:
    return _part(Action, case, number)


def referral(case: Case, number: int) -> OnwardReferral:
    return _part(OnwardReferral, case, number)


def safety_measure(case: Case, number: int) -> SafetyMeasure:
    return _part(SafetyMeasure, case, number)


def strand(case: Case, kind: str) -> Strand:
    found = [strand for strand in case.strands if strand.kind == kind]
    if not found:
        raise NotFound
    return found[0]


def _part(thing: type[Part], case: Case, number: int) -> Part:
    """A part is reached through its case only; a number of another case's is not found."""
    query: Select[Any] = select(thing)
    part: Part | None = db.session.scalar(
        query.where(thing.case_id == case.id, thing.number == number)
    )
    if part is None:
        raise NotFound
    return part


def possible_owners(case: Case) -> list[User]:
    """Those who work on cases and may know of this one."""
    return [
        user for user in users.colleagues(Permission.CASE_EDIT) if access.may_know_of(user, case)
    ]


def seen_among(user: User, consultation_ids: Collection[int]) -> set[int]:
    """Those of the consultations that the user may know of."""
    query = access.visible(user, Consultation).where(Consultation.id.in_(consultation_ids))
    return set(db.session.scalars(query.with_only_columns(Consultation.id)))


def whole_discussion(case: Case, number: int) -> StrategyDiscussion:
    """With those who took part, the minutes and the actions."""
    found = discussion(case, number)
    query = (
        select(StrategyDiscussion)
        .where(StrategyDiscussion.id == found.id)
        .execution_options(populate_existing=True)
        .options(
            joinedload(StrategyDiscussion.chair),
            selectinload(StrategyDiscussion.participants).joinedload(Participant.agency),
            selectinload(StrategyDiscussion.minutes),
            selectinload(StrategyDiscussion.received),
            selectinload(StrategyDiscussion.actions).joinedload(Action.agency),
        )
    )
    return db.session.scalars(query).unique().one()
