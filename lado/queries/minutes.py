"""Minutes of a discussion: as the record has them now, and as they were agreed."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from lado.errors import NotFound
from lado.extensions import db
from lado.models import (
    Case,
    Circulation,
    Consultation,
    MinutesCopy,
    MinutesVersion,
    Participant,
    StrategyDiscussion,
    User,
    WithdrawnCopy,
)
from lado.queries import access
from lado.rules.advice import names_in
from lado.rules.minutes import HEADINGS
from lado.rules.written_minutes import Agreed, Attended, WrittenMinutes


def written(discussion: StrategyDiscussion) -> WrittenMinutes:
    """As the record has them now. Raises NotFound before the discussion is held."""
    if discussion.held_on is None:
        raise NotFound
    said = {minute.heading: minute.text for minute in discussion.minutes}
    return WrittenMinutes(
        held_on=discussion.held_on,
        purpose=discussion.purpose.label if discussion.purpose else "",
        joint=discussion.joint,
        chair=discussion.chair.name if discussion.chair else "",
        next_review_on=discussion.next_review_on,
        attendance=[
            Attended(each.name, each.role or "", each.agency.label, ". ".join(_attendance(each)))
            for each in discussion.participants
        ],
        said={each.code: said[each.code] for each in HEADINGS if each.code in said},
        actions=[
            Agreed(each.number, each.description, each.owner, each.agency.label, each.due_on)
            for each in discussion.actions
        ],
    )


def _attendance(row: Participant) -> Iterator[str]:
    reason = f": {row.left_out_reason}" if row.left_out_reason else ""
    yield f"{row.attendance.label}{reason}"
    if row.conflict_of_interest:
        conflict = row.conflict_of_interest.rstrip(".")
        yield f"Conflict of interest: {conflict}. {row.conflict_handled}"


def versions(discussion: StrategyDiscussion) -> list[MinutesVersion]:
    """The newest first, with their copies and who got them."""
    query = (
        select(MinutesVersion)
        .where(MinutesVersion.discussion_id == discussion.id)
        .order_by(MinutesVersion.number.desc())
        .execution_options(populate_existing=True)
        .options(
            joinedload(MinutesVersion.agreed_by),
            joinedload(MinutesVersion.corrected_by),
            selectinload(MinutesVersion.copies).options(
                selectinload(MinutesCopy.parts),
                selectinload(MinutesCopy.circulations),
                joinedload(MinutesCopy.withdrawal).joinedload(WithdrawnCopy.withdrawn_by),
            ),
        )
    )
    return list(db.session.scalars(query))


def copy(discussion: StrategyDiscussion, version: int, number: int) -> MinutesCopy:
    for each in versions(discussion):
        for made in each.copies:
            if (each.number, made.number) == (version, number):
                return made
    raise NotFound


def circulated(case: Case) -> dict[int, list[tuple[int, date]]]:
    """By the number of the discussion: each version and day of circulation, the latest first."""
    query = (
        select(StrategyDiscussion.number, MinutesVersion.number, Circulation.sent_on)
        .join(MinutesVersion, MinutesVersion.discussion_id == StrategyDiscussion.id)
        .join(MinutesCopy, MinutesCopy.version_id == MinutesVersion.id)
        .join(Circulation, Circulation.copy_id == MinutesCopy.id)
        .where(StrategyDiscussion.case_id == case.id)
        .distinct()
        .order_by(MinutesVersion.number.desc(), Circulation.sent_on.desc())
    )
    found: dict[int, list[tuple[int, date]]] = defaultdict(list)
    for number, version, day in db.session.execute(query):
        found[number].append((version, day))
    return found


def names_caller(user: User, case: Case, minutes: WrittenMinutes) -> bool:
    """Whether what was written names somebody who told us of this and did not agree to be named
    (R-43), as far as the reader may know of it."""
    ids = [subject.consultation_id for subject in case.subjects]
    query = access.visible(user, Consultation).with_only_columns(Consultation.referrer_name)
    callers = db.session.scalars(
        query.where(
            Consultation.id.in_(ids),
            Consultation.referrer_name.is_not(None),
            Consultation.referrer_may_be_named.is_not(True),
        )
    )
    said = [*minutes.said.values(), *(each.description for each in minutes.actions)]
    return bool(names_in("\n".join(said), [name for name in callers if name]))
