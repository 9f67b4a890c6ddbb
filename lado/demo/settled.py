"""What the closure gate still asks of a case, settled: where nothing else was recorded, what was
considered and was not needed."""

from datetime import date

from sqlalchemy import select

from lado.demo.calendar import Calendar
from lado.demo.parts import Days
from lado.extensions import db
from lado.models import Case, CaseSpell, User
from lado.queries import case_fairness
from lado.rules.notices import NoticeHow
from lado.rules.permissions import Role
from lado.rules.vocabulary import (
    CaseStatus,
    ChildHelp,
    ReferralBasis,
    ReferralDecision,
    StrandStatus,
)
from lado.services import action, case_allegations, case_parts, notice, safety_measure
from lado.services.case_allegations import ChildHelpDetails
from lado.services.case_parts import StrandDetails
from lado.services.notice import NoticeDetails
from lado.services.onward_referral import ReferralDetails, add_referral, change_referral

SETTLED = 10
ASKED = "Duty desk: no enquiry of their own"
NOT_CONCERNED = "They were asked and open no enquiry of their own."
NO_REFERRAL = "Nothing was found that a barring or regulating body would have to be told of."
REFERRED = "The employer removed them from work with children."
ENDED = "The employer decided so, since its own procedure has ended."
DONE = "Done, and the chair was told."
NO_LEARNING = "The setting told us the same day and kept to its own policy throughout."
NO_HELP = "The child’s school and family were asked. No need was found beyond what is there."


def settle_concluded(users: dict[Role, User], today: date) -> None:
    """The newest of the register's, which are looked at first: a register tells little of them."""
    calendar = Calendar(date(today.year - 1, 1, 1), today)
    ends = select(CaseSpell.concluded_on).where(CaseSpell.case_id == Case.id).scalar_subquery()
    newest = select(Case).where(Case.status == CaseStatus.CONCLUDED, Case.owner_id.is_(None))
    for case in db.session.scalars(newest.order_by(ends.desc(), Case.id).limit(SETTLED)).all():
        settle(case, Days(case, calendar, case.spell.concluded_on), by=users[Role.LADO])


def settle(case: Case, days: Days, *, by: User) -> None:
    _settle_strands(case, days, by)
    for body in case_fairness.bodies_to_consider(case):
        referral = ReferralDetails(
            body.id, days.on(-1), ReferralDecision.NO_REFERRAL, ReferralBasis.DUTY,
            decided_by="The employer, with the LADO", reasons=NO_REFERRAL,
        )  # fmt: skip
        add_referral(case, referral, by=by)
    for sent in [each for each in case.referrals if each.referred_on and not each.reference]:
        proof = ReferralDetails(
            sent.body_id, sent.considered_on or sent.referred_on, ReferralDecision.REFER,
            sent.basis or ReferralBasis.DUTY, decided_by="The employer, with the LADO",
            reasons=REFERRED, referred_on=sent.referred_on, reference=f"DBS-INVENTED-{case.id:04}",
        )  # fmt: skip
        change_referral(sent, proof, version=sent.version, by=by)
    for row in case_fairness.rows_to_tell(case):
        on, how = days.on(0), NoticeHow.LETTER
        notice.record_notice(case, NoticeDetails(row, on, by.name, how), by=by)
    for measure in case_fairness.measures_to_settle(case):
        safety_measure.end_measure(
            measure, ended_on=days.on(0), reason=ENDED, version=measure.version, by=by
        )
    for owed in [each for each in case.actions if each.is_open]:
        action.finish_action(owed, done_on=days.on(0), result=DONE, by=by)
    if not case_fairness.learning_is_settled(case):
        case_parts.record_no_learning(case, said_on=days.on(0), reason=NO_LEARNING, by=by)
    for allegation in case.allegations:
        if allegation.number in case_fairness.help_to_consider(case):
            considered = ChildHelpDetails(ChildHelp.NOT_NEEDED, days.on(0), by.name, NO_HELP)
            case_allegations.record_child_help(
                allegation, considered, version=allegation.version, by=by
            )


def _settle_strands(case: Case, days: Days, by: User) -> None:
    to_end = case_fairness.strands_to_end(case)
    for strand in case.strands:
        if strand.kind in to_end:
            asked = StrandDetails(
                StrandStatus.NOT_APPLICABLE,
                consulted_on=days.opened,
                consulted_with=ASKED,
                not_applicable_reason=NOT_CONCERNED,
            )
            case_parts.change_strand(strand, asked, version=strand.version, by=by)
