"""Facts of one record that do not go together, each as the column that its fault in
`lado.rules.data_quality` is called. As they stood at the close of the last day: what happened later
makes none."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from lado.models import (
    Allegation,
    Case,
    CaseSpell,
    Child,
    Consultation,
    ConsultationSubject,
    Decision,
    Notice,
    Outcome,
    Strand,
    StrandResult,
    StrategyDiscussion,
)
from lado.reports.populations.parts import FIRST, strand_status
from lado.reports.scope import END
from lado.rules.notices import NoticeStep
from lado.rules.vocabulary import Children, StrandStatus

NOT_BEGUN = (StrandStatus.NOT_STARTED.value, StrandStatus.NOT_APPLICABLE.value)


def of_consultations() -> list[ColumnElement[bool]]:
    return [
        _surely(Consultation.happened_from > Consultation.aware_on).label("learned_before_event"),
        _surely(Consultation.happened_to > Consultation.received_on).label("event_after_contact"),
        _decided_before_contact().label("decided_before_contact"),
        _children_differ(Consultation, Child.consultation_id).label("children_differ"),
    ]


def of_cases() -> list[ColumnElement[bool]]:
    return [
        _opened_before_contact().label("opened_before_contact"),
        _discussed_after_conclusion().label("discussed_after_conclusion"),
        _children_differ(Case, Child.case_id).label("case_children_differ"),
        _result_not_begun().label("result_not_begun"),
        _result_before_start().label("result_before_start"),
        _allegation_after_contact().label("allegation_after_contact"),
        _told_before_outcome().label("told_before_outcome"),
    ]


def _surely(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Not where one of the two is not known."""
    return func.coalesce(condition, literal(False))


def _decided_before_contact() -> ColumnElement[bool]:
    """Written so that no index of the days is used: nearly all decisions were made before."""
    subject, decision = aliased(ConsultationSubject), aliased(Decision)
    received = Consultation.received_on
    return (
        exists()
        .where(
            subject.consultation_id == Consultation.id,
            decision.subject_id == subject.id,
            func.coalesce(decision.decided_on, received) < received,
        )
        .correlate(Consultation)
    )


def _children_differ(
    record: type[Case] | type[Consultation], home: InstrumentedAttribute[Any]
) -> ColumnElement[bool]:
    described = select(func.count()).select_from(Child).where(home == record.id)
    number = described.correlate(record).scalar_subquery()
    return case(
        (record.children == Children.NONE_IDENTIFIED, number > 0),
        (record.children == Children.COUNTED, number > record.children_count),
        else_=literal(False),
    )


def _opened_before_contact() -> ColumnElement[bool]:
    spell = aliased(CaseSpell)
    return (
        exists()
        .where(
            spell.case_id == Case.id,
            spell.number == FIRST,
            spell.opened_on < Case.received_on,
            Case.received_on <= END,
        )
        .correlate(Case)
    )


def _discussed_after_conclusion() -> ColumnElement[bool]:
    discussion, ended, later = aliased(StrategyDiscussion), aliased(CaseSpell), aliased(CaseSpell)
    held = discussion.held_on
    opened_again = exists().where(
        later.case_id == ended.case_id, later.number > ended.number, later.opened_on <= held
    )
    return (
        exists()
        .where(
            discussion.case_id == Case.id,
            ended.case_id == discussion.case_id,
            ended.concluded_on < held,
            held <= END,
            ~opened_again,
        )
        .correlate(Case)
    )


def _result_not_begun() -> ColumnElement[bool]:
    strand, result = aliased(Strand), aliased(StrandResult)
    return (
        exists()
        .where(
            strand.case_id == Case.id,
            strand_status(strand).in_(NOT_BEGUN),
            result.strand_id == strand.id,
            or_(result.reported_on.is_(None), result.reported_on <= END),
        )
        .correlate(Case)
    )


def _result_before_start() -> ColumnElement[bool]:
    strand, result = aliased(Strand), aliased(StrandResult)
    return (
        exists()
        .where(
            strand.case_id == Case.id,
            strand.started_on <= END,
            result.strand_id == strand.id,
            result.reported_on < strand.started_on,
        )
        .correlate(Case)
    )


def _allegation_after_contact() -> ColumnElement[bool]:
    allegation, subject = aliased(Allegation), aliased(ConsultationSubject)
    contact = aliased(Consultation)
    return (
        exists()
        .where(
            allegation.case_id == Case.id,
            subject.id == allegation.subject_id,
            contact.id == subject.consultation_id,
            and_(allegation.happened_from > contact.received_on, contact.received_on <= END),
        )
        .correlate(Case)
    )


def _told_before_outcome() -> ColumnElement[bool]:
    notice, allegation, outcome = aliased(Notice), aliased(Allegation), aliased(Outcome)
    first = (
        select(func.min(outcome.decided_on))
        .join(allegation, allegation.id == outcome.allegation_id)
        .where(allegation.case_id == Case.id, outcome.decided_on <= END)
        .correlate(Case)
    )
    return (
        exists()
        .where(
            notice.case_id == Case.id,
            notice.step == NoticeStep.OUTCOME_TOLD,
            notice.told_on < first.scalar_subquery(),
        )
        .correlate(Case)
    )
