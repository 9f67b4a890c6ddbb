"""The words of the local lists, as a register may write them."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from lado.models import Term
from lado.register.problems import Fault
from lado.rules.vocabulary import DecisionStage, OutcomeCode, TermGroup
from lado.rules.words import OUTCOME_SYNONYMS, normalise, outcome_from

NEAREST = 3
NEAR_ENOUGH = 60


@dataclass(frozen=True, slots=True)
class Word:
    id: int
    code: str
    label: str
    stage: DecisionStage | None
    needs_outcome: bool | None


Ending = OutcomeCode | Word


class Words:
    """Read once, so that a register of any length asks the database nothing more about words."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.by_id: dict[int, Word] = {}
        self._groups: dict[TermGroup, dict[str, Word]] = {group: {} for group in TermGroup}
        synonyms: list[tuple[TermGroup, str, Word]] = []
        for term in terms:
            word = Word(term.id, term.code, term.label, term.stage, term.needs_outcome)
            self.by_id[term.id] = word
            self._groups[term.group][normalise(term.label)] = word
            synonyms += [(term.group, synonym, word) for synonym in term.synonyms]
        for group, synonym, word in synonyms:
            self._groups[group].setdefault(normalise(synonym), word)

    def code(self, group: TermGroup, code: str) -> Word | None:
        return next((word for word in self._groups[group].values() if word.code == code), None)

    def match(self, group: TermGroup, text: str) -> Word:
        word = self._groups[group].get(normalise(text))
        if word is None:
            raise Fault(
                f"This is not in the list “{group.label}”.",
                _suggest(text, {key: word.label for key, word in self._groups[group].items()}),
            )
        return word

    def ending(self, text: str) -> Ending:
        """An outcome, or a reason for closing a case that needs none."""
        if outcome := outcome_from(text):
            return outcome
        reasons = self._groups[TermGroup.CLOSURE_REASON]
        reason = reasons.get(normalise(text))
        if reason and not reason.needs_outcome:
            return reason
        near = {key: word.label for key, word in reasons.items() if not word.needs_outcome}
        for code in OutcomeCode:
            near |= dict.fromkeys(map(normalise, (code, *OUTCOME_SYNONYMS[code])), code.label)
        raise Fault(
            "This is neither an outcome nor a reason for closing a case that needs no outcome.",
            _suggest(text, near),
        )


def _suggest(text: str, labels: dict[str, str]) -> str:
    found = process.extract(
        normalise(text), labels.keys(), scorer=fuzz.WRatio, limit=NEAREST * 3,
        score_cutoff=NEAR_ENOUGH,
    )  # fmt: skip
    nearest = list(dict.fromkeys(labels[key] for key, _, _ in found))[:NEAREST]
    if not nearest:
        return "Use a word of the list, or have the word added to it."
    return f"Nearest: {', '.join(nearest)}. Use a word of the list, or have this one added to it."
