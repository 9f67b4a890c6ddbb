"""Minutes of a discussion: as the record has them now, and as they were agreed."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from lado.errors import NotFound
from lado.extensions import db
from lado.models import (
    Case,
    Circulation,
    MinutesCopy,
    MinutesVersion,
    Participant,
    StrategyDiscussion,
    User,
    WithdrawnCopy,
)
from lado.queries.allegation_text import allegations_on
from lado.queries.callers import holds_name, unnamed
from lado.queries.concerns import earlier_concerns
from lado.rules.minutes import ALLEGATION, EARLIER_CONCERNS, HEADINGS
from lado.rules.vocabulary import Attendance
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
        said={each.code: said.get(each.code, "") for each in HEADINGS},
        actions=[
            Agreed(each.number, each.description, each.owner, each.agency.label, each.due_on)
            for each in discussion.actions
        ],
        about=list(_about(discussion.case)),
    )


def _about(case: Case) -> Iterator[tuple[str, str]]:
    position = case.position
    place = position.organisation or case.organisation
    yield "Name", case.about
    yield "Role", position.role.label if position.role else "Not stated"
    yield "Setting", f"{place.name} ({position.sector.label})" if place else position.sector.label
    yield "Our reference", case.reference


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


def names_caller(case: Case, minutes: WrittenMinutes, left_out: Collection[str] = ()) -> bool:
    """Whether they name, outside these parts, somebody who told us of this and did not agree to
    be named (R-43)."""
    said = unnamed(case)
    return any(holds_name(text, said) for text in minutes.texts(left_out))


def copies_that_name(version: MinutesVersion) -> list[MinutesCopy]:
    """Copies that may go to nobody, since they name such a caller."""
    case, copies = version.discussion.case, (c for c in version.copies if not c.withdrawal)
    return [each for each in copies if names_caller(case, each.minutes, each.withheld)]


def only_invited(discussion: StrategyDiscussion) -> list[str]:
    """Of whom nobody recorded whether they came."""
    rows = discussion.participants
    return [each.name for each in rows if each.attendance is Attendance.INVITED]


def beginning(user: User, case: Case, day: date) -> dict[str, str]:
    """What the record says under a heading, by its code, for a discussion of this day."""
    return {
        ALLEGATION: allegations_on(case, day),
        EARLIER_CONCERNS: earlier_concerns(user, case, day),
    }
