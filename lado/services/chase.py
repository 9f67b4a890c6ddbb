"""That somebody was asked again for what a case waits for."""

from datetime import date

from lado.models import Action, Case, Chase, OnwardReferral, Strand, StrategyDiscussion, User
from lado.queries.chasing import owed
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import ChasedHow
from lado.services import audit
from lado.services.case_writing import lock
from lado.services.checks import Checks, next_number
from lado.services.transaction import writes

KEYS = {
    Action: "action_id",
    StrategyDiscussion: "discussion_id",
    Strand: "strand_id",
    OnwardReferral: "referral_id",
}


@writes(AuditAction.CHASED)
def chase(
    case: Case,
    part: Action | StrategyDiscussion | Strand | OnwardReferral,
    *,
    chased_on: date,
    how: ChasedHow,
    by: User,
) -> Chase:
    lock(case)
    found = owed(case, part)
    checks = Checks()
    checks.past(chased_on, "chased_on", "The day")
    checks.that(chased_on >= found.since, "chased_on", "It must not be before it was agreed")
    checks.done()
    made = Chase(
        number=next_number(case.chases),
        what=found.what,
        chased_on=chased_on,
        how=how,
        chased_by_id=by.id,
        **{KEYS[type(part)]: part.id},
    )
    case.chases.append(made)
    audit.record(AuditAction.CHASED, case, by=by, chase=made.number)
    return made
