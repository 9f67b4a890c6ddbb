"""Where two texts differ, so that somebody can see it at a glance."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

# Comparing word by word takes the square of their number: what is longer between the first
# difference and the last is marked as a whole.
MOST_WORDS = 1_500


@dataclass(frozen=True)
class Part:
    """A stretch of one text; `differs` when the other text does not have it there."""

    text: str
    differs: bool


def compared(one: str, other: str) -> tuple[list[Part], list[Part]]:
    """Each text in parts which put together are that text."""
    words = re.findall(r"\S+\s*|\s+", one), re.findall(r"\S+\s*|\s+", other)
    start = _common(*words)
    end = _common(words[0][start:][::-1], words[1][start:][::-1])
    middles = [each[start : len(each) - end] for each in words]
    sides = _marked(*middles)
    first, last = "".join(words[0][:start]), "".join(words[0][len(words[0]) - end :])
    whole = [[Part(first, False), *side, Part(last, False)] for side in sides]
    kept = [[part for part in side if part.text] for side in whole]
    return kept[0], kept[1]


def _common(one: list[str], other: list[str]) -> int:
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in same)


def _marked(one: list[str], other: list[str]) -> tuple[list[Part], list[Part]]:
    if max(len(one), len(other)) > MOST_WORDS:
        return [Part("".join(one), True)], [Part("".join(other), True)]
    sides: tuple[list[Part], list[Part]] = ([], [])
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        sides[0].append(Part("".join(one[a:b]), kind != "equal"))
        sides[1].append(Part("".join(other[c:d]), kind != "equal"))
    return sides
