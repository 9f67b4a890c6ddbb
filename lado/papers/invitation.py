"""The invitation to a strategy discussion: a text to copy, and an entry for calendars (RFC 5545).

It lies in mailboxes and calendars of many agencies, so it names no adult, child or setting.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event, Timezone, vCalAddress

from lado import clock
from lado.models import StrategyDiscussion
from lado.rules.vocabulary import DiscussionStatus
from lado.rules.words import long_day

MEDIA_TYPE = "text/calendar"
PAPERS = "Papers are sent separately."
# No end is recorded: so much of the day is kept free.
LASTS = timedelta(minutes=90)
# A published entry must say whose it is, and there is no address to answer to.
NOBODY = "invalid:nomail"
# By rule, not by a list of days: the calendars that read only one of them read this.
LONDON = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
END:VTIMEZONE
"""


@dataclass(frozen=True)
class Invitation:
    """`sequence` goes up with each change, so that a calendar knows the newer entry. `place` is
    empty where it must not be said."""

    meeting: str
    council: str
    reference: str
    number: int
    uid: str
    sequence: int
    day: date
    at: time | None
    place: str
    cancelled: bool

    @property
    def title(self) -> str:
        return f"{self.meeting[:1].upper()}{self.meeting[1:]} {self.number}, {self.reference}"

    @property
    def text(self) -> str:
        lines = [
            *(["Cancelled"] if self.cancelled else []),
            self.title,
            f"Date: {self.day:%A} {long_day(self.day)}",
            *([f"Time: {self.at:%H:%M}"] if self.at else []),
            *([f"Place: {self.place}"] if self.place else []),
            PAPERS,
            self.council,
        ]
        return "\n".join(lines) + "\n"

    @property
    def calendar(self) -> bytes:
        calendar = Calendar()
        calendar.add("prodid", "-//LADO case system//Meetings//EN")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        if self.at:
            calendar.add_component(Timezone.from_ical(LONDON))
        calendar.add_component(self._event())
        return bytes(calendar.to_ical())

    def _event(self) -> Event:
        event = Event()
        event.add("uid", self.uid)
        event.add("sequence", self.sequence)
        event.add("dtstamp", clock.now())
        event.add("summary", self.title)
        event.add("description", PAPERS)
        event.add("class", "CONFIDENTIAL")
        event.add("status", "CANCELLED" if self.cancelled else "CONFIRMED")
        organiser = vCalAddress(NOBODY)
        organiser.params["CN"] = self.council
        event.add("organizer", organiser)
        if self.place:
            event.add("location", self.place)
        if self.at is None:
            event.add("dtstart", self.day)
        else:
            event.add("dtstart", datetime.combine(self.day, self.at, clock.LONDON))
            event.add("duration", LASTS)
        return event


def invitation(
    discussion: StrategyDiscussion, *, council: str, meeting: str, place: str
) -> Invitation | None:
    """None where no day was ever arranged. `place` is what may be said of it."""
    if discussion.scheduled_on is None:
        return None
    case = discussion.case
    return Invitation(
        meeting=meeting,
        council=council,
        reference=case.reference,
        number=discussion.number,
        uid=str(uuid5(NAMESPACE_URL, f"{case.public_id}/discussions/{discussion.number}")),
        sequence=discussion.version,
        day=discussion.scheduled_on,
        at=discussion.scheduled_at,
        place=place,
        cancelled=discussion.status is DiscussionStatus.CANCELLED,
    )
