"""What is written to somebody who owes something, by the LADO's own secure mail.

It names nobody and says nothing of what it is about: a reference, a number and a day.
"""

from datetime import date

from lado.rules.vocabulary import Chased
from lado.rules.words import long_day

ASKED: dict[Chased, str] = {
    Chased.ACTION: "Action {number}",
    Chased.MINUTES: "The minutes of meeting {number}",
    Chased.REVIEW: "The review after meeting {number}",
    Chased.EMPLOYER: "Your next step",
}
MISSING: dict[Chased, tuple[str, str]] = {
    Chased.ACTION: (
        "I have no record that it is done.",
        "Please tell me when it was done, or by when it will be.",
    ),
    Chased.MINUTES: (
        "I have no record that they were sent.",
        "Please tell me by when they will be ready.",
    ),
    Chased.REVIEW: (
        "It is not arranged yet.",
        "Please send me days on which you can attend.",
    ),
    Chased.EMPLOYER: (
        "I have no record that it is done.",
        "Please tell me when it was done, or by when it will be.",
    ),
}


def chaser(what: Chased, number: int, *, reference: str, due_on: date, today: date) -> str:
    thing = ASKED[what].format(number=number)
    verb = ("were", "are") if what is Chased.MINUTES else ("was", "is")
    said, wanted = MISSING[what]
    return "\n\n".join(
        (
            f"Our reference: {reference}",
            f"{thing} {verb[due_on >= today]} due on {long_day(due_on)}. {said}",
            f"{wanted} Quote the reference above, and leave names out of the subject line.",
        )
    )
