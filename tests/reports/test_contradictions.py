"""What a commentary says is held against the figures. The printed sentences are those of the
annual report of 2012-13, over the figures of the register it was made from."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from lado.reports.comparison import Comparison, compare
from lado.reports.contradictions import contradictions
from lado.reports.disclosure import Disclosing, PublicRule, masked
from lado.reports.draft_words import draft_words
from lado.reports.figures import Figures
from lado.reports.measure import Shape
from lado.reports.measures import BY_ID
from lado.reports.quoting import Quotes
from lado.reports.values import Rate, Ratio
from lado.rules.quarters import Period
from tests.reports.example import empty_quarter, quarter, under_way, year

pytestmark = pytest.mark.sqlite_only

YEAR = year()


@pytest.fixture(scope="module")
def register_year(register_database: Callable[[], str]) -> Iterator[Comparison]:
    engine = create_engine(register_database())
    with Session(engine) as session:
        yield compare(session, Period.parse("2012-13"))
    engine.dispose()


def found(text: str, comparison: Comparison = YEAR) -> list[tuple[str, str]]:
    return [(one.kind.value, one.words) for one in contradictions(text, comparison)]


# Each sentence as the annual report has it, and what is wrong with it by domain section 8.
PRINTED = {
    "The conversion rate was 30%, not dissimilar to the year before.": {
        ("number", "30%"),
        ("direction", "not dissimilar"),
    },
    "110 cases were overseen in the year, a 40% increase on the 79 of last year.": {
        ("number", "40%"),
    },
    "70% of newly referred cases were concluded.": {("base", "70%")},
    "One third of outcomes were founded/substantiated and unsubstantiated and two thirds were "
    "unfounded (1:3).": {("base", "One third"), ("base", "two thirds"), ("ratio", "1:3")},
    "Sexual abuse cases went from 57% down to 47%, although the number remains at a similar "
    "level.": {("base", "57%"), ("base", "47%"), ("direction", "similar")},
}
# What the system says beside it, and what the report printed that holds.
TRUE = (
    "369 consultations were received against 191, an increase of over 93%.",
    "86 progressed against 59, an increase of over 40%.",
    "The conversion rate was 23.3% (86 of 369) against 30.9% (59 of 191): a fall.",
    "110 cases were overseen against 79, up 39.2%.",
    (
        "The number of strategy discussions is approaching 400, up well in excess of 60% on last "
        "year’s 240, with between three and five a case."
    ),
    "There were 396 strategy discussions, 3.6 for each case overseen.",
    "Of the 86 newly referred cases, 60 were concluded (69.8%).",
    (
        "Of the 60 concluded, one third were substantiated and unsubstantiated and two thirds were "
        "unfounded (1:2)."
    ),
    (
        "Sexual abuse cases went from 57.0% (45 of 79) down to 47.3% (52 of 110), although the "
        "number rose by 7."
    ),
    "On 31 March 2013, at the end of Q4 of 2012-13, 32 cases were still open.",
    "1. In Year 6, within 10 working days, under section 47, one agency came to see us.",
)


@pytest.mark.parametrize("sentence", PRINTED)
def test_each_printed_contradiction_is_caught(register_year: Comparison, sentence: str) -> None:
    assert set(found(sentence, register_year)) == PRINTED[sentence]


@pytest.mark.parametrize("sentence", TRUE)
def test_a_true_sentence_passes(register_year: Comparison, sentence: str) -> None:
    assert found(sentence, register_year) == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Consultations received fell.", "fell"),
        ("There was an increase in consultations and a fall in cases overseen.", "fall"),
        ("Consultations have not increased.", "not increased"),
        ("Consultations received were unchanged.", "unchanged"),
        ("Consultations rose by 178. They also halved.", "halved"),
        ("There were fewer discussions than last year.", "fewer"),
        ("Consultations received: {consultations.received}, a decrease.", "decrease"),
    ],
)
def test_a_direction_beside_a_figure_that_moved_otherwise(sentence: str, words: str) -> None:
    assert found(sentence) == [("direction", words)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Consultations nearly doubled.",
        "Consultations rose, while the conversion rate fell.",
        "We aim to reduce the number of consultations about conduct.",
        "Consultations were followed up with every school.",
        "More than 360 consultations were received, no fewer than 300 in all but name.",
        "Consultations about physical abuse rose. So did those about conduct.",
    ],
)
def test_what_the_figures_bear(sentence: str) -> None:
    assert [one for one in found(sentence) if one[0] == "direction"] == []


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("Over 95% more consultations than the 191 of last year.", True),
        ("Over 90% more consultations than the 191 of last year.", False),
        ("Nearly 370 consultations were received.", False),
        ("Nearly 360 consultations were received.", True),
        ("About 350 consultations were received.", True),
        ("About 360 consultations were received.", False),
        ("Well over 360 consultations were received.", True),
        ("Three hundred and sixty-nine consultations were received.", False),
        ("Three hundred and sixty consultations were received.", True),
        ("Between 350 and 360 consultations were received.", True),
        ("Twelve cases were historical.", False),
        ("Thirteen cases were historical.", True),
        ("Conversion fell by 7.6 points.", False),
        ("Conversion fell by 7.6%.", True),
        ("There were 4,711 of them.", True),
    ],
)
def test_a_number_and_its_hedge(sentence: str, wrong: bool) -> None:
    assert bool([one for one in found(sentence) if one[0] == "number"]) == wrong


def test_a_percentage_of_too_few_misleads() -> None:
    few = year(cases__sexual_abuse_share=Rate(3, 9))
    assert found("Sexual abuse cases made up 33% (3 of 9).", few) == [("small", "33%")]


def test_an_unknown_figure_is_named_and_left_as_it_was_typed() -> None:
    text = "See {consultations.gone} and {Consultations.Received :  LAST YEAR}."
    assert found(text) == [("unknown", "{consultations.gone}")]
    assert Quotes(YEAR).fill(text) == "See {consultations.gone} and 191."
    assert Quotes(YEAR).unknown("{{ 7*7 }} {} {") == []


def test_an_inserted_figure_follows_what_is_drawn() -> None:
    text = "{consultations.received}, {consultations.received: change on last year}"
    assert Quotes(YEAR).fill(text) == "369, up 178 (93.2%) from 191 in 2011-12"
    again = Quotes(year(consultations__received=150)).fill(text)
    assert again == "150, down 41 (21.5%) from 191 in 2011-12"
    share = "{consultations.by_category / Sexual abuse: share}"
    assert Quotes(YEAR).fill(share) == "27.6% (102 of 369)"
    few = "{cases.by_sector / Maintained school: change on last year}"
    assert Quotes(YEAR).fill(few) == "up 5 from 15 in 2011-12"


def test_the_public_edition_shows_the_symbol_and_knows_no_hidden_number() -> None:
    comparison = quarter()
    rule = PublicRule()
    public = masked(comparison, Disclosing(comparison, rule).choose())
    label, number = next(
        (label, n) for label, n in comparison.this["consultations.by_sector"].items() if 0 < n < 5
    )
    marker = f"{{consultations.by_sector / {label}}}"
    assert Quotes(comparison).fill(marker) == str(number)
    assert Quotes(public).fill(marker) == rule.symbol
    typed = f"There were {number} consultations about {label}."
    assert found(typed, comparison) == []
    assert found(typed, public) == [("number", str(number))]


def test_more_contacts_from_somebody_is_a_rise() -> None:
    fell = Comparison(this=YEAR.last_year, last_year=YEAR.this)
    said = "This year brought more contacts from schools. More detail from schools is needed."
    assert found(said, fell) == [("direction", "more")]
    assert found(said, Comparison(this=YEAR.this, last_year=YEAR.last_year)) == []


def _drawn(chance: Random, like: Figures) -> Figures:
    """Figures whose totals hold, as random as may be."""
    most = chance.choice([6, 40, 3_000])
    values: dict[str, Any] = dict(like.values)
    for ident, value in like.values.items():
        if isinstance(value, Rate):
            whole = chance.randint(0, most)
            values[ident] = Rate(chance.randint(0, whole), whole)
        elif isinstance(value, Ratio):
            values[ident] = Ratio(chance.randint(0, most), chance.randint(0, most))
        elif BY_ID[ident].shape is Shape.BREAKDOWN:
            values[ident] = {label: chance.randint(0, most) for label in value}
        elif BY_ID[ident].shape is Shape.COUNT:
            values[ident] = chance.randint(0, most)
    for ident in like.values:
        if BY_ID[ident].shape is Shape.BREAKDOWN and BY_ID[ident].whole:
            values[BY_ID[ident].whole] = sum(values[ident].values())
    return replace(like, values=values)


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    whole=st.sampled_from([quarter(), YEAR, under_way(), empty_quarter()]),
)
@example(seed=1938, whole=YEAR)  # up 2,000 (1980.2%): no year
def test_a_draft_says_nothing_that_the_figures_do_not_bear(seed: int, whole: Comparison) -> None:
    """Neither with its markers nor when their values are typed, each number then held against the
    figures."""
    chance = Random(seed)
    changed = {
        role: _drawn(chance, figures)
        for role in ("this", "previous", "last_year")
        if (figures := getattr(whole, role))
    }
    comparison = replace(whole, **changed)
    draft = draft_words(comparison)
    assert contradictions(draft, comparison) == []
    assert contradictions(Quotes(comparison).fill(draft), comparison) == []


@settings(deadline=None)
@given(text=st.text(alphabet="{}[]/:%.,1230 aouif\nthird in of between and", max_size=80))
def test_no_text_upsets_the_check(text: str) -> None:
    contradictions(text, YEAR)
    Quotes(YEAR).fill(text)


def test_the_longest_text_is_checked_in_good_time() -> None:
    for text in (
        "{" * 20_000,
        "9" * 20_000,
        "1,111" * 4_000,
        "0:0 1:0 0/0 0 in 0",
        "one third of between 1 and 2 " * 690,
        "up more than " * 1_500,
    ):
        assert len(contradictions(text, YEAR)) < len(text)
