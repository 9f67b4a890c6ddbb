"""Strategy discussions: arranged, held and written up, or cancelled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import cast

from sqlalchemy.orm.attributes import flag_modified

from lado.errors import Refused
from lado.models import Case, Minute, StrategyDiscussion
from lado.rules import minutes, transitions
from lado.rules.audit import AuditAction
from lado.rules.redaction import UNMATCHED, is_matched
from lado.rules.transitions import Action, Thing
from lado.rules.vocabulary import CaseStatus, DiscussionPurpose, DiscussionStatus
from lado.rules.words import long_day
from lado.services import audit
from lado.services.action import ActionDetails, action_in_transaction, check_actions
from lado.services.audit import Actor
from lado.services.case_writing import (
    lock,
    lock_to_change,
    permissions,
    refuse_unless_open,
    was_open,
    when_open,
)
from lado.services.checks import Checks, next_number
from lado.services.participant import (
    NOT_BEFOREHAND,
    ParticipantDetails,
    check_participants,
    set_participants_in_transaction,
)
from lado.services.transaction import check_version, writes


@dataclass(frozen=True)
class Arrangement:
    purpose: DiscussionPurpose
    scheduled_on: date
    chair_id: int
    joint: bool = False
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
    joint: bool = False
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
    check_participants(checks, arrangement.participants)
    checks.done()


def _arrange(discussion: StrategyDiscussion, arrangement: Arrangement) -> None:
    discussion.purpose, discussion.joint = arrangement.purpose, arrangement.joint
    discussion.scheduled_on = arrangement.scheduled_on
    discussion.scheduled_at = arrangement.scheduled_at
    discussion.place = arrangement.place or None
    discussion.chair_id = arrangement.chair_id
    set_participants_in_transaction(discussion, arrangement.participants)


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
    lock_to_change(case, by=by)
    if discussion is not None:
        # First: who recorded it meanwhile is why it cannot be recorded, and theirs is to be seen.
        check_version(discussion, version)
    status = discussion.status if discussion else DiscussionStatus.SCHEDULED
    row = transitions.check(Thing.DISCUSSION, status, Action.HOLD, permissions(by))
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
) -> StrategyDiscussion:
    """Until the minutes are agreed. Further actions are added; those there stay as they are."""
    case = discussion.case
    lock_to_change(case, by=by)
    check_version(discussion, version)
    if discussion.status is not DiscussionStatus.HELD:
        raise Refused("The minutes are agreed, so this record can no longer be changed.")
    _check_proceedings(case, proceedings)
    _write_up(discussion, proceedings)
    flag_modified(discussion, "status")
    audit.record(AuditAction.DISCUSSION_CHANGED, case, by=by, discussion=discussion.number)
    return discussion


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
    _check_marks(checks, proceedings)
    check_participants(checks, proceedings.participants)
    checks.that(
        case.status is CaseStatus.OPEN or not proceedings.actions,
        "actions-0-description",
        "Take the new actions out: they are added only while the case is open",
    )
    check_actions(checks, proceedings.actions, since=held_on)
    checks.done()


def _check_marks(checks: Checks, proceedings: Proceedings) -> None:
    for heading, text in proceedings.minutes.items():
        checks.that(is_matched(text), f"minutes-{heading}", UNMATCHED)
    for number, action in enumerate(proceedings.actions):
        for name in ("description", "owner"):
            checks.that(is_matched(getattr(action, name)), f"actions-{number}-{name}", UNMATCHED)


def _needs_review(case: Case, proceedings: Proceedings) -> bool:
    return proceedings.purpose is not DiscussionPurpose.FINAL and case.spell.concluded_on is None


def _write_up(discussion: StrategyDiscussion, proceedings: Proceedings) -> None:
    discussion.held_on = proceedings.held_on
    discussion.purpose, discussion.joint = proceedings.purpose, proceedings.joint
    discussion.chair_id = proceedings.chair_id
    discussion.next_review_on = proceedings.next_review_on
    set_participants_in_transaction(discussion, proceedings.participants)
    _set_minutes(discussion, proceedings.minutes)
    for details in proceedings.actions:
        action_in_transaction(discussion.case, details, discussion=discussion)


def _set_minutes(discussion: StrategyDiscussion, texts: Mapping[str, str]) -> None:
    there = {minute.heading: minute for minute in discussion.minutes}
    kept = []
    for heading, text in texts.items():
        if text.strip():
            minute = there.get(heading) or Minute(heading=heading)
            minute.text = text
            kept.append(minute)
    discussion.minutes = kept


@writes(AuditAction.DISCUSSION_CANCELLED)
def cancel(discussion: StrategyDiscussion, *, reason: str, version: int, by: Actor) -> None:
    row = begin(discussion, Action.CANCEL, version=version, by=by)
    row.check_note(reason, "reason")
    discussion.status = cast(DiscussionStatus, row.new_status)
    discussion.cancelled_reason = reason
    audit.record(
        AuditAction.DISCUSSION_CANCELLED, discussion.case, by=by, discussion=discussion.number
    )


def begin(
    discussion: StrategyDiscussion, action: Action, *, version: int, by: Actor
) -> transitions.Transition:
    lock_to_change(discussion.case, by=by)
    row = transitions.check(Thing.DISCUSSION, discussion.status, action, permissions(by))
    check_version(discussion, version)
    return row
