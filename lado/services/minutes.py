"""Minutes are agreed, copied, circulated, and corrected only as a new version (R-19)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy.orm.attributes import flag_modified

from lado import clock
from lado.errors import Refused
from lado.extensions import db
from lado.models import (
    Circulation,
    MinutesCopy,
    MinutesVersion,
    StrategyDiscussion,
    User,
    WithdrawnCopy,
    WithheldPart,
)
from lado.queries.callers import unnamed
from lado.queries.minutes import copies_that_name, names_caller, written
from lado.rules import redaction
from lado.rules.audit import AuditAction
from lado.rules.redaction import PARTS, has_passage
from lado.rules.transitions import Action, Condition
from lado.rules.vocabulary import DiscussionStatus
from lado.services import audit
from lado.services.case import note_in_transaction
from lado.services.case_writing import lock
from lado.services.checks import Checks, next_number
from lado.services.discussion import begin
from lado.services.transaction import check_version, writes

WHOLE = 1
NAMES_CALLER = (
    "“{}” names somebody who told us of this and did not agree to be named, or was not asked, so "
    "it may not go out. Make a copy that withholds their name and choose that, or record with what "
    "they told us that they may be named."
)
WHOLE_STAYS = "The whole minutes are no copy that can be withdrawn. Correct the minutes instead."
WAS_SENT = "This copy was sent, so it stays on the list as it was sent."
COPY_WITHDRAWN = "This copy was withdrawn already."


@dataclass(frozen=True)
class Sent:
    """`copy` is the number of a copy of the minutes that stand."""

    recipient: str
    sent_on: date | None
    copy: int | None = WHOLE


@writes(AuditAction.MINUTES_AGREED)
def agree_minutes(discussion: StrategyDiscussion, *, version: int, by: User) -> None:
    """Of the version that was read: not of one that somebody changed since."""
    row = begin(discussion, Action.AGREE_MINUTES, version=version, by=by)
    if not discussion.minutes:
        raise Refused(Condition.MINUTES_WRITTEN.label)
    discussion.status = cast(DiscussionStatus, row.new_status)
    discussion.versions.append(
        MinutesVersion(
            number=next_number(discussion.versions),
            content=written(discussion).as_json(),
            agreed_on=clock.today(),
            agreed_by_id=by.id,
            copies=[MinutesCopy(number=WHOLE)],
        )
    )
    _record(AuditAction.MINUTES_AGREED, discussion, by=by)


@writes(AuditAction.MINUTES_REOPENED)
def correct_minutes(discussion: StrategyDiscussion, *, reason: str, version: int, by: User) -> None:
    """They are no longer agreed, and stay readable as they were. The reason stays with them, and
    as a note on the case."""
    row = begin(discussion, Action.CORRECT_MINUTES, version=version, by=by)
    row.check_note(reason, "reason")
    standing = standing_minutes(discussion)
    discussion.status = cast(DiscussionStatus, row.new_status)
    discussion.circulated_on = None
    standing.corrected_on, standing.corrected_by_id = clock.today(), by.id
    standing.correction_reason = reason
    said = f"The agreed minutes of discussion {discussion.number} are to be corrected: {reason}"
    note_in_transaction(discussion.case, happened_on=clock.today(), text=said, by=by)
    _record(AuditAction.MINUTES_REOPENED, discussion, by=by)


@writes(AuditAction.MINUTES_COPIED)
def make_copy(
    discussion: StrategyDiscussion,
    *,
    made_for: str,
    withheld: Collection[str],
    passages: bool,
    names: bool,
    by: User,
) -> MinutesCopy:
    """A redacted one. `withheld` are codes of `redaction.PARTS`; `passages` leaves out what stands
    between marks too, `names` all that names a caller who did not agree to be named (R-43)."""
    lock(discussion.case)
    standing = standing_minutes(discussion)
    checks = Checks()
    checks.that(made_for.strip(), "made_for", "Enter who this copy is for")
    if set(withheld) - set(PARTS):
        raise ValueError("There is no such part of minutes")
    whole = standing.minutes
    passages = passages and any(map(has_passage, whole.texts()))
    names = names and names_caller(discussion.case, whole)
    checks.that(withheld or passages or names, "withheld", "Choose what this copy leaves out")
    checks.done()
    content = whole.with_texts(redaction.withheld if passages else redaction.in_full)
    if names:
        content = content.with_texts(unnamed(discussion.case))
    copy = MinutesCopy(
        number=next_number(standing.copies),
        made_for=made_for,
        passages_withheld=passages,
        names_withheld=names,
        content=content.as_json(),
        parts=[WithheldPart(part=part) for part in sorted(withheld)],
    )
    standing.copies.append(copy)
    _record(AuditAction.MINUTES_COPIED, discussion, by=by)
    return copy


@writes(AuditAction.MINUTES_COPY_WITHDRAWN)
def withdraw_copy(copy: MinutesCopy, *, reason: str, by: User) -> None:
    """One that was made by mistake. What somebody got stays on the list as it was sent."""
    discussion = copy.version.discussion
    lock(discussion.case)
    db.session.refresh(copy, ["withdrawal", "circulations"])
    if copy.is_whole:
        raise Refused(WHOLE_STAYS)
    if copy.circulations:
        raise Refused(WAS_SENT)
    if copy.withdrawal:
        raise Refused(COPY_WITHDRAWN)
    checks = Checks()
    checks.that(reason.strip(), "reason", "Enter why this copy is withdrawn")
    checks.done()
    copy.withdrawal = WithdrawnCopy(
        withdrawn_on=clock.today(), withdrawn_by_id=by.id, reason=reason.strip()
    )
    _record(AuditAction.MINUTES_COPY_WITHDRAWN, discussion, by=by)


@writes(AuditAction.MINUTES_CIRCULATED)
def circulate(
    discussion: StrategyDiscussion, *, sent: Sequence[Sent], version: int, by: User
) -> None:
    row = begin(discussion, Action.CIRCULATE, version=version, by=by)
    _send(discussion, sent)
    discussion.status = cast(DiscussionStatus, row.new_status)
    _record(AuditAction.MINUTES_CIRCULATED, discussion, by=by)


@writes(AuditAction.MINUTES_CIRCULATED)
def circulate_further(
    discussion: StrategyDiscussion, *, sent: Sequence[Sent], version: int, by: User
) -> None:
    """To others than those to whom they went at first."""
    lock(discussion.case)
    if discussion.status is not DiscussionStatus.CIRCULATED:
        raise Refused("These minutes have not been circulated yet.")
    check_version(discussion, version)
    _send(discussion, sent)
    flag_modified(discussion, "status")
    _record(AuditAction.MINUTES_CIRCULATED, discussion, by=by)


def _send(discussion: StrategyDiscussion, sent: Sequence[Sent]) -> None:
    standing = standing_minutes(discussion)
    copies = {copy.number: copy for copy in standing.copies if not copy.withdrawal}
    _check_sent(discussion, sent, copies)
    chosen = {each.copy for each in sent}
    for copy in copies_that_name(standing):
        if copy.number in chosen:
            raise Refused(NAMES_CALLER.format(copy.name))
    for each in sent:
        copies[cast(int, each.copy)].circulations.append(
            Circulation(recipient=each.recipient, sent_on=cast(date, each.sent_on))
        )
    discussion.circulated_on = min(each.sent_on for each in standing.circulations)


def _check_sent(
    discussion: StrategyDiscussion, sent: Sequence[Sent], copies: Collection[int]
) -> None:
    checks = Checks()
    checks.that(sent, "sent-0-recipient", "Enter to whom the minutes went")
    for place, each in enumerate(sent):
        at = f"sent-{place}"
        checks.that(each.recipient.strip(), f"{at}-recipient", "Enter who got the minutes")
        checks.that(each.sent_on, f"{at}-sent_on", "Enter when it was sent")
        checks.past(each.sent_on, f"{at}-sent_on", "The date of circulation")
        checks.that(
            not each.sent_on or not discussion.held_on or each.sent_on >= discussion.held_on,
            f"{at}-sent_on",
            "Minutes are not circulated before the discussion is held",
        )
        checks.that(each.copy in copies, f"{at}-copy", "Choose which copy they got")
    checks.done()


def standing_minutes(discussion: StrategyDiscussion) -> MinutesVersion:
    """Raises Refused where none are agreed."""
    if discussion.standing is None:
        raise Refused("Agree the minutes first.")
    return discussion.standing


def _record(action: AuditAction, discussion: StrategyDiscussion, *, by: User) -> None:
    audit.record(action, discussion.case, by=by, discussion=discussion.number)
