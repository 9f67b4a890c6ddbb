"""Strategy discussions: arranged, held and minuted, agreed, circulated, or cancelled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import cast

from sqlalchemy.orm.attributes import flag_modified

from lado import clock
from lado.errors import Refused
from lado.extensions import db
from lado.models import Case, Minute, Participant, StrategyDiscussion, User
from lado.rules import minutes, transitions
from lado.rules.audit import AuditAction
from lado.rules.transitions import Action, Condition, Thing
from lado.rules.vocabulary import (
    Attendance,
    CaseStatus,
    DiscussionPurpose,
    DiscussionStatus,
    TermGroup,
)
from lado.rules.words import long_day
from lado.services import audit
from lado.services.action import ActionDetails, action_in_transaction, check_actions
from lado.services.audit import Actor
from lado.services.case import note_in_transaction
from lado.services.case_writing import lock, permissions, refuse_unless_open, was_open, when_open
from lado.services.checks import Checks, next_number
from lado.services.transaction import check_version, writes

NOT_BEFOREHAND = frozenset({Attendance.ATTENDED, Attendance.DID_NOT_ATTEND})


@dataclass(frozen=True)
class ParticipantDetails:
    name: str
    agency_id: int | None
    attendance: Attendance | None
    role: str | None = None
    left_out_reason: str | None = None


@dataclass(frozen=True)
class Arrangement:
    purpose: DiscussionPurpose
    scheduled_on: date
    chair_id: int
    scheduled_at: time | None = None
    place: str | None = None
    participants: Sequence[ParticipantDetails] = ()


@dataclass(frozen=True)
class Proceedings:
    """What was said and who was there. `minutes` is text by the code of its heading."""

    held_on: date
    purpose: DiscussionPurpose
    chair_id: int
    next_review_on: date | None
    participants: Sequence[ParticipantDetails] = ()
    minutes: Mapping[str, str] = field(default_factory=dict)
    actions: Sequence[ActionDetails] = ()


@writes(AuditAction.DISCUSSION_SCHEDULED)
def schedule(case: Case, arrangement: Arrangement, *, by: Actor) -> StrategyDiscussion:
    lock(case)
    refuse_unless_open(case)
    _check_arrangement(case, arrangement)
    discussion = StrategyDiscussion(number=next_number(case.discussions))
    case.discussions.append(discussion)
    _arrange(discussion, arrangement)
    audit.record(AuditAction.DISCUSSION_SCHEDULED, case, by=by, discussion=discussion.number)
    return discussion


@writes(AuditAction.DISCUSSION_CHANGED)
def rearrange(
    discussion: StrategyDiscussion, arrangement: Arrangement, *, version: int, by: Actor
) -> None:
    lock(discussion.case)
    refuse_unless_open(discussion.case)
    check_version(discussion, version)
    if discussion.status is not DiscussionStatus.SCHEDULED:
        raise Refused("Only a discussion that is scheduled can be arranged for another day.")
    _check_arrangement(discussion.case, arrangement)
    _arrange(discussion, arrangement)
    flag_modified(discussion, "status")
    audit.record(
        AuditAction.DISCUSSION_CHANGED, discussion.case, by=by, discussion=discussion.number
    )


def _check_arrangement(case: Case, arrangement: Arrangement) -> None:
    checks = Checks()
    opened_on = case.spell.opened_on
    checks.that(
        arrangement.scheduled_on >= opened_on,
        "scheduled_on",
        f"It must not be before the case was opened on {long_day(opened_on)}",
    )
    for number, row in enumerate(arrangement.participants):
        checks.that(
            row.attendance not in NOT_BEFOREHAND,
            f"participants-{number}-attendance",
            "Say who came once the discussion is held",
        )
    _check_participants(checks, arrangement.participants)
    checks.done()


def _arrange(discussion: StrategyDiscussion, arrangement: Arrangement) -> None:
    discussion.purpose = arrangement.purpose
    discussion.scheduled_on = arrangement.scheduled_on
    discussion.scheduled_at = arrangement.scheduled_at
    discussion.place = arrangement.place or None
    discussion.chair_id = arrangement.chair_id
    _set_participants(discussion, arrangement.participants)


@writes(AuditAction.DISCUSSION_HELD)
def record(
    case: Case,
    proceedings: Proceedings,
    *,
    by: Actor,
    discussion: StrategyDiscussion | None = None,
    version: int = 0,
) -> StrategyDiscussion:
    """As held: one that was scheduled, or, without `discussion`, one that came about unplanned."""
    lock(case)
    status = discussion.status if discussion else DiscussionStatus.SCHEDULED
    row = transitions.check(Thing.DISCUSSION, status, Action.HOLD, permissions(by))
    if discussion is not None:
        check_version(discussion, version)
    _check_proceedings(case, proceedings)
    if discussion is None:
        discussion = StrategyDiscussion(number=next_number(case.discussions))
        case.discussions.append(discussion)
    discussion.status = cast(DiscussionStatus, row.new_status)
    _write_up(discussion, proceedings)
    audit.record(AuditAction.DISCUSSION_HELD, case, by=by, discussion=discussion.number)
    return discussion


@writes(AuditAction.DISCUSSION_CHANGED)
def change(
    discussion: StrategyDiscussion, proceedings: Proceedings, *, version: int, by: Actor
) -> None:
    """Until the minutes are agreed. Further actions are added; those there stay as they are."""
    case = discussion.case
    lock(case)
    check_version(discussion, version)
    if discussion.status is not DiscussionStatus.HELD:
        raise Refused("The minutes are agreed, so this record can no longer be changed.")
    _check_proceedings(case, proceedings)
    _write_up(discussion, proceedings)
    flag_modified(discussion, "status")
    audit.record(AuditAction.DISCUSSION_CHANGED, case, by=by, discussion=discussion.number)


def _check_proceedings(case: Case, proceedings: Proceedings) -> None:
    checks = Checks()
    held_on, review_on = proceedings.held_on, proceedings.next_review_on
    checks.past(held_on, "held_on", "The date it was held")
    checks.that(was_open(case, held_on), "held_on", when_open(case))
    checks.that(
        review_on is None or review_on >= held_on,
        "next_review_on",
        "The review must not be before this discussion",
    )
    checks.that(
        review_on or not _needs_review(case, proceedings),
        "next_review_on",
        "Enter when the case is reviewed next. Only a final discussion needs no date",
    )
    unknown = set(proceedings.minutes) - set(minutes.BY_CODE)
    if unknown:
        raise ValueError("There is no such heading of minutes")
    _check_participants(checks, proceedings.participants)
    checks.that(
        case.status is CaseStatus.OPEN or not proceedings.actions,
        "actions-0-description",
        "Take the new actions out: they are added only while the case is open",
    )
    check_actions(checks, proceedings.actions, since=held_on)
    checks.done()


def _needs_review(case: Case, proceedings: Proceedings) -> bool:
    return proceedings.purpose is not DiscussionPurpose.FINAL and case.spell.concluded_on is None


def _write_up(discussion: StrategyDiscussion, proceedings: Proceedings) -> None:
    discussion.held_on = proceedings.held_on
    discussion.purpose = proceedings.purpose
    discussion.chair_id = proceedings.chair_id
    discussion.next_review_on = proceedings.next_review_on
    _set_participants(discussion, proceedings.participants)
    _set_minutes(discussion, proceedings.minutes)
    for details in proceedings.actions:
        action_in_transaction(discussion.case, details, discussion=discussion)


def _check_participants(checks: Checks, participants: Sequence[ParticipantDetails]) -> None:
    for number, row in enumerate(participants):
        at = f"participants-{number}"
        checks.that(row.name.strip(), f"{at}-name", "Enter a name, or say who they are")
        checks.that(row.agency_id, f"{at}-agency_id", "Choose an agency")
        checks.that(row.attendance, f"{at}-attendance", "Choose whether they came")
        left_out = row.attendance is Attendance.LEFT_OUT
        checks.that(
            (row.left_out_reason or "").strip() or not left_out,
            f"{at}-left_out_reason",
            "Enter why they were left out",
        )
    checks.terms(
        {
            f"participants-{number}-agency_id": (TermGroup.AGENCY, row.agency_id)
            for number, row in enumerate(participants)
        }
    )


def _set_participants(
    discussion: StrategyDiscussion, participants: Sequence[ParticipantDetails]
) -> None:
    """In place, row by row: a number may not be taken twice, not even for a moment."""
    rows = list(discussion.participants)
    for surplus in rows[len(participants) :]:
        discussion.participants.remove(surplus)
        db.session.delete(surplus)
    for number, details in enumerate(participants, start=1):
        if number > len(rows):
            rows.append(Participant(number=number))
            discussion.participants.append(rows[-1])
        row = rows[number - 1]
        left_out = details.attendance is Attendance.LEFT_OUT
        row.number = number
        row.name, row.role = details.name, details.role or None
        row.agency_id = cast(int, details.agency_id)  # looked at before
        row.attendance = cast(Attendance, details.attendance)
        row.left_out_reason = details.left_out_reason if left_out else None


def _set_minutes(discussion: StrategyDiscussion, texts: Mapping[str, str]) -> None:
    there = {minute.heading: minute for minute in discussion.minutes}
    kept = []
    for heading, text in texts.items():
        if text.strip():
            minute = there.get(heading) or Minute(heading=heading)
            minute.text = text
            kept.append(minute)
    discussion.minutes = kept


@writes(AuditAction.MINUTES_AGREED)
def agree_minutes(discussion: StrategyDiscussion, *, version: int, by: Actor) -> None:
    """Of the version that was read: not of one that somebody changed since."""
    row = _begin(discussion, Action.AGREE_MINUTES, version=version, by=by)
    if not discussion.minutes:
        raise Refused(Condition.MINUTES_WRITTEN.label)
    discussion.status = cast(DiscussionStatus, row.new_status)
    audit.record(AuditAction.MINUTES_AGREED, discussion.case, by=by, discussion=discussion.number)


@writes(AuditAction.MINUTES_REOPENED)
def correct_minutes(discussion: StrategyDiscussion, *, reason: str, version: int, by: User) -> None:
    """They are no longer agreed; the reason stays as a note on the case."""
    row = _begin(discussion, Action.CORRECT_MINUTES, version=version, by=by)
    row.check_note(reason, "reason")
    discussion.status = cast(DiscussionStatus, row.new_status)
    said = f"The agreed minutes of discussion {discussion.number} are to be corrected: {reason}"
    note_in_transaction(discussion.case, happened_on=clock.today(), text=said, by=by)
    audit.record(AuditAction.MINUTES_REOPENED, discussion.case, by=by, discussion=discussion.number)


@writes(AuditAction.MINUTES_CIRCULATED)
def circulate(
    discussion: StrategyDiscussion,
    *,
    circulated_on: date,
    circulated_to: str,
    version: int,
    by: Actor,
) -> None:
    row = _begin(discussion, Action.CIRCULATE, version=version, by=by)
    checks = Checks()
    checks.past(circulated_on, "circulated_on", "The date of circulation")
    checks.that(circulated_to.strip(), "circulated_to", "Enter to whom the minutes went")
    checks.that(
        discussion.held_on is None or circulated_on >= discussion.held_on,
        "circulated_on",
        "Minutes are not circulated before the discussion is held",
    )
    checks.done()
    discussion.status = cast(DiscussionStatus, row.new_status)
    discussion.circulated_on, discussion.circulated_to = circulated_on, circulated_to
    audit.record(
        AuditAction.MINUTES_CIRCULATED, discussion.case, by=by, discussion=discussion.number
    )


@writes(AuditAction.DISCUSSION_CANCELLED)
def cancel(discussion: StrategyDiscussion, *, reason: str, version: int, by: Actor) -> None:
    row = _begin(discussion, Action.CANCEL, version=version, by=by)
    row.check_note(reason, "reason")
    discussion.status = cast(DiscussionStatus, row.new_status)
    discussion.cancelled_reason = reason
    audit.record(
        AuditAction.DISCUSSION_CANCELLED, discussion.case, by=by, discussion=discussion.number
    )


def _begin(
    discussion: StrategyDiscussion, action: Action, *, version: int, by: Actor
) -> transitions.Transition:
    lock(discussion.case)
    row = transitions.check(Thing.DISCUSSION, discussion.status, action, permissions(by))
    check_version(discussion, version)
    return row
