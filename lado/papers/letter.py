"""The letter that confirms advice, as it is printed."""

from lado.models import Confirmation
from lado.papers.paper import Lines, Paper, written
from lado.rules.words import long_day

TITLE = "Confirmation of advice"
CONFIDENTIAL = "Confidential: for the person named above, and those who need it to protect children"


def letter(confirmation: Confirmation, council: str) -> Paper:
    reference = confirmation.consultation.reference
    address = [line for line in (confirmation.recipient_name, confirmation.recipient_role) if line]
    day = long_day(confirmation.sent_on or confirmation.written_on)
    return Paper(
        title=TITLE,
        reference=reference,
        council=council,
        file_name=f"{reference}-advice-{confirmation.number}",
        confidential=CONFIDENTIAL,
        before=[Lines(address), Lines([day, f"Our reference: {reference}"])],
        parts=list(written(confirmation.text)),
    )
