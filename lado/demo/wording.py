"""What the invented contacts say, put together from parts so that few are the same."""

from random import Random

CONCERNS = {
    "Physical abuse": (
        "Alleged to have pushed a child during an incident of challenging behaviour",
        "A child said that they were held by the arm and it hurt",
        "Alleged to have grabbed a child by the clothing",
        "A child reported being hit on the hand",
        "A hold was used that is not part of the training",
    ),
    "Sexual abuse": (
        "A young person made an allegation of a sexual nature",
        "Arrested in an enquiry into indecent images",
        "Messages of a sexual nature to a young person were found",
        "An allegation about the past was made by somebody who is an adult now",
        "Alleged to have touched a young person inappropriately",
    ),
    "Conduct": (
        "Private messages to a young person outside the policy",
        "Gave a child a lift alone without telling anybody",
        "Gifts to one child over some months",
        "Used a personal telephone to photograph children at an event",
        "Reported to have smelt of alcohol on duty",
    ),
    "Emotional abuse": (
        "Alleged to have shouted at a child in front of the group",
        "A child said that they are called names",
        "Alleged to have left a child out as a punishment",
    ),
    "Neglect": (
        "A child was left outside without anybody noticing",
        "Medicine was not given as the plan says",
        "Two children were left alone in a room",
    ),
    "Suitability (personal life)": (
        "An enquiry about the person's own children has begun",
        "Arrested for a matter in their private life",
        "Lives with somebody about whom there is a concern",
    ),
    "Domestic abuse at home": (
        "The police attended an incident at the person's home",
        "A partner has made an allegation of assault",
    ),
}
CAME_TO_LIGHT = (
    "last week", "at the end of the day", "on a trip", "in supervision", "through a parent",
    "over the weekend", "some weeks ago", "when another matter was looked into", "at a club",
)  # fmt: skip
AFTERWARDS = (
    "The child is safe and the parents know",
    "A colleague saw part of it",
    "The person has not been told yet",
    "There is a note made at the time",
    "Nobody else was there",
    "The person gives another account",
    "There was a concern of this kind before",
)
ADVICE = {
    "Advice only": "Advice given on recording, support and what to do if more is learnt.",
    "General enquiry": "The question was answered; no concern about anybody was shared.",
    "Threshold not met": "The threshold is not met. The employer follows its own procedure.",
    "Low-level concern": "To be kept as a low-level concern and looked at with earlier ones.",
    "Passed to children's social care": "Passed on today; the employer keeps the risk in view.",
    "Transferred to another LADO": "Passed to the LADO of the area where the person works.",
    "Complaint or standards of care, redirected": "To be taken up as a complaint.",
}
ADVICE_ON_CASES = "Strategy discussion to be convened; a safety plan was agreed with the employer."
ADVICE_SO_FAR = "Keep the person away from the child until a decision is made."


def summary(chance: Random, category: str) -> str:
    concern = chance.choice(CONCERNS[category])
    came = chance.choice(CAME_TO_LIGHT)
    return f"{concern}. It came to light {came}. {chance.choice(AFTERWARDS)}."


def advice(decision: str) -> str:
    return ADVICE.get(decision, ADVICE_ON_CASES)
