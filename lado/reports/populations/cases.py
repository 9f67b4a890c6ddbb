"""The cases of the period: their flow, and what there is to say of those overseen, concluded,
opened and open at its end."""

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from lado.models import (
    Allegation,
    Case,
    CaseSpell,
    Consultation,
    ConsultationSubject,
    MatterCase,
    Notice,
    OnwardReferral,
    OtherAuthority,
    Outcome,
    Position,
    SafetyMeasure,
    Strand,
    StrandResult,
    Term,
    subject_other_position,
)
from lado.queries.delays import reasons_at
from lado.reports.populations import contradictions
from lado.reports.populations.consultations import authority_of
from lado.reports.populations.parts import (
    FIRST,
    Day,
    Statement,
    in_period,
    iso,
    open_on,
    standing,
    strand_status,
    touching,
)
from lado.reports.scope import AFTER_END, AS_AT, BEFORE, END, MONTH_OF_END, START
from lado.rules.notices import NoticeStep, NoticeTo
from lado.rules.vocabulary import (
    DBS,
    Children,
    OutcomeCode,
    StrandKind,
    StrandStatus,
    TermGroup,
)

SUSPENSION = "suspension"


def spells() -> Statement:
    """The flow of cases: one row for each time a case was open on any day of the period."""
    began = CaseSpell.opened_on >= START
    return select(
        CaseSpell.id.label("id"),
        CaseSpell.case_id.label("case"),
        open_on(BEFORE).label("brought_forward"),
        and_(began, CaseSpell.number == FIRST).label("opened"),
        and_(began, CaseSpell.number > FIRST).label("reopened"),
        func.coalesce(CaseSpell.concluded_on <= END, literal(False)).label("concluded"),
        open_on(END).label("open_at_end"),
    ).where(touching())


def overseen() -> Statement:
    """One row a case that was open on any day of the period."""
    statement = (
        select(
            Case.id.label("id"),
            Case.id.label("case"),
            Allegation.category_id.label("category"),
            Allegation.context_id.label("context"),
            Position.sector_id.label("sector"),
            Case.organisation_id.is_not(None).label("institutional"),
            _several_roles().label("multiple_roles"),
            _non_recent().label("historical"),
            _children().label("children"),
            authority_of(OtherAuthority.case_id, Case.id).label("authority"),
            _measure_in_place(Term.code == SUSPENSION).label("suspended"),
            _measure_in_place(Term.code != SUSPENSION).label("alternative"),
            _without_result().label("no_result"),
            *contradictions.of_cases(),
        )
        .join(Position, Position.id == Case.position_id)
        .outerjoin(Allegation, and_(Allegation.case_id == Case.id, Allegation.is_primary))
        .where(Case.id.in_(select(CaseSpell.case_id).where(touching())))
    )
    for kind in StrandKind:
        strand = aliased(Strand)
        statement = statement.add_columns(strand_status(strand).label(kind.value)).outerjoin(
            strand, and_(strand.case_id == Case.id, strand.kind == kind)
        )
    return statement


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


def of_matters() -> Statement:
    """One row a case overseen that belonged to a matter at the close of the last day."""
    return (
        select(Case.id.label("id"), Case.id.label("case"), MatterCase.matter_id.label("matter"))
        .join(MatterCase, MatterCase.case_id == Case.id)
        .where(
            MatterCase.joined_at < AFTER_END,
            or_(MatterCase.left_at.is_(None), MatterCase.left_at >= AFTER_END),
            Case.id.in_(select(CaseSpell.case_id).where(touching())),
        )
    )


def _measure_in_place(which: ColumnElement[bool]) -> ColumnElement[bool]:
    """On any day of the period."""
    return (
        exists()
        .where(
            SafetyMeasure.case_id == Case.id,
            SafetyMeasure.term_id == Term.id,
            which,
            SafetyMeasure.started_on <= END,
            or_(SafetyMeasure.ended_on.is_(None), SafetyMeasure.ended_on >= START),
        )
        .correlate(Case)
    )


def _without_result() -> ColumnElement[bool]:
    """Enquiries of an agency had ended, and no result of them stood, at the close of the last
    day."""
    strand, result = aliased(Strand), aliased(StrandResult)
    stood = exists().where(
        result.strand_id == strand.id, standing(result.reported_on, result.ended_on, END)
    )
    return (
        exists()
        .where(strand.case_id == Case.id, strand_status(strand) == StrandStatus.ENDED.value, ~stood)
        .correlate(Case)
    )


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
    statement = (
        select(
            CaseSpell.id.label("id"),
            CaseSpell.case_id.label("case"),
            iso(Case.received_on).label("received_on"),
            iso(CaseSpell.concluded_on).label("judged_on"),
            Allegation.category_id.label("category"),
            Position.sector_id.label("sector"),
            outcome.label("rank"),
            CaseSpell.closure_reason_id.label("closure_reason"),
            _dbs_not_considered(outcome).label("no_dbs"),
            Case.person_id.is_(None).label("unnamed"),
            *(_was_told(*row).label(name) for name, row in TOLD.items()),
        )
        .join(Case, Case.id == CaseSpell.case_id)
        .join(Position, Position.id == Case.position_id)
        .outerjoin(Allegation, and_(Allegation.case_id == Case.id, Allegation.is_primary))
        .where(in_period(CaseSpell.concluded_on))
    )
    for kind in StrandKind:
        statement = _with_result(statement, kind)
    return statement


# Of the fairness track: whom, and of what.
TOLD = {
    "told": ((NoticeTo.SUBJECT,), NoticeStep.ALLEGATION_TOLD),
    "put": ((NoticeTo.SUBJECT,), NoticeStep.ALLEGATION_PUT),
    "heard": ((NoticeTo.SUBJECT,), NoticeStep.RESPONSE_RECEIVED),
    "told_outcome": ((NoticeTo.SUBJECT,), NoticeStep.OUTCOME_TOLD),
    "family_told_outcome": ((NoticeTo.CHILD, NoticeTo.PARENTS), NoticeStep.OUTCOME_TOLD),
    "referrer_told_outcome": ((NoticeTo.REFERRER,), NoticeStep.OUTCOME_TOLD),
    "employer_told_outcome": ((NoticeTo.EMPLOYER,), NoticeStep.OUTCOME_TOLD),
}


def _dbs_not_considered(outcome: ColumnElement[int | None]) -> ColumnElement[bool | None]:
    """By the period's end. None: nothing was substantiated."""
    considered = (
        exists()
        .where(
            OnwardReferral.case_id == CaseSpell.case_id,
            OnwardReferral.body_id == Term.id,
            Term.group == TermGroup.REFERRAL_BODY,
            Term.code == DBS,
            or_(OnwardReferral.considered_on.is_(None), OnwardReferral.considered_on <= END),
        )
        .correlate(CaseSpell)
    )
    substantiated = list(OutcomeCode).index(OutcomeCode.SUBSTANTIATED)
    return case((outcome == substantiated, ~considered), else_=None)


def _was_told(whom: tuple[NoticeTo, ...], step: NoticeStep) -> ColumnElement[bool]:
    return exists().where(
        Notice.case_id == CaseSpell.case_id,
        Notice.notice_to.in_(whom),
        Notice.step == step,
        Notice.told_on <= CaseSpell.concluded_on,
    )


def _with_result(statement: Statement, kind: StrandKind) -> Statement:
    strand, result = aliased(Strand), aliased(StrandResult)
    return (
        statement.add_columns(result.term_id.label(kind.value))
        .outerjoin(strand, and_(strand.case_id == CaseSpell.case_id, strand.kind == kind))
        .outerjoin(
            result,
            and_(
                result.strand_id == strand.id,
                standing(result.reported_on, result.ended_on, END),
            ),
        )
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
        .where(CaseSpell.number == FIRST, in_period(CaseSpell.opened_on))
    )


def open_at_end() -> Statement:
    """With the reason for delay that stood in the last month."""
    cases = select(CaseSpell.case_id).where(open_on(END))
    reasons = reasons_at(MONTH_OF_END, cases).subquery()
    return (
        select(
            CaseSpell.id.label("id"),
            CaseSpell.case_id.label("case"),
            iso(Case.received_on).label("received_on"),
            iso(END).label("judged_on"),
            reasons.c.term_id.label("reason"),
        )
        .join(Case, Case.id == CaseSpell.case_id)
        .outerjoin(reasons, reasons.c.case_id == CaseSpell.case_id)
        .where(open_on(END))
    )
