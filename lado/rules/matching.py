"""Whether somebody who is asked about may be somebody on record: a score, and why in words.

Weights were set by trying known slips on invented people (tests/rules/test_matching.py): a full
score needs the same name and the same date of birth.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from rapidfuzz.distance import OSA, JaroWinkler

from lado.rules.names import bare, forename_words, sound, surname_forms, swapped
from lado.rules.nicknames import are_related, is_short_for
from lado.rules.vocabulary import Labelled
from lado.rules.words import long_day

SHOWN_FROM = 0.5
STRONG_FROM = 0.85
NAME, BIRTH = 0.6, 0.4
SURNAME, FORENAME = 0.6, 0.4
NO_FORENAME, NO_SURNAME = 0.8, 0.55
NO_BIRTH = 0.8
ANOTHER_BIRTH = 0.5
SAME_PLACE, NEARLY_FULL = 0.15, 0.98
SWAPPED_NAMES = 0.95
CLOSE_SOUND = 0.6
LONG_WORD = 8
SHORTEST_SLIP = 4


class Strength(Labelled):
    STRONG = "strong", "Strong match"
    POSSIBLE = "possible", "Possible match"


@dataclass(frozen=True)
class Called:
    """A name. `former` marks one that is not the current one, `given` what a caller called them."""

    surname: str
    forename: str = ""
    former: bool = False
    given: bool = False

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}".strip()


@dataclass(frozen=True)
class Identity:
    """What is known of somebody. `age` is in years on the day `age_on`. `places` are the folded
    names of where they work or worked."""

    names: Sequence[Called]
    born: date | None = None
    age: int | None = None
    age_on: date | None = None
    places: Collection[str] = ()


@dataclass(frozen=True)
class Match:
    """`score` from 0 to 1; `reasons` in words, what agrees first."""

    score: float
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        words = "; ".join(self.reasons)
        return words[:1].upper() + words[1:]

    @property
    def strength(self) -> Strength:
        return Strength.STRONG if self.score >= STRONG_FROM else Strength.POSSIBLE


class Likeness(Enum):
    """How far two names agree, and the words for it."""

    SAME = 1.0, "same {what}"
    WRITTEN_OTHERWISE = 0.97, "{what} {one} / {other}"
    NICKNAME = 0.95, "{what} {one} / {other}"
    SOUND = 0.88, "{what} sounds alike: {one} / {other}"
    SHORTENED = 0.85, "{what} may be shortened: {one} / {other}"
    PART = 0.85, "part of the {what}: {one} / {other}"
    SLIP = 0.8, "{what} spelled nearly the same: {one} / {other}"
    INITIAL = 0.7, "{what} begins the same: {one} / {other}"
    ANOTHER = 0.0, ""
    NOT_KNOWN = -1.0, ""

    def __init__(self, weight: float, words: str) -> None:
        self.weight = weight
        self.words = words


def compare(asked: Identity, known: Identity) -> Match | None:
    """The best that any of their names gives; None where too little agrees to be shown."""
    birth = _compare_births(asked, known)
    at_same_place = bool(set(asked.places) & set(known.places))
    pairs = [
        pair for one in asked.names for other in known.names for pair in _both_ways(one, other)
    ]
    scores = [_score(pair, birth, at_same_place=at_same_place) for pair in pairs]
    best = max(scores, default=0.0)
    if best < SHOWN_FROM:
        return None
    reasons = [*pairs[scores.index(best)].in_words(), *_birth_in_words(birth, asked, known)]
    if at_same_place:
        reasons.append("same employer or setting")
    return Match(round(best, 3), tuple(reasons))


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two names compared; `turned` has the first name of one beside the surname of the other."""

    one: Called
    other: Called
    surname: Likeness
    forename: Likeness
    turned: bool = False

    def in_words(self) -> Iterator[str]:
        one, other = self.one, self.other
        if self.turned:
            yield f"surname and first name may be swapped: {one} / {other}"
            one = _turned(one)
        yield from _in_words(self.surname, "surname", one.surname, other.surname)
        yield from _in_words(self.forename, "first name", one.forename, other.forename)
        if other.former:
            yield f"former or other name {other}"
        if other.given:
            yield f"a caller called them {other}"


def _both_ways(one: Called, other: Called) -> Iterator[_Pair]:
    straight = _pair(one, other)
    yield straight
    if straight.surname is Likeness.ANOTHER and one.surname and one.forename:
        turned = _pair(_turned(one), other)
        yield _Pair(one, other, turned.surname, turned.forename, turned=True)


def _pair(one: Called, other: Called) -> _Pair:
    surname = _compare_surnames(one.surname, other.surname)
    return _Pair(one, other, surname, _compare_forenames(one.forename, other.forename))


def _turned(name: Called) -> Called:
    return Called(name.forename, name.surname)


def _score(pair: _Pair, birth: "_Birth", *, at_same_place: bool) -> float:
    name = _name_score(pair.surname, pair.forename)
    if birth is _Birth.NOT_KNOWN:
        score = NO_BIRTH * name
    elif birth is _Birth.ANOTHER:
        score = ANOTHER_BIRTH * name
    else:
        score = NAME * name + BIRTH * birth.weight
    if pair.turned:
        score *= SWAPPED_NAMES
    return max(score, min(score + SAME_PLACE, NEARLY_FULL)) if at_same_place else score


def _name_score(surname: Likeness, forename: Likeness) -> float:
    if surname is Likeness.NOT_KNOWN:
        return NO_SURNAME * max(forename.weight, 0)
    if forename is Likeness.NOT_KNOWN:
        return NO_FORENAME * surname.weight
    return SURNAME * surname.weight + FORENAME * forename.weight


def _compare_surnames(one: str, other: str) -> Likeness:
    ones, others = surname_forms(one), surname_forms(other)
    if not ones[0] or not others[0]:
        return Likeness.NOT_KNOWN
    if ones[0] == others[0]:
        return Likeness.SAME
    if bare(one) == bare(other):
        return Likeness.WRITTEN_OTHERWISE
    if set(ones) & set(others):
        return Likeness.PART
    return _alike(ones[0], others[0])


def _compare_forenames(one: str, other: str) -> Likeness:
    ones, others = forename_words(one), forename_words(other)
    if not ones or not others:
        return Likeness.NOT_KNOWN
    if ones[0] == others[0] or ones[-1] == others[-1]:
        return Likeness.SAME
    if any(are_related(a, b) for a in ones for b in others):
        return Likeness.NICKNAME
    if set(ones) & set(others):
        return Likeness.PART
    return _shortened(ones, others) or max(
        (_alike(a, b) for a in ones for b in others), key=lambda found: found.weight
    )


def _shortened(ones: Sequence[str], others: Sequence[str]) -> Likeness | None:
    if ones[0].startswith(others[0]) or others[0].startswith(ones[0]):
        is_initial = min(len(ones[0]), len(others[0])) == 1
        return Likeness.INITIAL if is_initial else Likeness.SHORTENED
    if any(is_short_for(a, b) or is_short_for(b, a) for a in ones for b in others):
        return Likeness.SHORTENED
    return None


def _alike(one: str, other: str) -> Likeness:
    """Two folded words by sound and by spelling: a slip is one letter wrong, missing, too many or
    swapped with its neighbour, in a long word two."""
    if sound(one) == sound(other) and JaroWinkler.similarity(one, other) >= CLOSE_SOUND:
        return Likeness.SOUND
    shorter = min(len(one), len(other))
    most = 2 if shorter >= LONG_WORD else 1 if shorter >= SHORTEST_SLIP else 0
    if OSA.distance(one, other, score_cutoff=most) <= most:
        return Likeness.SLIP
    return Likeness.ANOTHER


def _in_words(likeness: Likeness, what: str, one: str, other: str) -> list[str]:
    words = likeness.words.format(what=what, one=one, other=other)
    return [words] if words else []


class _Birth(Enum):
    """How far dates of birth, or ages, agree."""

    SAME = 1.0, "born {one}"
    SWAPPED = 0.9, "born {one} / {other}: day and month may be swapped"
    FIGURE = 0.8, "born {one} / {other}: one figure differs"
    AGE = 0.6, "about the same age"
    ANOTHER = 0.0, "born {one} / {other}: not the same date of birth"
    NOT_KNOWN = -1.0, ""

    def __init__(self, weight: float, words: str) -> None:
        self.weight = weight
        self.words = words


def _compare_births(asked: Identity, known: Identity) -> _Birth:
    if asked.born and known.born:
        return _compare_dates(asked.born, known.born)
    days = asked.age_on, known.age_on
    ages = [(_age_on(asked, day), _age_on(known, day)) for day in days if day]
    for one, other in ages:
        if one is not None and other is not None:
            return _Birth.AGE if abs(one - other) <= 1 else _Birth.ANOTHER
    return _Birth.NOT_KNOWN


def _compare_dates(one: date, other: date) -> _Birth:
    if one == other:
        return _Birth.SAME
    if swapped(one) == other:
        return _Birth.SWAPPED
    differ = OSA.distance(one.strftime("%d%m%Y"), other.strftime("%d%m%Y"), score_cutoff=1)
    return _Birth.FIGURE if differ <= 1 else _Birth.ANOTHER


def _birth_in_words(birth: _Birth, asked: Identity, known: Identity) -> list[str]:
    if not (asked.born and known.born):
        return {_Birth.AGE: [birth.words], _Birth.ANOTHER: ["not the same age"]}.get(birth, [])
    return [birth.words.format(one=long_day(asked.born), other=long_day(known.born))]


def _age_on(who: Identity, day: date | None) -> int | None:
    """In whole years."""
    if day is None:
        return None
    if who.born:
        return day.year - who.born.year - ((day.month, day.day) < (who.born.month, who.born.day))
    if who.age is None or who.age_on is None:
        return None
    return who.age + round((day - who.age_on).days / 365.25)
