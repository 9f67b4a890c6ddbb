"""Letters that confirm advice: what a template may hold, and what to look at before one is kept."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from lado.rules.folding import fold
from lado.rules.references import WRITTEN
from lado.rules.vocabulary import DecisionStage

# What a template may ask for, and nothing else: no adult, no child and no other record is among
# it, so none can get into a letter unless somebody types it.
PLACEHOLDERS: dict[str, str] = {
    "reference": "Our reference",
    "received_on": "The day of the call",
    "recipient_name": "Who the letter goes to",
    "caller_name": "The caller’s name",
    "caller_role": "The caller’s role",
    "advice": "The advice on record",
    "decision": "What was decided, in the council’s words",
    "lado_name": "Who decided, or who writes",
    "council": "The council’s name",
    "follow_up_date": "The next follow-up",
}
# Known only when the letter is kept.
FILLED_LAST = "recipient_name"
ABOUT_THE_CALLER = ("caller_name", "caller_role")
SHORTEST_NAME = 3

# By the code of a shipped template. Where a matter was passed on none of them fits, and where
# adults of one call were decided on differently none is better than another.
TEMPLATE_OF = {
    DecisionStage.ADVICE: "advice_only",
    DecisionStage.NOT_MET: "advice_only",
    DecisionStage.LOW_LEVEL: "low_level",
    DecisionStage.OVERSIGHT: "information_needed",
    DecisionStage.MET_NO_MEETING: "threshold_met",
    DecisionStage.PROGRESS: "threshold_met",
}

_PLACE = re.compile(r"\{([^{}\n]*)\}")
_SENTENCE_ENDS = re.compile(r"[.!?;:]\s+|\n\s*\n|\n\s*[-•*]\s")


def template_of(stages: Collection[DecisionStage | None]) -> str | None:
    """The code of the template that fits what was decided of each adult (None: not yet)."""
    codes = {TEMPLATE_OF.get(stage) if stage else None for stage in stages}
    return codes.pop() if len(codes) == 1 else None


def unknown_placeholders(text: str) -> list[str]:
    """What stands in braces and is no placeholder, in order."""
    return [f"{{{name}}}" for name in _PLACE.findall(text) if name not in PLACEHOLDERS]


def fill(text: str, values: Mapping[str, str]) -> str:
    """What is not known stays as it is, for somebody to fill in. Filled in once: braces in a value
    are text."""
    return _PLACE.sub(lambda place: values.get(place[1]) or place[0], text)


def unfilled(text: str) -> list[str]:
    found = [f"{{{name}}}" for name in _PLACE.findall(text) if name in PLACEHOLDERS]
    return list(dict.fromkeys(found))


def claims_on_suspension(text: str) -> list[str]:
    """Sentences that say that suspension is, or is not, a neutral act: authorities differ, so a
    letter says neither (R-29)."""
    sentences = (" ".join(part.split()) for part in _SENTENCE_ENDS.split(text))
    return [each for each in sentences if _claims(each.casefold())]


def _claims(sentence: str) -> bool:
    neutral = "neutral" in sentence
    return "neutral act" in sentence or (neutral and "suspen" in sentence)


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """Those of `names` whose full name or last word stands in the text, whatever the case and
    accents. Very short words are not looked for by themselves."""
    folded = f" {fold(text)} "
    return [name for name in names if any(f" {each} " in folded for each in _spellings(name))]


def _spellings(name: str) -> list[str]:
    words = fold(name).split()
    if not words:
        return []
    last = [words[-1]] if len(words[-1]) >= SHORTEST_NAME else []
    return [" ".join(words), *last]


def other_records(text: str, own: str) -> list[str]:
    """References of other records than the one that the letter is about."""
    found = (reference.upper() for reference in WRITTEN.findall(text))
    return [each for each in dict.fromkeys(found) if each != own]


@dataclass(frozen=True)
class ShippedTemplate:
    code: str
    title: str
    text: str


_OPENING = "Dear {recipient_name}\n\n"
_CLOSING = (
    "\n\nPlease keep this letter with your record of the concern. If anything changes, or you "
    "learn more, contact us at once and quote {reference}.\n\n"
    "Yours sincerely\n\n{lado_name}\nDesignated officer (LADO), {council}"
)

SHIPPED_TEMPLATES = (
    ShippedTemplate(
        "advice_only",
        "Advice only",
        _OPENING + "Thank you for contacting us on {received_on}. This confirms the advice given, "
        "so that your record and ours say the same.\n\n"
        "We advised:\n\n{advice}\n\n"
        "On what you told us, nothing further is needed from us now." + _CLOSING,
    ),
    ShippedTemplate(
        "low_level",
        "Low-level concern, back to the setting",
        _OPENING + "Thank you for contacting us on {received_on}. From what you told us the "
        "threshold for our involvement is not met. Please manage this as a low-level concern "
        "under your own code of conduct and policy.\n\n"
        "We advised:\n\n{advice}\n\n"
        "What we ask of you:\n\n"
        "- Record the concern, what was done and why, and keep it where it is found again.\n"
        "- Look at it together with any earlier concerns about the same person, and look out for "
        "a pattern.\n"
        "- If there is a pattern, or more is learnt, contact us again." + _CLOSING,
    ),
    ShippedTemplate(
        "threshold_met",
        "Threshold met, next steps",
        _OPENING + "Thank you for contacting us on {received_on}. The threshold is met. What was "
        "decided: {decision}.\n\n"
        "We advised:\n\n{advice}\n\n"
        "What we ask of you:\n\n"
        "- Keep the children safe now, and tell us at once if you cannot.\n"
        "- Do not question the adult or the children until we have agreed with you how.\n"
        "- Keep all records, messages and recordings.\n"
        "- Say nothing of it to others before we have agreed who is told what, and by whom.\n"
        "- Whether the person goes on working, and how, is the employer’s decision. Consider "
        "alternatives to suspension first, and write down the reasons.\n\n"
        "You will hear from us about the next step." + _CLOSING,
    ),
    ShippedTemplate(
        "information_needed",
        "Information needed",
        _OPENING + "Thank you for contacting us on {received_on}. We need to know more before it "
        "is decided what follows.\n\n"
        "Our advice until then:\n\n{advice}\n\n"
        "Please send us by {follow_up_date}:\n\n"
        "- [what is needed]" + _CLOSING,
    ),
)
