"""Those who are asked to a strategy discussion, who came, and who was left out (R-18)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from lado.extensions import db
from lado.models import Participant, StrategyDiscussion
from lado.rules.redaction import UNMATCHED, is_matched
from lado.rules.vocabulary import Attendance, TermGroup
from lado.services.checks import Checks

TEXTS = ("name", "role", "left_out_reason", "conflict_of_interest", "conflict_handled")
NOT_BEFOREHAND = frozenset({Attendance.ATTENDED, Attendance.DID_NOT_ATTEND})


@dataclass(frozen=True)
class ParticipantDetails:
    """`conflict_handled`: what was done about a conflict of interest."""

    name: str
    agency_id: int | None
    attendance: Attendance | None
    role: str | None = None
    left_out_reason: str | None = None
    conflict_of_interest: str | None = None
    conflict_handled: str | None = None


def check_participants(checks: Checks, participants: Sequence[ParticipantDetails]) -> None:
    for number, row in enumerate(participants):
        _check_one(checks, f"participants-{number}", row)
    checks.terms(
        {
            f"participants-{number}-agency_id": (TermGroup.AGENCY, row.agency_id)
            for number, row in enumerate(participants)
        }
    )


def _check_one(checks: Checks, at: str, row: ParticipantDetails) -> None:
    checks.that(row.name.strip(), f"{at}-name", "Enter a name, or say who they are")
    checks.that(row.agency_id, f"{at}-agency_id", "Choose an agency")
    checks.that(row.attendance, f"{at}-attendance", "Choose whether they came")
    stays = row.attendance is not Attendance.LEFT_OUT
    checks.that(
        stays or _said(row.left_out_reason), f"{at}-left_out_reason", "Enter why they were left out"
    )
    for name in TEXTS:
        checks.that(is_matched(getattr(row, name) or ""), f"{at}-{name}", UNMATCHED)
    conflict, handled = _said(row.conflict_of_interest), _said(row.conflict_handled)
    checks.that(handled or not conflict, f"{at}-conflict_handled", "Enter what was done about it")
    checks.that(conflict or not handled, f"{at}-conflict_of_interest", "Enter what the conflict is")


def _said(text: str | None) -> bool:
    return bool(text and text.strip())


def set_participants_in_transaction(
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
        row.conflict_of_interest = details.conflict_of_interest or None
        row.conflict_handled = details.conflict_handled or None
