"""What another authority recorded of a case as facts, read out of their file with care. Each fits
what a record here can hold; what does not is left out and said in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from lado.rules.received_transfer import Received, day, in_words, part, parts, text
from lado.rules.threshold import Limb
from lado.rules.vocabulary import DatePrecision, DisclosureClass, Sex, VoiceSought

# As the forms of a case have it.
LONGEST_DESCRIPTION, LONGEST_TEXT, LONGEST_LINE, LONGEST_REFERENCE = 20_000, 10_000, 200, 60
OLDEST_CHILD = 25
NOT_TOLD = "{authority} did not say what is alleged."
KEPT_BACK = "{authority} kept back what is alleged."
SHOWN = 60

Told = Mapping[str, Any]
Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True)
class Source:
    """Whose text it is: the label of their agency, if they took it from one."""

    agency: str
    disclosure: DisclosureClass


@dataclass(frozen=True)
class SentAllegation:
    """Lists are told by their labels. `children` are numbers of theirs; `judged` is all they say of
    outcomes, in words, of which the last stood since `judged_on`."""

    is_primary: bool
    category: str
    subcategory: str
    context: str
    limbs: Sequence[Limb]
    primary_limb: Limb | None
    description: str
    place: str
    happened_precision: DatePrecision
    happened_from: date | None
    happened_to: date | None
    non_recent: bool | None
    children: frozenset[int]
    judged: str
    judged_on: date | None
    source: Source


@dataclass(frozen=True)
class SentChild:
    number: int
    name: str
    age: int | None
    sex: Sex | None
    looked_after: bool | None
    social_care_reference: str
    voice: VoiceSought
    voice_reason: str
    view: str
    source: Source

    @property
    def words(self) -> str:
        age = "" if self.age is None else f", {self.age}"
        return f"{self.number}: {self.name or 'not named'}{age}"


@dataclass(frozen=True)
class SentPosition:
    role: str
    sector: str
    organisation: str
    paid: bool | None
    held_from: date | None
    held_to: date | None

    @property
    def words(self) -> str:
        return ", ".join(filter(None, (self.role or self.sector, self.organisation)))

    @property
    def is_told(self) -> bool:
        return bool(self.role or self.sector or self.organisation)

    def is_same(self, other: "SentPosition") -> bool:
        return (self.role, self.sector, self.organisation) == (
            other.role,
            other.sector,
            other.organisation,
        )


@dataclass(frozen=True)
class SentFacts:
    """`doubts` say what of it no record here can hold. The first position is that of the case."""

    authority: str
    reference: str
    allegations: Sequence[SentAllegation]
    children: Sequence[SentChild]
    positions: Sequence[SentPosition]
    legal_position_of_trust: bool | None
    reporting_restriction: bool
    doubts: Sequence[str]


def sent_facts(sent: Received, *, today: date) -> SentFacts:
    doubts: list[str] = []
    case = sent.case
    return SentFacts(
        authority=sent.authority,
        reference=sent.reference,
        allegations=[
            _allegation(_Reader(told, f"Allegation {place}", today, doubts), sent.authority)
            for place, told in enumerate(parts(case, "allegations"), start=1)
        ],
        children=[
            _child(_Reader(told, f"Child {place}", today, doubts), place)
            for place, told in enumerate(parts(case, "child_records"), start=1)
        ],
        positions=_positions(case, today, doubts),
        legal_position_of_trust=_yes_no(case, "legal_position_of_trust"),
        reporting_restriction=case.get("reporting_restriction") is True
        and not text(case, "reporting_restriction_lifted_on"),
        doubts=doubts,
    )


@dataclass(frozen=True)
class _Reader:
    told: Told
    what: str
    today: date
    doubts: list[str] = field(repr=False)

    def doubt(self, why: str) -> None:
        self.doubts.append(f"{self.what}: {why}")

    def words(self, key: str, most: int = LONGEST_TEXT) -> str:
        words = text(self.told, key)
        if len(words) > most:
            self.doubt(f"{_name(key)} is longer than {most:,} characters and is cut there")
        return words[:most]

    def one_of(self, key: str, codes: type[Code]) -> Code | None:
        return self.known(text(self.told, key), codes)

    def known(self, word: str, codes: type[Code]) -> Code | None:
        found = next((each for each in codes if each.value == word), None)
        if word and found is None:
            self.doubt(f"“{word[:SHOWN]}” is not a word that is known here, and is left out")
        return found

    def past(self, key: str) -> date | None:
        word, found = text(self.told, key), day(self.told, key)
        if word and (found is None or found > self.today):
            self.doubt(f"“{word[:SHOWN]}” is no day that has been, and is left out")
            return None
        return found

    def source(self) -> Source:
        known = self.one_of("disclosure", DisclosureClass)
        undetermined = known in (None, DisclosureClass.UNDETERMINED)
        disclosure = DisclosureClass.CONSULT if undetermined or known is None else known
        return Source(text(self.told, "text_agency")[:LONGEST_LINE], disclosure)


def _name(key: str) -> str:
    return f"the {key.replace('_', ' ')}"


def _yes_no(told: Told, key: str) -> bool | None:
    value = told.get(key)
    return value if isinstance(value, bool) else None


def _whole(value: object) -> int | None:
    return value if type(value) is int else None


def _allegation(reader: _Reader, authority: str) -> SentAllegation:
    told = reader.told
    limbs, main = _limbs(reader)
    precision, first, last = _happened(reader)
    outcomes = parts(told, "outcomes")
    unsaid = KEPT_BACK if told.get("withheld") is True else NOT_TOLD
    numbers = told.get("children")
    return SentAllegation(
        is_primary=told.get("is_primary") is True,
        category=text(told, "category")[:LONGEST_LINE],
        subcategory=text(told, "subcategory")[:LONGEST_LINE],
        context=text(told, "context")[:LONGEST_LINE],
        limbs=limbs,
        primary_limb=main,
        description=reader.words("description", LONGEST_DESCRIPTION)
        or unsaid.format(authority=authority),
        place=reader.words("place", LONGEST_LINE),
        happened_precision=precision,
        happened_from=first,
        happened_to=last,
        non_recent=_yes_no(told, "non_recent"),
        children=frozenset(filter(None, map(_whole, numbers if isinstance(numbers, list) else []))),
        judged="\n\n".join(map(in_words, outcomes)),
        judged_on=day(outcomes[-1], "decided_on") if outcomes else None,
        source=reader.source(),
    )


def _limbs(reader: _Reader) -> tuple[list[Limb], Limb | None]:
    """The file names them; which was the main one it may say too."""
    value = reader.told.get("limbs")
    words = [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
    known = [reader.known(each, Limb) for each in dict.fromkeys(words)]
    limbs = [each for each in known if each]
    main = reader.one_of("primary_limb", Limb)
    return limbs, main if main in limbs else next(iter(limbs), None)


def _happened(reader: _Reader) -> tuple[DatePrecision, date | None, date | None]:
    precision = reader.one_of("happened_precision", DatePrecision) or DatePrecision.NOT_KNOWN
    first, last = reader.past("happened_from"), reader.past("happened_to")
    if precision is DatePrecision.NOT_KNOWN:
        return precision, None, None
    whole = first and (precision is not DatePrecision.BETWEEN or (last and first <= last))
    if not whole:
        reader.doubt("when it happened is not told in full, and is left out")
        return DatePrecision.NOT_KNOWN, None, None
    return precision, first, last if precision is DatePrecision.BETWEEN else None


def _child(reader: _Reader, place: int) -> SentChild:
    told = reader.told
    age = _whole(told.get("age"))
    if age is not None and not 0 <= age <= OLDEST_CHILD:
        reader.doubt(f"an age of {str(age)[:SHOWN]} is not possible, and is left out")
        age = None
    voice = reader.one_of("voice", VoiceSought) or VoiceSought.NOT_YET
    reason = reader.words("voice_reason")
    if voice is VoiceSought.NOT_SOUGHT and not reason:
        reader.doubt("why the child’s view was not sought is not told, so it is still to be sought")
        voice = VoiceSought.NOT_YET
    return SentChild(
        number=_whole(told.get("number")) or place,
        name=reader.words("name", LONGEST_LINE),
        age=age,
        sex=reader.one_of("sex", Sex),
        looked_after=_yes_no(told, "looked_after"),
        social_care_reference=reader.words("social_care_reference", LONGEST_REFERENCE),
        voice=voice,
        voice_reason=reason,
        view=reader.words("view"),
        source=reader.source(),
    )


def _positions(case: Told, today: date, doubts: list[str]) -> list[SentPosition]:
    """Each once, that of the case first."""
    found: list[SentPosition] = []
    rows = [part(case, "position"), *parts(part(case, "person"), "positions")]
    for place, told in enumerate(rows):
        each = _position(_Reader(told, f"Position {place}", today, doubts if place else []))
        same = next((known for known in found if known.is_same(each)), None)
        if each.is_told and same is None:
            found.append(each)
    return found


def _position(reader: _Reader) -> SentPosition:
    first, last = day(reader.told, "held_from"), day(reader.told, "held_to")
    if first and last and first > last:
        reader.doubt("it ends before it begins, so its days are left out")
        first = last = None
    return SentPosition(
        role=text(reader.told, "role")[:LONGEST_LINE],
        sector=text(reader.told, "sector")[:LONGEST_LINE],
        organisation=text(part(reader.told, "organisation"), "name")[:LONGEST_LINE],
        paid=_yes_no(reader.told, "paid"),
        held_from=first,
        held_to=last,
    )
