"""What is decided about each adult of a consultation, on what grounds, and what comes of it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from lado import clock
from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import Case, Consultation, ConsultationSubject, Decision, SubjectLimb, Term, User
from lado.queries.consultation_record import REPLACED
from lado.queries.earlier import earlier_than_decision
from lado.queries.joinable import may_join
from lado.queries.received_transfer import taken_over
from lado.rules import transitions
from lado.rules.audit import AuditAction
from lado.rules.permissions import Permission
from lado.rules.threshold import Limb, limbs_on
from lado.rules.transitions import Action, Thing
from lado.rules.vocabulary import (
    CaseStatus,
    ConsultationStatus,
    DecisionStage,
    EarlierRecords,
    TermGroup,
)
from lado.rules.words import long_day
from lado.services import audit
from lado.services.case import (
    join_case_in_transaction,
    leave_case_in_transaction,
    open_case_in_transaction,
)
from lado.services.case_writing import permissions
from lado.services.checks import Checks
from lado.services.consultation import lock, touch
from lado.services.follow_up import FollowUpDetails, add_in_transaction
from lado.services.received_facts import take_over_in_transaction
from lado.services.transaction import check_version, writes

THRESHOLD_MET = {DecisionStage.PROGRESS, DecisionStage.MET_NO_MEETING}
# The shipped term for a concern that belongs to a case which is open: it never opens one.
LINKED = "linked"
OVERLOOKED = (
    "Earlier records are listed above: say what weight they were given, or why none of them counts"
)
WEIGHED = {EarlierRecords.SOME_WEIGHT, EarlierRecords.DECISIVE}


@dataclass(frozen=True)
class DecisionDetails:
    """`case`, for a decision to progress: the open case to join, or None to open one; then
    `further_allegation` says whether it tells of more than the case knows already. `decided_by`
    is who decided, where somebody else records it. `sent_category_id` is of allegations that came
    from another authority under a category which is in no list here."""

    term_id: int
    reasons: str
    decided_on: date
    earlier_records: EarlierRecords
    earlier_weight: str | None = None
    limbs: Collection[Limb] = ()
    primary_limb: Limb | None = None
    tier_id: int | None = None
    advice: str | None = None
    case: Case | None = None
    further_allegation: bool = True
    decided_by: User | None = None
    follow_up: FollowUpDetails | None = None
    sent_category_id: int | None = None


@writes(AuditAction.CONSULTATION_DECIDED)
def decide(
    subject: ConsultationSubject, *, decision: DecisionDetails, version: int, by: User
) -> Decision:
    """The consultation is decided when each of its adults is. To progress opens or joins a case."""
    consultation = subject.consultation
    lock(consultation)
    transitions.check(Thing.CONSULTATION, consultation.status, Action.DECIDE, permissions(by))
    check_version(consultation, version)
    term = _check(subject, decision, by=by)
    earlier = _end_standing(subject, decision.decided_on)
    made = _add(subject, decision, by=by)
    _record_grounds(subject, decision)
    db.session.flush()
    _settle_case(subject, term, decision, by=by)
    if decision.follow_up:
        add_in_transaction(consultation, decision.follow_up, by=by)
    if all(other.decision for other in consultation.subjects):
        consultation.status = ConsultationStatus.DECIDED
    touch(consultation)
    audit.record(
        AuditAction.CONSULTATION_DECIDED,
        consultation,
        by=by,
        subject=subject.number,
        decision=made.number,
        replaces=earlier,
    )
    return made


@writes(AuditAction.CONSULTATION_REOPENED)
def reopen(consultation: Consultation, *, reason: str, version: int, by: User) -> None:
    """From today its decisions stand no longer; they stay on record, and so do its cases."""
    lock(consultation)
    row = transitions.check(Thing.CONSULTATION, consultation.status, Action.REOPEN, permissions(by))
    check_version(consultation, version)
    row.check_note(reason, "reason")
    for subject in consultation.subjects:
        if standing := subject.decision:
            _end(standing, subject, on=clock.today(), reason=reason)
    consultation.status = ConsultationStatus.OPEN
    audit.record(AuditAction.CONSULTATION_REOPENED, consultation, by=by)


def _check(subject: ConsultationSubject, decision: DecisionDetails, *, by: User) -> Term:
    checks = Checks()
    term = db.session.get(Term, decision.term_id)
    is_decision = term is not None and term.group is TermGroup.DECISION
    checks.that(is_decision, "term_id", "Choose one from the list")
    checks.terms(
        {
            "tier_id": (TermGroup.TIER, decision.tier_id),
            "sent_category_id": (TermGroup.CATEGORY, decision.sent_category_id),
        }
    )
    checks.that(decision.reasons.strip(), "reasons", "Enter the reasons for the decision")
    any_there = earlier_than_decision(by, subject).is_any
    missing = missing_weight(decision.earlier_records, decision.earlier_weight, any_there=any_there)
    checks.that(not missing, "earlier_weight", missing)
    may = (decision.decided_by or by).can(Permission.CONSULTATION_DECIDE)
    checks.that(may, "decided_by", "Choose somebody whose role decides consultations")
    _check_day(subject, decision.decided_on, checks)
    _check_limbs(subject.consultation, decision.limbs, decision.primary_limb, checks)
    if term is not None:
        _check_threshold(subject, term, decision, checks)
    checks.done()
    return db.session.get_one(Term, decision.term_id)


def missing_weight(
    considered: EarlierRecords | None, weight: str | None, *, any_there: bool
) -> str:
    """What is on record is weighed, or it is said why nothing of it counts (R-51)."""
    if (weight or "").strip():
        return ""
    if considered in WEIGHED:
        return "Say which earlier records had weight, and how"
    return OVERLOOKED if any_there and considered is EarlierRecords.NONE_FOUND else ""


def _check_day(subject: ConsultationSubject, day: date, checks: Checks) -> None:
    received = subject.consultation.received_on
    checks.past(day, "decided_on", "The date of the decision")
    checks.that(
        day >= received,
        "decided_on",
        f"The date of the decision must be on or after {long_day(received)}, when it was received",
    )
    days = [day for d in subject.decisions for day in (d.decided_on, d.ended_on) if day]
    last = max([received, *days])
    checks.that(
        day >= last,
        "decided_on",
        f"An earlier decision stood until {long_day(last)}. This one must be from then or later",
    )


def _check_limbs(
    consultation: Consultation, limbs: Collection[Limb], primary: Limb | None, checks: Checks
) -> None:
    in_force = set(limbs_on(consultation.received_on))
    known = in_force.issuperset(limbs)
    checks.that(known, "limbs", "Choose from the criteria in force when this was received")
    stated = primary is not None or len(set(limbs)) <= 1
    checks.that(stated, "primary_limb", "Choose which of the criteria is the main one")
    among = primary is None or primary in limbs
    checks.that(among, "primary_limb", "Choose the main one from those that apply")


def _check_threshold(
    subject: ConsultationSubject, term: Term, decision: DecisionDetails, checks: Checks
) -> None:
    """The criteria speak of a person's behaviour: an organisation by itself meets none (R-09)."""
    about_adult = subject.organisation_id is None or subject.person_id is not None
    if term.stage in THRESHOLD_MET and about_adult:
        message = "Choose the criteria that are met, since the threshold is"
        checks.that(decision.limbs, "limbs", message)


def _end_standing(subject: ConsultationSubject, day: date) -> int:
    """Where one adult is decided again while another still waits. Gives the number ended, or 0."""
    standing = subject.decision
    if standing is None:
        return 0
    _end(standing, subject, on=day, reason=REPLACED)
    db.session.flush()
    return standing.number


def _end(standing: Decision, subject: ConsultationSubject, *, on: date, reason: str) -> None:
    standing.ended_on, standing.ended_reason = on, reason
    standing.ended_grounds = "\n".join(_grounds_in_words(subject)) or None


def _grounds_in_words(subject: ConsultationSubject) -> Iterator[str]:
    for row in subject.limbs:
        main = " (the main one)" if row.is_primary and len(subject.limbs) > 1 else ""
        yield f"Criterion met: {row.limb.label}{main}"
    if subject.earlier_records:
        yield f"Earlier records: {subject.earlier_records.label}"
    if subject.earlier_weight:
        yield f"Weight given to them: {subject.earlier_weight}"


def _add(subject: ConsultationSubject, decision: DecisionDetails, *, by: User) -> Decision:
    made = Decision(
        number=len(subject.decisions) + 1,
        term_id=decision.term_id,
        tier_id=decision.tier_id,
        reasons=decision.reasons,
        advice=decision.advice or None,
        decided_on=decision.decided_on,
        decided_by_id=(decision.decided_by or by).id,
        recorded_by_id=None if decision.decided_by in (None, by) else by.id,
    )
    subject.decisions.append(made)
    return made


def _record_grounds(subject: ConsultationSubject, decision: DecisionDetails) -> None:
    subject.earlier_records = decision.earlier_records
    subject.earlier_weight = decision.earlier_weight or None
    _set_limbs(subject, decision.limbs, decision.primary_limb)


def _set_limbs(subject: ConsultationSubject, limbs: Collection[Limb], primary: Limb | None) -> None:
    """The primary one is unique: it is taken off before it is given to another."""
    kept = {row.limb: row for row in subject.limbs if row.limb in limbs}
    for row in kept.values():
        row.is_primary = False
    subject.limbs = [kept.get(limb) or SubjectLimb(limb=limb) for limb in sorted(set(limbs))]
    db.session.flush()
    for row in subject.limbs:
        row.is_primary = row.limb is primary or len(subject.limbs) == 1


def _settle_case(
    subject: ConsultationSubject, term: Term, decision: DecisionDetails, *, by: User
) -> None:
    if term.stage is not DecisionStage.PROGRESS:
        return _leave_case(subject, decision, by=by)
    if subject.case:
        return _keep_case(subject.case, decision)
    if decision.case is None and term.code == LINKED:
        raise Invalid({"case": "Choose the open case it is linked to, or decide otherwise"})
    sent = taken_over(subject)
    case = _open_or_join(subject, decision, by=by)
    if sent:
        category_id = decision.sent_category_id
        take_over_in_transaction(subject, case, sent, category_id=category_id, by=by)
    return None


def _open_or_join(subject: ConsultationSubject, decision: DecisionDetails, *, by: User) -> Case:
    if decision.case is None:
        return open_case_in_transaction(subject, opened_on=decision.decided_on, owner=by, by=by)
    if not may_join(subject, decision.case):
        raise Invalid({"case": "Choose an open case of the same person or organisation"})
    join_case_in_transaction(
        subject, decision.case, further_allegation=decision.further_allegation, by=by
    )
    return decision.case


def _keep_case(case: Case, decision: DecisionDetails) -> None:
    """Decided again to progress: the case that is there goes on."""
    if decision.case not in (None, case):
        raise Invalid({"case": f"This concern belongs to {case.reference} already"})
    if case.status is CaseStatus.CONCLUDED:
        raise Refused(f"{case.reference} is concluded. Open that case again first.")


def _leave_case(subject: ConsultationSubject, decision: DecisionDetails, *, by: User) -> None:
    """Decided otherwise than to progress. A case opened in error is concluded as a case."""
    if decision.case:
        raise Invalid({"case": "Only a decision to progress joins a case"})
    case = subject.case
    if case is None or case.status is CaseStatus.CONCLUDED:
        return
    if subject.opened_case:
        raise Refused(
            f"{case.reference} was opened by this consultation. Conclude the case first, or "
            "decide to progress."
        )
    leave_case_in_transaction(subject, case, by=by)
