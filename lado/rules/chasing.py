"""What is written to somebody who owes something, by the LADO's own secure mail.

It names nobody and says nothing of what it is about: a reference, a number and a day.
"""

from datetime import date

from lado.rules.vocabulary import Chased
from lado.rules.words import long_day

NOTHING = "Nothing of this is waited for."
WAS_DUE: dict[Chased, str] = {
    Chased.ACTION: "Action {number} {was} due on {day}.",
    Chased.MINUTES: "The minutes of meeting {number} {were} due on {day}.",
    Chased.REVIEW: "The review after meeting {number} {was} due on {day}.",
    Chased.EMPLOYER: "Your next step {was} due on {day}.",
    # That day is ours: nobody promised an answer by it.
    Chased.STRAND: "We noted {day} as the day to ask you how far you are.",
    Chased.REFERRAL: "We noted {day} as the day to ask you what became of what was sent to you.",
}
CORRECTED = "The corrected minutes of meeting {number} {were} due on {day}."
NOT_DONE = (
    "I have no record that it is done.",
    "Please tell me when it was done, or by when it will be.",
)
MISSING: dict[Chased, tuple[str, str]] = {
    Chased.ACTION: NOT_DONE,
    Chased.MINUTES: (
        "I have no record that they were sent.",
        "Please tell me by when they will be ready.",
    ),
    Chased.REVIEW: (
        "It is not arranged yet.",
        "Please send me days on which you can attend.",
    ),
    Chased.EMPLOYER: NOT_DONE,
    Chased.STRAND: (
        "I have no record that your part has ended.",
        "Please tell me how it stands, and when I may ask again.",
    ),
    Chased.REFERRAL: (
        "I have no record that you have closed it.",
        "Please tell me how it stands, and when I may ask again.",
    ),
}


def chaser(
    what: Chased, number: int, *, reference: str, due_on: date, today: date, again: bool = False
) -> str:
    """`again`: the minutes went out before, and are corrected."""
    late = due_on < today
    said = (CORRECTED if again else WAS_DUE[what]).format(
        number=number,
        day=long_day(due_on),
        was="was" if late else "is",
        were="were" if late else "are",
    )
    missing, wanted = MISSING[what]
    return "\n\n".join(
        (
            f"Our reference: {reference}",
            f"{said} {missing}",
            f"{wanted} Quote the reference above, and leave names out of the subject line.",
        )
    )
