"""What leaves for a strategy discussion, and what comes in for it."""

from collections.abc import Collection

from lado import clock
from lado.models import ReceivedInformation, StrategyDiscussion, User
from lado.queries.requests import asked
from lado.rules.audit import AuditAction
from lado.services import audit
from lado.services.case_writing import lock
from lado.services.transaction import writes


@writes(AuditAction.DISCUSSION_ASKED)
def tick_off(
    discussion: StrategyDiscussion, *, received: Collection[tuple[int, str]], by: User
) -> None:
    """`received` are all that have come: the agency's id and the code of what it was asked for.
    What was ticked before keeps its day."""
    lock(discussion.case)
    offered = {(each.agency.id, one.code) for each in asked(discussion) for one in each.requests}
    there = {(each.agency_id, each.code): each for each in discussion.received}
    discussion.received = [
        there.get(key)
        or ReceivedInformation(agency_id=key[0], code=key[1], received_on=clock.today())
        for key in sorted(offered.intersection(received) | (there.keys() - offered))
    ]
    audit.record(
        AuditAction.DISCUSSION_ASKED,
        discussion.case,
        by=by,
        discussion=discussion.number,
        received=len(discussion.received),
    )


@writes(AuditAction.DISCUSSION_DOWNLOADED)
def downloaded(
    discussion: StrategyDiscussion, *, version: int = 0, copy: int = 0, by: User
) -> None:
    """An invitation or an agenda; or of minutes this copy of this version, 0 of both for the
    draft."""
    audit.record(
        AuditAction.DISCUSSION_DOWNLOADED,
        discussion.case,
        by=by,
        discussion=discussion.number,
        version=version,
        copy=copy,
    )
