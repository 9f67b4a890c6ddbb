"""Who was told what of a case, or why they are not."""

from dataclasses import dataclass
from datetime import date

from lado.models import Case, Notice
from lado.rules.audit import AuditAction
from lado.rules.notices import OF_A_CHILD, STEPS, NoticeHow, NoticeRow
from lado.services import audit
from lado.services.audit import Actor
from lado.services.case_writing import lock_to_change
from lado.services.checks import Checks, next_number
from lado.services.transaction import writes


@dataclass(frozen=True)
class NoticeDetails:
    """`told_on` with by whom and how, or `withheld_on` with the reason; never both."""

    row: NoticeRow
    told_on: date | None = None
    told_by: str | None = None
    told_how: NoticeHow | None = None
    withheld_on: date | None = None
    withheld_reason: str | None = None
    look_again_on: date | None = None
    detail: str | None = None


@writes(AuditAction.NOTICE_RECORDED)
def record_notice(case: Case, details: NoticeDetails, *, by: Actor) -> Notice:
    """Also of a concluded case: what is told after it is told all the same."""
    lock_to_change(case, by=by)
    children = {child.number: child for child in case.child_records}
    _check(details, set(children))
    row = details.row
    notice = Notice(
        number=next_number(case.notices),
        notice_to=row.to,
        step=row.step,
        child=children.get(row.child),
        told_on=details.told_on,
        told_by=details.told_by or None,
        told_how=details.told_how,
        withheld_on=details.withheld_on,
        withheld_reason=details.withheld_reason or None,
        look_again_on=details.look_again_on,
        detail=details.detail or None,
    )
    case.notices.append(notice)
    audit.record(AuditAction.NOTICE_RECORDED, case, by=by, notice=notice.number)
    return notice


def _check(details: NoticeDetails, children: set[int]) -> None:
    row, checks = details.row, Checks()
    of_child = row.child in children and row.to in OF_A_CHILD
    known = row.step in STEPS[row.to] and (not row.child or of_child)
    checks.that(known, "row", "Choose who was told what")
    one = (details.told_on is None) != (details.withheld_on is None)
    checks.that(one, "was_told", "Choose whether they were told")
    if details.told_on is not None:
        checks.past(details.told_on, "told_on", "The date they were told")
        checks.that((details.told_by or "").strip(), "told_by", "Enter who told them")
        checks.that(details.told_how, "told_how", "Choose how they were told")
    if details.withheld_on is not None:
        _check_withheld(checks, details, details.withheld_on)
    checks.done()


def _check_withheld(checks: Checks, details: NoticeDetails, withheld_on: date) -> None:
    checks.past(withheld_on, "withheld_on", "The date that was decided")
    reason = (details.withheld_reason or "").strip()
    checks.that(reason, "withheld_reason", "Enter why they are not told")
    checks.that(
        details.look_again_on is None or details.look_again_on > withheld_on,
        "look_again_on",
        "The day to look again must be after the day on which that was decided",
    )
