"""The records that the figures look at, one SELECT each: an id and the attributes that decide
how the record counts. A figure is the list of ids with the attribute it asks for, so the records
behind every count can be listed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from lado.models import (
    Allegation,
    Case,
    CaseSpell,
    Consultation,
    ConsultationSubject,
    Decision,
    LearningPoint,
    OnwardReferral,
    Outcome,
    Position,
    Strand,
    StrandResult,
    StrategyDiscussion,
    Term,
    subject_other_position,
)
from lado.reports.scope import AS_AT, BEFORE, END, START
from lado.rules.vocabulary import DBS, Children, OutcomeCode, StrandKind, TermGroup

Day: TypeAlias = ColumnElement[date] | InstrumentedAttribute[date] | InstrumentedAttribute[Any]
Statement: TypeAlias = Select[*tuple[Any, ...]]

FIRST = 1


def _iso(day: Day) -> ColumnElement[str]:
    """Few days are different, so they are read as dates once each and not once for each record."""
    return cast(day, String)


def _in_period(day: Day) -> ColumnElement[bool]:
    return day.between(START, END)


def _standing(since: Day, until: Day, on: Day) -> ColumnElement[bool]:
    """The half-open interval of a decision, an outcome or a result. A register's result has no
    first day and stands from the start."""
    return and_(or_(since.is_(None), since <= on), or_(until.is_(None), until > on))


def _adults() -> Statement:
    """One row an adult in the consultations received."""
    standing, earliest = aliased(Decision), aliased(Decision)
    return (
        select(
            Consultation.id.label("id"),
            _iso(Consultation.received_on).label("received_on"),
            _iso(Consultation.aware_on).label("aware_on"),
            Consultation.referrer_agency_id.label("agency"),
            ConsultationSubject.person_id.is_(None).label("unnamed"),
            ConsultationSubject.category_id.label("category"),
            ConsultationSubject.context_id.label("context"),
            Position.sector_id.label("sector"),
            standing.term_id.label("decision"),
            _iso(earliest.decided_on).label("decided_on"),
        )
        .join(ConsultationSubject, ConsultationSubject.consultation_id == Consultation.id)
        .join(Position, Position.id == ConsultationSubject.position_id)
        .outerjoin(
            standing,
            and_(
                standing.subject_id == ConsultationSubject.id,
                _standing(standing.decided_on, standing.ended_on, AS_AT),
            ),
        )
        .outerjoin(
            earliest,
            and_(
                earliest.subject_id == ConsultationSubject.id,
                earliest.number == FIRST,
                earliest.decided_on <= AS_AT,
            ),
        )
        .where(_in_period(Consultation.received_on))
    )


def received() -> Statement:
    """One row a consultation, with its first adult."""
    return _adults().where(ConsultationSubject.number == FIRST)


def several_adults() -> Statement:
    """All adults of the consultations about more than one, the first adult first."""
    further = aliased(ConsultationSubject)
    several = (
        select(further.consultation_id)
        .join(Consultation, Consultation.id == further.consultation_id)
        .where(further.number > FIRST, _in_period(Consultation.received_on))
    )
    adults = _adults().where(Consultation.id.in_(several))
    return adults.order_by(Consultation.id, ConsultationSubject.number)


def _touching() -> ColumnElement[bool]:
    """Spells open on any day of the period."""
    return and_(
        CaseSpell.opened_on <= END,
        or_(CaseSpell.concluded_on.is_(None), CaseSpell.concluded_on >= START),
    )


def _open_on(day: Day) -> ColumnElement[bool]:
    return and_(
        CaseSpell.opened_on <= day,
        or_(CaseSpell.concluded_on.is_(None), CaseSpell.concluded_on > day),
    )


def spells() -> Statement:
    """The flow of cases: one row for each time a case was open on any day of the period."""
    began = CaseSpell.opened_on >= START
    return select(
        CaseSpell.id.label("id"),
        CaseSpell.case_id.label("case"),
        _open_on(BEFORE).label("brought_forward"),
        and_(began, CaseSpell.number == FIRST).label("opened"),
        and_(began, CaseSpell.number > FIRST).label("reopened"),
        func.coalesce(CaseSpell.concluded_on <= END, literal(False)).label("concluded"),
        _open_on(END).label("open_at_end"),
    ).where(_touching())


def overseen() -> Statement:
    """One row a case that was open on any day of the period."""
    return (
        select(
            Case.id.label("id"),
            Allegation.category_id.label("category"),
            Position.sector_id.label("sector"),
            Case.organisation_id.is_not(None).label("institutional"),
            _several_roles().label("multiple_roles"),
            _non_recent().label("historical"),
            _children().label("children"),
        )
        .join(Position, Position.id == Case.position_id)
        .outerjoin(Allegation, and_(Allegation.case_id == Case.id, Allegation.is_primary))
        .where(Case.id.in_(select(CaseSpell.case_id).where(_touching())))
    )


def _several_roles() -> ColumnElement[bool]:
    """Another role than the primary one, stated in a contact on the case by the period's end: as
    the one the contact is about, where it is about the case's person, or as a further one."""
    subject, other, link = aliased(ConsultationSubject), aliased(Position), subject_other_position.c
    stated = (
        subject.case_id == Case.id,
        subject.consultation_id == Consultation.id,
        Consultation.received_on <= END,
        or_(
            other.role_id.is_distinct_from(Position.role_id),
            other.organisation_id.is_distinct_from(Position.organisation_id),
            other.sector_id != Position.sector_id,
        ),
    )
    return or_(
        exists()
        .where(subject.person_id == Case.person_id, other.id == subject.position_id, *stated)
        .correlate(Case, Position),
        exists()
        .where(link.subject_id == subject.id, other.id == link.position_id, *stated)
        .correlate(Case, Position),
    )


def _non_recent() -> ColumnElement[bool]:
    any_allegation = aliased(Allegation)
    return exists().where(any_allegation.case_id == Case.id, any_allegation.non_recent.is_(True))


def _children() -> ColumnElement[str | None]:
    return case(
        (Case.children == Children.NONE_IDENTIFIED, "none"),
        (and_(Case.children == Children.COUNTED, Case.children_count == 1), "one"),
        (Case.children.is_not(None), "multiple"),
        else_=None,
    )


def held() -> Statement:
    return select(
        StrategyDiscussion.id.label("id"), StrategyDiscussion.case_id.label("case")
    ).where(_in_period(StrategyDiscussion.held_on))


def concluded() -> Statement:
    """One row a conclusion in the period. The outcome is the one that stood at the period's end.
    Where the case was open again by then, that may belong to the later spell: then it is the one
    that stood on the day of this conclusion."""
    later = aliased(CaseSpell)
    opened_again = exists().where(
        later.case_id == CaseSpell.case_id,
        later.number > CaseSpell.number,
        later.opened_on <= END,
    )
    outcome = case(
        (opened_again, _outcome_on(CaseSpell.concluded_on, CaseSpell.case_id)),
        else_=_outcome_on(END, CaseSpell.case_id),
    )
    employer, police = aliased(StrandResult), aliased(StrandResult)
    statement = select(
        CaseSpell.id.label("id"),
        CaseSpell.case_id.label("case"),
        _iso(Case.received_on).label("received_on"),
        _iso(CaseSpell.concluded_on).label("judged_on"),
        outcome.label("rank"),
        CaseSpell.closure_reason_id.label("closure_reason"),
        employer.term_id.label("employer"),
        police.term_id.label("police"),
    ).join(Case, Case.id == CaseSpell.case_id)
    statement = _with_result(statement, employer, StrandKind.EMPLOYER)
    statement = _with_result(statement, police, StrandKind.POLICE)
    return statement.where(_in_period(CaseSpell.concluded_on))


def _with_result(
    statement: Statement,
    result: type[StrandResult],
    kind: StrandKind,
) -> Statement:
    strand = aliased(Strand)
    return statement.outerjoin(
        strand, and_(strand.case_id == CaseSpell.case_id, strand.kind == kind)
    ).outerjoin(
        result,
        and_(
            result.strand_id == strand.id,
            _standing(result.reported_on, result.ended_on, END),
        ),
    )


def _outcome_on(day: Day, case_id: InstrumentedAttribute[int]) -> ColumnElement[int | None]:
    """The place in `OutcomeCode` of the outcome that decides for the whole case."""
    allegation, outcome = aliased(Allegation), aliased(Outcome)
    rank = case(*((outcome.outcome == code, n) for n, code in enumerate(OutcomeCode)))
    return (
        select(func.min(rank))
        .select_from(allegation)
        .join(outcome, outcome.allegation_id == allegation.id)
        .where(
            allegation.case_id == case_id,
            outcome.decided_on <= day,
            or_(outcome.ended_on.is_(None), outcome.ended_on > day),
        )
        .correlate(CaseSpell)
        .scalar_subquery()
    )


def opened() -> Statement:
    """The cases opened in the period, and where they stood at the as-at date."""
    later = aliased(CaseSpell)
    newest = select(func.max(later.number)).where(
        later.case_id == CaseSpell.case_id, later.opened_on <= AS_AT
    )
    last = aliased(CaseSpell)
    return (
        select(
            CaseSpell.id.label("id"),
            CaseSpell.case_id.label("case"),
            func.coalesce(last.concluded_on <= AS_AT, literal(False)).label("concluded"),
            _outcome_on(AS_AT, CaseSpell.case_id).label("rank"),
            last.closure_reason_id.label("closure_reason"),
        )
        .join(
            last,
            and_(
                last.case_id == CaseSpell.case_id,
                last.number == newest.correlate(CaseSpell).scalar_subquery(),
            ),
        )
        .where(CaseSpell.number == FIRST, _in_period(CaseSpell.opened_on))
    )


def open_at_end() -> Statement:
    return (
        select(
            CaseSpell.id.label("id"),
            CaseSpell.case_id.label("case"),
            _iso(Case.received_on).label("received_on"),
            _iso(END).label("judged_on"),
        )
        .join(Case, Case.id == CaseSpell.case_id)
        .where(_open_on(END))
    )


def dbs() -> Statement:
    return (
        select(OnwardReferral.id.label("id"), OnwardReferral.case_id.label("case"))
        .join(Term, Term.id == OnwardReferral.body_id)
        .where(
            Term.group == TermGroup.REFERRAL_BODY,
            Term.code == DBS,
            _in_period(OnwardReferral.referred_on),
        )
    )


def learning() -> Statement:
    """One row a theme of a case concluded in the period, however many points it has on it."""
    ended = select(CaseSpell.case_id).where(_in_period(CaseSpell.concluded_on))
    return (
        select(
            func.min(LearningPoint.id).label("id"),
            LearningPoint.case_id.label("case"),
            LearningPoint.theme_id.label("theme"),
        )
        .where(LearningPoint.case_id.in_(ended))
        .group_by(LearningPoint.case_id, LearningPoint.theme_id)
    )


@dataclass(frozen=True)
class Population:
    """`cuts` are the groups of attributes that the database counts the records by."""

    records: Callable[[], Statement]
    cuts: tuple[tuple[str, ...], ...]


POPULATIONS = {
    "received": Population(
        received,
        (
            ("received_on", "decided_on"),
            ("aware_on", "received_on"),
            ("agency",),
            ("category",),
            ("context",),
            ("decision",),
            ("sector",),
            ("unnamed",),
        ),
    ),
    "spells": Population(
        spells,
        (("case", "brought_forward", "opened", "reopened", "concluded", "open_at_end"),),
    ),
    "overseen": Population(
        overseen,
        (
            ("category",),
            ("children",),
            ("historical",),
            ("institutional",),
            ("multiple_roles",),
            ("sector",),
        ),
    ),
    "held": Population(held, (("case",),)),
    "concluded": Population(
        concluded,
        (
            ("received_on", "judged_on"),
            ("rank", "closure_reason"),
            ("employer",),
            ("police",),
        ),
    ),
    "opened": Population(opened, (("concluded", "rank", "closure_reason"),)),
    "open": Population(open_at_end, (("received_on", "judged_on"),)),
    "dbs": Population(dbs, (("case",),)),
    "learning": Population(learning, (("theme",),)),
}
