"""The numbers that somebody claims in a sentence, in digits and in words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from lado.rules.numbers_in_words import IN_WORDS, value_of


class Kind(Enum):
    NUMBER = "number"
    PERCENT = "percentage"
    POINTS = "percentage points"
    RATIO = "ratio"


def _words(*phrases: str) -> str:
    return "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=len)[::-1])


# What each hedge says of the figure, given the number that follows it.
HEDGES: dict[str, tuple[str, Callable[[Fraction, Fraction], bool]]] = {
    "well over": (
        _words("well over", "well above", "well in excess of", "far more than", "much more than"),
        lambda figure, n: n * Fraction(105, 100) <= figure <= n * Fraction(3, 2),
    ),
    "well under": (
        _words("well under", "well below", "far fewer than", "far less than", "much less than"),
        lambda figure, n: n / 2 <= figure <= n * Fraction(95, 100),
    ),
    "over": (
        _words(
            "over", "more than", "above", "in excess of", "exceeding", "upwards of", "just over"
        ),
        lambda figure, n: n < figure <= n * Fraction(5, 4),
    ),
    "at least": (
        _words("at least", "no fewer than", "no less than", "not less than"),
        lambda figure, n: n <= figure <= n * Fraction(5, 4),
    ),
    "nearly": (
        _words("nearly", "almost", "approaching", "just under", "close to", "not quite"),
        lambda figure, n: n * Fraction(9, 10) <= figure < n,
    ),
    "under": (
        _words("under", "below", "less than", "fewer than"),
        lambda figure, n: n * Fraction(3, 4) <= figure < n,
    ),
    "at most": (
        _words("at most", "up to", "no more than", "not more than"),
        lambda figure, n: n * Fraction(3, 4) <= figure <= n,
    ),
    "about": (
        _words("about", "around", "approximately", "approx", "roughly", "some", "circa", "c."),
        lambda figure, n: abs(figure - n) <= n / 20,
    ),
}
_HEDGE = "|".join(f"(?P<h{place}>{words})" for place, (words, _) in enumerate(HEDGES.values()))
_BEFORE = re.compile(rf"(?:^|(?<=\W))(?:{_HEDGE})\s+(?:an?\s+|the\s+)?$", re.IGNORECASE)
LONGEST_HEDGE = 40
RATIO_MARGIN = Fraction(3, 100)
LOOSE_POINTS = 2

_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_LENGTH = r"(?:calendar |working )?(?:day|week|month|year|hour|minute)s?"
# Numbers that count nothing: they are blanked out before the others are read.
NO_CLAIMS = re.compile(
    rf"^[ \t]*\(?\d{{1,2}}[.)][ \t]"  # of a list
    rf"|\b\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}\b|\b\d{{4}}-\d\d-\d\d\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b(?: \d{{4}}\b)?"
    rf"|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?"
    rf"|\b(?:19|20)\d\d(?:\s?[-/\N{{EN DASH}}]\s?(?:\d{{4}}|\d\d))?\b(?!,\d|[.]\d|\s?%)"
    rf"|\bQ[1-4]\b|\b(?:quarters?|year|section|part|chapter|paragraph|page|table|figure|version"
    rf"|article|regulation|schedule|aged|key stage|level|tier|step|annex|appendix)s? "
    rf"(?:\d+|{IN_WORDS})\b(?!%)"
    rf"|\b(?:\d+|{IN_WORDS})[- ]{_LENGTH}(?:[- ]olds?)?\b"
    rf"|\b\d+(?:st|nd|rd|th)\b|\b[A-Za-z]+\d\w*|\b\d+[A-Za-z]\w*\b"
    rf"|\b\d{{1,2}}[:.]\d\d ?(?:am|pm)\b",
    re.IGNORECASE | re.MULTILINE,
)

# Of a length that a number may have: longer ones are read as far as that.
_DIGITS = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?"
_NUMBER = rf"(?:{_DIGITS}|{IN_WORDS})"
_SMALL = "(?:10|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten)"
_PERCENT = r"\s?%|[- ]per[- ]?cent\b|\s+percent\b"
_POINTS = r"\s+(?:percentage[- ])?points?\b"
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_FRACTION = (
    r"(?P<top>an?|one|two|three|four|five|six|seven|eight|nine|\d)[- ]"
    r"(?P<bottom>third|quarter|fifth|tenth|half|halves)s?\b"
    r"(?!\s*[-']|\s+(?:part|party|parties|sector|time|year|person|day|term|of the year))"
)
CLAIM = re.compile(
    rf"(?P<a>\b\d{{1,9}})\s?:\s?(?P<b>\d{{1,9}}\b)"
    rf"|\bratio of (?P<c>{_NUMBER}) to (?P<d>{_NUMBER})"
    rf"|\b(?P<n>{_SMALL}) (?:in|out of)(?: every)? (?P<m>{_SMALL})\b(?!,\d|[.]\d|%)"
    rf"|(?P<x>\b\d)/(?P<y>\d\b)"
    rf"|\b(?P<half>half)(?=\s+(?:of|the|were|are|had)\b)"
    rf"|\b{_FRACTION}"
    rf"|\bbetween (?P<low>{_NUMBER})(?:{_PERCENT})? and (?P<high>{_NUMBER})(?P<unit>{_PERCENT})?"
    rf"|\b(?P<from>{_DIGITS})(?:{_PERCENT})?\s?[-\N{{EN DASH}}]\s?(?P<to>{_DIGITS})"
    rf"(?P<unit2>{_PERCENT})?"
    rf"|(?P<plain>\b{_NUMBER})(?:(?P<percent>{_PERCENT})|(?P<points>{_POINTS}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Claim:
    """`low` is the number, or the lower end of a range to `high`; of a ratio of `low` to `high`.
    A fraction in words, `loose`, is meant to the nearest two points of a percentage."""

    start: int
    end: int
    kind: Kind
    words: str
    low: Fraction
    high: Fraction | None = None
    decimals: int = 0
    hedge: str = ""
    loose: bool = False

    @property
    def reach(self) -> tuple[Fraction, Fraction]:
        """Between these is every figure that it could be a way to say."""
        if self.kind is Kind.RATIO:
            return Fraction(0), 2 * (self.high or self.low) / max(self.low, Fraction(1))
        return self.low / 2 - LOOSE_POINTS, (self.high or self.low) * 3 / 2 + LOOSE_POINTS

    def says(self, figure: Fraction) -> bool:
        """Whether this is a way to say that figure."""
        if self.high is not None and self.kind is Kind.RATIO:
            return (
                self.low > 0 < self.high and abs(figure * self.low / self.high - 1) <= RATIO_MARGIN
            )
        if self.high is not None:
            return self.low <= figure <= self.high
        if self.hedge:
            return HEDGES[self.hedge][1](figure, self.low)
        margin = LOOSE_POINTS if self.loose else Fraction(1, 2 * 10**self.decimals)
        return abs(figure - self.low) <= margin


def blanked(text: str) -> str:
    """As long as the text, without the numbers that count nothing."""
    return NO_CLAIMS.sub(lambda found: " " * len(found[0]), text)


def claims_in(text: str) -> Iterator[Claim]:
    """In a text that is blanked."""
    for found in CLAIM.finditer(text):
        claim = _read(found)
        if claim is not None:
            before = text[max(0, found.start() - LONGEST_HEDGE) : found.start()]
            hedge = _BEFORE.search(before)
            name = list(HEDGES)[int((hedge.lastgroup or "h0")[1:])] if hedge else ""
            start = found.start() - len(hedge[0]) if hedge else found.start()
            words = " ".join(text[start : found.end()].split())
            yield Claim(start, found.end(), **claim, words=words, hedge=name)  # type: ignore[arg-type]


def _read(found: re.Match[str]) -> dict[str, object] | None:
    get = found.group
    if get("a") or get("c"):
        low, high = (get("a"), get("b")) if get("a") else (get("c"), get("d"))
        return {"kind": Kind.RATIO, "low": _value(low), "high": _value(high)}
    if part := _fraction(found):
        return {"kind": Kind.PERCENT, "low": 100 * part, "loose": True}
    if get("low") or get("from"):
        ends = (get("low"), get("high")) if get("low") else (get("from"), get("to"))
        is_percent = get("unit") or get("unit2")
        kind = Kind.PERCENT if is_percent else Kind.NUMBER
        return {"kind": kind, "low": _value(ends[0]), "high": _value(ends[1])}
    written = get("plain")
    if written is None or (written.lower() == "one" and not get("percent")):
        return None
    kind = Kind.PERCENT if get("percent") else Kind.POINTS if get("points") else Kind.NUMBER
    decimals = len(written.partition(".")[2])
    return {"kind": kind, "low": _value(written), "decimals": decimals}


def _fraction(found: re.Match[str]) -> Fraction | None:
    """Of what is no fraction, nor three of two, nothing."""
    get = found.group
    if get("half"):
        return Fraction(1, 2)
    if get("bottom"):
        top = Fraction(1) if get("top").lower() in ("a", "an") else _value(get("top"))
        return top / _PARTS[get("bottom").lower()]
    written = (get("n"), get("m")) if get("n") else (get("x"), get("y"))
    if all(written):
        top, bottom = map(_value, written)
        return top / bottom if 0 < top < bottom else None
    return None


def _value(written: str) -> Fraction:
    if written[0].isdigit():
        return Fraction(written.replace(",", ""))
    return Fraction(value_of(written))
