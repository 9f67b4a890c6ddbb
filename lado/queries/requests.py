"""What each agency was asked to bring to a discussion, and what has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lado.models import StrategyDiscussion, Term
from lado.rules.requests import Request, asked_of
from lado.rules.vocabulary import Attendance


@dataclass(frozen=True)
class Asked:
    """`received` has the day by the code of what came."""

    agency: Term
    requests: Sequence[Request]
    received: Mapping[str, date]

    @property
    def number(self) -> int:
        return len(self.requests)

    @property
    def got(self) -> int:
        return len(self.received)


def asked(discussion: StrategyDiscussion) -> list[Asked]:
    """Of each agency that is asked to it, once, in the order in which they are listed."""
    invited = [row for row in discussion.participants if row.attendance is not Attendance.LEFT_OUT]
    agencies = dict.fromkeys(row.agency for row in invited)
    came = discussion.received
    return [
        Asked(
            agency,
            asked_of(agency.code),
            {each.code: each.received_on for each in came if each.agency_id == agency.id},
        )
        for agency in agencies
    ]
