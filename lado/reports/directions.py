"""The words that say which way a figure moved."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

# In place of a figure's name.
MASK = "\ue000"
# A rate is similar within as many points, a count within a twentieth, or one.
SIMILAR_POINTS = Fraction(2, 100)
SIMILAR_PART = Fraction(1, 20)


def _similar(now: Fraction, base: Fraction, is_share: bool) -> bool:
    margin = SIMILAR_POINTS if is_share else max(Fraction(1), base * SIMILAR_PART)
    return abs(now - base) <= margin


def _times(factor: Fraction) -> Callable[[Fraction, Fraction, bool], bool]:
    return lambda now, base, _: base > 0 and abs(now / base - factor) <= factor / 20


_ALONE = r"(?=\s+(?:by|from|on|in|\d|over|more|well|nearly|\ue000)|\W*$)"
_UP = (
    r"increas(?:e|es|ed|ing)|rise|rises|risen|rising|rose|gr(?:ow|ows|ew|own|owing|owth)"
    rf"|climb(?:ed|s)?|higher|greater|went up|gone up|up{_ALONE}|more(?=\s+(?:than|\ue000))"
)
_DOWN = (
    r"decreas(?:e|es|ed|ing)|fall|falls|fallen|falling|fell|drop(?:s|ped|ping)?"
    r"|declin(?:e|es|ed|ing)|reduc(?:e|es|ed|ing|tion|tions)|lower|fewer|smaller|went down"
    rf"|gone down|down{_ALONE}|down to(?= \d)|less(?=\s+than)"
)
_SAME = (
    r"unchanged|no change|(?<!about )(?<!broadly )(?<!much )(?<!nearly )the same"
    r"(?: number| level| rate)?(?! time| way| as a)"
)
_SIMILAR = (
    r"not (?:dis|un)similar|similar|stable|steady|comparable|in line with|little changed?"
    r"|(?:about|broadly|much|nearly) (?:the same|unchanged)|not changed (?:much|significantly)"
)

# What each kind of word says: the words, and whether a movement bears them.
DIRECTIONS: dict[str, tuple[str, Callable[[Fraction, Fraction, bool], bool]]] = {
    "similar": (_SIMILAR, _similar),
    "same": (_SAME, lambda now, base, _: now == base),
    "doubled": (r"doubled|doubling|twice as many", _times(Fraction(2))),
    "trebled": (r"trebled|tripled|three times as many", _times(Fraction(3))),
    "halved": (r"halved|halving", _times(Fraction(1, 2))),
    "up": (_UP, lambda now, base, _: now > base),
    "down": (_DOWN, lambda now, base, _: now < base),
}
_WORD = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{name}>{words})" for name, (words, _) in DIRECTIONS.items())
    + r")(?![\w-])",
    re.IGNORECASE,
)  # fmt: skip
# Before a direction: it is denied; or it is wished, or up and down belong to another word.
_DENIED = re.compile(
    r"\b(?:no|not|n['’]t|never|without|neither)(?:\s+(?:an?|any|have|has|been|significantly|\w+ly))*\s+$",
    re.IGNORECASE,
)
_NO_CLAIM = re.compile(
    r"\b(?:to|will|would|should|could|may|might|must|can|if|whether|give|gives|gave|giving|given)"
    r"(?:\s+(?:be|help|further|see|have|an?|\w+ly))*\s+$",
    re.IGNORECASE,
)
_OTHER_WORD = re.compile(
    r"\b(?:ma[dk]e|makes|making|follow(?:ed|ing)?|set|sign(?:ed)?|tak(?:e|es|en)|took|pick(?:ed)?"
    r"|back(?:ed)?|br(?:ing|ought)|broken?|laid|writ(?:e|ten)|open(?:ed)?)\s+$",
    re.IGNORECASE,
)
LONGEST_BEFORE = 40


@dataclass(frozen=True)
class Direction:
    start: int
    end: int
    kind: str
    words: str
    denied: bool = False

    def agrees(self, now: Fraction, base: Fraction, is_share: bool) -> bool:
        return DIRECTIONS[self.kind][1](now, base, is_share) != self.denied


def directions_in(text: str) -> Iterator[Direction]:
    for found in _WORD.finditer(text):
        before = text[max(0, found.start() - LONGEST_BEFORE) : found.start()]
        is_particle = found[0].lower().startswith(("up", "down"))
        if _NO_CLAIM.search(before) or (is_particle and _OTHER_WORD.search(before)):
            continue
        denied = _DENIED.search(before)
        start = found.start() - len(denied[0]) if denied else found.start()
        words = " ".join(text[start : found.end()].split())
        yield Direction(start, found.end(), found.lastgroup or "", words, denied is not None)
