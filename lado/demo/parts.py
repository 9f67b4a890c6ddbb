"""What is recorded on a case, in the order in which a user would, by the same services."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lado import clock
from lado.demo.calendar import Calendar
from lado.demo.terms import term
from lado.models import Case, User
from lado.queries import delays
from lado.rules.documents import DocumentKind
from lado.rules.notices import NoticeHow, NoticeRow, NoticeStep, NoticeTo
from lado.rules.vocabulary import Attendance, StrandKind, TermGroup
from lado.rules.working_days import add_working_days
from lado.services import case_parts, delay, discussion, document, minutes, notice, safety_measure
from lado.services.case_parts import ChildDetails, StrandDetails
from lado.services.delay import DelayDetails
from lado.services.discussion import Proceedings
from lado.services.document import DocumentDetails
from lado.services.minutes import Sent
from lado.services.notice import NoticeDetails
from lado.services.onward_referral import ReferralDetails, add_referral
from lado.services.safety_measure import MeasureDetails


class Days:
    """Days of a case by working days before its last (negative) or after it. None of those
    before is earlier than the day it was opened."""

    def __init__(self, case: Case, calendar: Calendar, last: date | None = None) -> None:
        self.opened, self.last = case.spell.opened_on, last or calendar.today
        self._calendar = calendar

    def on(self, working_days: int) -> date:
        if working_days > 0:
            return add_working_days(self.last, working_days)
        return max(self.opened, self._calendar.before(self.last, -working_days))


@dataclass(frozen=True)
class File:
    name: str
    title: str
    kind: DocumentKind
    content: bytes
    agency_id: int | None = None


@dataclass(frozen=True)
class Parts:
    """`children` by their number. `circulated` are the first so many of the discussions.
    `delay`: its reason, for each month that needs one, and what is waited for."""

    children: Mapping[int, ChildDetails] = field(default_factory=dict)
    strands: Mapping[StrandKind, StrandDetails] = field(default_factory=dict)
    measures: Sequence[MeasureDetails] = ()
    notices: Sequence[NoticeDetails] = ()
    referrals: Sequence[ReferralDetails] = ()
    discussions: Sequence[Proceedings] = ()
    circulated: int = 0
    delay: tuple[str, str] | None = None
    files: Sequence[File] = ()


def record(case: Case, parts: Parts, *, by: User) -> None:
    for child in case.child_records:
        if told := parts.children.get(child.number):
            case_parts.change_child(child, told, version=child.version, by=by)
    for strand in case.strands:
        if stands := parts.strands.get(strand.kind):
            case_parts.change_strand(strand, stands, version=strand.version, by=by)
    for measure in parts.measures:
        safety_measure.add_measure(case, measure, by=by)
    for step in parts.notices:
        notice.record_notice(case, step, by=by)
    for referral in parts.referrals:
        add_referral(case, referral, by=by)
    _discuss(case, parts, by)
    if parts.delay:
        explain(case, *parts.delay, by=by)
    for file in parts.files:
        details = DocumentDetails(file.title, file.kind, file.agency_id)
        content = io.BytesIO(file.content)
        document.attach(case, details, content=content, file_name=file.name, by=by)


def _discuss(case: Case, parts: Parts, by: User) -> None:
    for place, proceedings in enumerate(parts.discussions):
        held = discussion.record(case, proceedings, by=by)
        if place < parts.circulated:
            minutes.agree_minutes(held, version=held.version, by=by)
            sent = [
                Sent(f"{each.name}, {each.agency.label}", clock.today())
                for each in held.participants
                if each.attendance is Attendance.ATTENDED and not each.conflict_of_interest
            ]
            minutes.circulate(held, sent=sent, version=held.version, by=by)


def explain(case: Case, label: str, text: str, *, by: User) -> None:
    if months := delays.months_of(case, clock.today()):
        reason = term(TermGroup.DELAY_REASON, label)
        delay.explain(case, DelayDetails(months, reason, text), by=by)


def told(
    to: NoticeTo, step: NoticeStep, on: date, told_by: str, how: NoticeHow, *, child: int = 0
) -> NoticeDetails:
    return NoticeDetails(NoticeRow(to, step, child), told_on=on, told_by=told_by, told_how=how)


def not_yet(
    to: NoticeTo, step: NoticeStep, on: date, why: str, look_again: date, *, child: int = 0
) -> NoticeDetails:
    row = NoticeRow(to, step, child)
    return NoticeDetails(row, withheld_on=on, withheld_reason=why, look_again_on=look_again)
