"""Numbers as people write them in words, from two to nine hundred and ninety-nine."""

import re

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
          "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
          "nineteen")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: n for n, word in enumerate(_UNITS, start=1)} | {
    word: 10 * n for n, word in enumerate(_TENS, start=2)
}
_BELOW_100 = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS[:9])}))?|{'|'.join(_UNITS[::-1])})"
)
IN_WORDS = rf"\b(?:(?:a|{_BELOW_100}) hundred(?: and {_BELOW_100})?|{_BELOW_100})\b"
_IN_WORDS = re.compile(IN_WORDS, re.IGNORECASE)


def value_of(words: str) -> int:
    """Of what IN_WORDS matches."""
    hundreds, said, rest = words.lower().partition(" hundred")
    if said:
        many = 1 if hundreds == "a" else value_of(hundreds)
        return 100 * many + (value_of(rest.removeprefix(" and ")) if rest else 0)
    return sum(_VALUES[word] for word in re.split("[- ]", hundreds))


def in_digits(text: str) -> str:
    return _IN_WORDS.sub(lambda found: str(value_of(found[0])), text)
