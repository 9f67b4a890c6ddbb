"""Why a case takes longer: given month by month, and never changed afterwards (R-12)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from lado import clock
from lado.models import Case, DelayReason, User
from lado.queries import delays
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import TermGroup
from lado.services import audit
from lado.services.case_writing import lock
from lado.services.checks import Checks, next_number
from lado.services.transaction import writes


@dataclass(frozen=True)
class DelayDetails:
    """`months` are known by their first days."""

    months: Collection[date]
    term_id: int | None
    text: str


@writes(AuditAction.DELAY_EXPLAINED)
def explain(case: Case, details: DelayDetails, *, by: User) -> list[DelayReason]:
    """For a month that has a reason already, the new one stands."""
    lock(case)
    checks = Checks()
    late = delays.months_of(case, clock.today())
    checks.that(details.months, "months", "Choose the month")
    checks.that(
        set(details.months) <= set(late), "months", "Choose a month in which the case was late"
    )
    checks.that(details.term_id, "term_id", "Choose the reason")
    checks.terms({"term_id": (TermGroup.DELAY_REASON, details.term_id)})
    checks.that(details.text.strip(), "text", "Enter what the case waits for, and what was done")
    checks.done()
    return [_add(case, month, details, by) for month in sorted(details.months)]


def _add(case: Case, month: date, details: DelayDetails, by: User) -> DelayReason:
    reason = DelayReason(
        number=next_number(case.delay_reasons),
        year=month.year,
        month=month.month,
        term_id=details.term_id,
        text=details.text,
        given_by_id=by.id,
    )
    case.delay_reasons.append(reason)
    audit.record(AuditAction.DELAY_EXPLAINED, case, by=by, year=month.year, month=month.month)
    return reason
