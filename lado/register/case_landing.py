"""The case that a row opens, and what is known of its course."""

from lado.models import (
    Allegation,
    Case,
    CaseSpell,
    LearningPoint,
    OnwardReferral,
    Outcome,
    Strand,
    StrandResult,
    StrategyDiscussion,
)
from lado.register.records import Records, public_id
from lado.register.row import Row
from lado.register.words import Word
from lado.rules.vocabulary import (
    CaseStatus,
    DiscussionStatus,
    OutcomeCode,
    ReferralDecision,
    StrandKind,
    StrandStatus,
)


def land_case(
    records: Records,
    row: Row,
    *,
    reference: str,
    person_id: int | None,
    position_id: int,
    organisation_id: int | None,
    dbs: Word,
) -> int:
    """`organisation_id` where the concern is institutional."""
    children, count = row.children or (None, None)
    case_id = records.add(
        Case,
        public_id=public_id(),
        reference=reference,
        imported_reference=row.case_ref,
        status=CaseStatus.CONCLUDED if row.concluded_on else CaseStatus.OPEN,
        person_id=person_id,
        organisation_id=organisation_id,
        position_id=position_id,
        received_on=row.received_on,
        children=children,
        children_count=count,
    )
    _spell(records, row, case_id)
    _allegation(records, row, case_id)
    _strands(records, row, case_id)
    _course(records, row, case_id, dbs)
    return case_id


def _spell(records: Records, row: Row, case_id: int) -> None:
    reason = row.ending if isinstance(row.ending, Word) else None
    records.add(
        CaseSpell,
        case_id=case_id,
        number=1,
        opened_on=row.decided_on,
        concluded_on=row.concluded_on,
        closure_reason_id=reason.id if reason else None,
    )


def _allegation(records: Records, row: Row, case_id: int) -> None:
    allegation_id = records.add(
        Allegation,
        case_id=case_id,
        number=1,
        is_primary=True,
        category_id=row.category.id,
        context_id=row.context.id if row.context else None,
        description=row.summary,
        non_recent=row.historical,
    )
    if isinstance(row.ending, OutcomeCode):
        records.add(
            Outcome,
            allegation_id=allegation_id,
            number=1,
            outcome=row.ending,
            decided_on=row.concluded_on,
        )


def _strands(records: Records, row: Row, case_id: int) -> None:
    results = {
        StrandKind.POLICE: row.police_outcome,
        StrandKind.SOCIAL_CARE: None,
        StrandKind.EMPLOYER: row.employer_outcome,
    }
    for kind, result in results.items():
        status = StrandStatus.ENDED if result else StrandStatus.NOT_STARTED
        strand_id = records.add(Strand, case_id=case_id, kind=kind, status=status)
        if result:
            records.add(StrandResult, strand_id=strand_id, number=1, term_id=result.id)


def _course(records: Records, row: Row, case_id: int, dbs: Word) -> None:
    for number, held_on in enumerate(row.discussions or (), start=1):
        records.add(
            StrategyDiscussion,
            case_id=case_id,
            number=number,
            status=DiscussionStatus.HELD,
            held_on=held_on,
        )
    if row.dbs_referred_on:
        records.add(
            OnwardReferral,
            case_id=case_id,
            number=1,
            body_id=dbs.id,
            decision=ReferralDecision.REFER,
            referred_on=row.dbs_referred_on,
        )
    for number, theme in enumerate(row.learning_themes or (), start=1):
        records.add(LearningPoint, case_id=case_id, number=number, theme_id=theme.id)
