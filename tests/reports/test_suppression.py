"""Nothing that a public edition hides can be worked out, and as little as can be is hidden."""

import random
from functools import partial
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from lado.reports import attack, disclosure, suppression
from lado.reports.attack import TookTooLong, exposed
from lado.reports.cells import lay, numbers_of
from lado.reports.counts import Counts, Rule, Tie, whole
from lado.reports.disclosure import Disclosing, Disclosure, PublicRule, Published, masked
from lado.reports.document import Document, Edition
from lado.reports.hidden import Hidden
from lado.reports.measures import MEASURES
from lado.reports.pdf import build_pdf
from lado.reports.suppression import CannotBeHiddenSafely, choose
from lado.rules.quarters import Period
from tests.reports.example import quarter, year
from tests.support.public_editions import RULES, SEQUENCES, SIZES, Shelf
from tests.support.random_reports import Register

pytestmark = pytest.mark.sqlite_only

NUMBERS = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 14, 40])


def crossed(cells: list[list[int]]) -> Counts:
    """A table with its margins and the total of all."""
    values: dict = {(r, c): n for r, row in enumerate(cells) for c, n in enumerate(row)}
    ties: list[Tie] = []
    for side in (0, 1):
        for line in [*dict.fromkeys(key[side] for key in values if "all" not in key)]:
            parts = [key for key in values if key[side] == line and "all" not in key]
            total = (line, "all") if side == 0 else ("all", line)
            values[total] = sum(values[key] for key in parts)
            ties.append(whole(total, parts))
    values["all", "all"] = sum(sum(row) for row in cells)
    for side in (0, 1):
        parts = [key for key in values if key[1 - side] == "all" and key[side] != "all"]
        ties.append(whole(("all", "all"), parts))
    return Counts(values, ties)


def can_be(counts: Counts, hidden: set, least: int) -> dict:
    """By a linear programme of its own: the least and the most that each hidden count may be."""
    order = {key: n for n, key in enumerate(sorted(hidden, key=str))}
    rows, right = [], []
    for tie in counts.ties:
        row = np.zeros(len(order))
        for key in hidden & set(tie.parts):
            row[order[key]] = tie.parts[key]
        rows.append(row)
        right.append(-sum(n * counts.values[k] for k, n in tie.parts.items() if k not in hidden))
    found = {}
    for key, place in order.items():
        aim = np.eye(len(order))[place]
        low, high = (
            linprog(sign * aim, A_eq=rows, b_eq=right, bounds=(least, 10_000)).fun * sign
            for sign in (1, -1)
        )
        found[key] = (np.ceil(low - 1e-6), np.floor(high + 1e-6))
    return found


def is_safe(counts: Counts, hidden: set, rule: Rule) -> bool:
    return all(high - low >= 2 for low, high in can_be(counts, hidden, rule.least).values())


TABLES = st.integers(1, 3).flatmap(
    lambda columns: st.lists(
        st.lists(NUMBERS, min_size=columns, max_size=columns), min_size=2, max_size=4
    )
)


@given(TABLES, st.booleans())
@settings(max_examples=60, deadline=None)
def test_what_is_hidden_in_a_table_could_be_three_numbers_or_more(
    cells: list[list[int]], noughts: bool
) -> None:
    counts, rule = crossed(cells), Rule(hides_nought=noughts)
    try:
        found = choose(counts, rule)
    except CannotBeHiddenSafely:
        everything = {key for key, n in counts.values.items() if n >= rule.least}
        assert not is_safe(counts, everything, rule)
        return
    assert {key for key, n in counts.values.items() if rule.is_small(n)} <= found.hidden
    if not found.withheld:
        assert is_safe(counts, set(found.hidden), rule)


def test_no_fewer_cells_would_do() -> None:
    """Against every other choice, where they can all be tried."""
    chance, rule = random.Random(7), Rule()
    judged = 0
    for _ in range(8):
        counts = crossed([[chance.choice((0, 1, 3, 6, 8, 20)) for _ in range(3)] for _ in range(3)])
        found = choose(counts, rule).hidden
        must = {key for key, n in counts.values.items() if rule.is_small(n)}
        rest = [key for key, n in counts.values.items() if n >= rule.threshold and "all" not in key]
        fewer = len(found) - len(must) - 1
        if fewer >= 0 and not any("all" in key for key in found - must):
            judged += 1
            assert not any(
                is_safe(counts, must | set(more), rule) for more in combinations(rest, fewer)
            )
    assert judged >= 4


@pytest.mark.parametrize("seed", range(2))
def test_a_reader_of_all_that_was_published_finds_nothing_out(seed: int) -> None:
    """From the printed tables alone: a year, then a quarter, of a small and a larger council."""
    shelf = Shelf(Register(seed, (40, 120)[seed]), PublicRule())
    for period in ("2011-12", "2012-13/Q1"):
        shelf.publish(period)
    assert len(shelf.published) == 2
    assert shelf.found_out() == {}


def test_the_reader_would_find_out_what_is_hidden_alone() -> None:
    """So that the test above tells something."""
    shelf = Shelf(Register(1, 120), PublicRule())
    shelf.publish("2012-13")
    one = shelf.published[0]
    small = {cell for laid in lay(one.publication) for cell, n in laid.values.items() if 0 < n < 5}
    shelf.published = [
        Published(one.publication, Disclosure(one.disclosure.rule, frozenset(small), frozenset()))
    ]
    assert shelf.found_out()
    judged = Disclosing(one.publication, shelf.rule)
    assert judged.exposed(shelf.published[0].disclosure)
    assert not judged.exposed(one.disclosure)


def test_a_nought_that_stays_hidden_never_stands_as_a_count_of_at_least_one() -> None:
    """A month of none, in a quarter of so few that its column was hidden whole; then in a year."""
    register = Register(203, 12)
    first = register.comparison(Period.parse("2011-12/Q1"))
    before = Published(first, Disclosing(first, PublicRule()).choose())
    then = Disclosing(register.comparison(Period.parse("2011-12")), PublicRule(), [before])
    found = then.choose()
    months = {cell for cell in then.laid[0].values if cell.measure == "consultations.received"}
    noughts = {cell for cell in found.hidden & months if then.laid[0].values[cell] == 0}
    assert noughts
    assert noughts <= found.withheld


YEAR, SO_FAR, REST = "year", "so far", "rest"


def year_printed(so_far: dict[str, int], rest: dict[str, int]) -> Counts:
    """What is left of a year that was printed is its last quarter, whose report is still to come.
    What there is so far is new."""
    lines = {SO_FAR: so_far, REST: rest, YEAR: {k: n + rest[k] for k, n in so_far.items()}}
    values = {(span, name): n for span, line in lines.items() for name, n in line.items()}
    values |= {(span, "all"): sum(line.values()) for span, line in lines.items()}
    names = [*so_far, "all"]
    ties = [whole((YEAR, name), [(SO_FAR, name), (REST, name)]) for name in names]
    ties += [whole((span, "all"), [(span, name) for name in so_far]) for span in lines]
    return Counts(
        values,
        ties,
        printed={(YEAR, name) for name in names},
        unprinted={(REST, name) for name in names},
        dear={(span, "all") for span in lines},
        new={(SO_FAR, name) for name in names},
    )


def test_a_small_count_of_a_quarter_still_to_come_is_not_left_over() -> None:
    """Nothing printed so far is small, and what is left of the year is."""
    found = choose(year_printed({"one": 20, "other": 30}, {"one": 3, "other": 10}), Rule()).hidden
    assert {(SO_FAR, "one"), (SO_FAR, "other")} <= found


def test_no_count_hides_behind_a_nought_that_will_be_printed() -> None:
    """The quarter still to come says that it had none of the one, so the other would be known."""
    found = choose(year_printed({"one": 20, "other": 30}, {"one": 3, "other": 0}), Rule()).hidden
    assert {(SO_FAR, "one"), (SO_FAR, "all")} <= found


@pytest.mark.parametrize(("seed", "size"), [(52, 120), (116, 120)])
def test_a_quarter_that_an_earlier_report_foresaw_can_be_published(seed: int, size: int) -> None:
    """With a year and the quarter before it, what is left of the year before was known."""
    shelf = Shelf(Register(seed, size), PublicRule())
    for period in ("2011-12", "2012-13/Q3", "2012-13/Q4"):
        shelf.publish(period)
    assert shelf.refused == []
    assert shelf.found_out() == {}


def test_hidden_before_stays_hidden_and_printed_before_is_refused() -> None:
    register = Register(3, 300)
    first = register.comparison(Period.parse("2012-13/Q1"))
    before = Published(first, Disclosing(first, PublicRule(threshold=3)).choose())
    again = Disclosing(first, PublicRule(threshold=3), [before])
    assert again.choose().hidden == before.disclosure.hidden
    with pytest.raises(CannotBeHiddenSafely, match="printed in an earlier"):
        Disclosing(first, PublicRule(threshold=9), [before]).choose()


@pytest.mark.parametrize("seed", [9002, 9010])
def test_what_can_be_made_safe_is_not_refused_for_want_of_time(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The quick way adds cells that cannot be hidden themselves, and then shows them again."""
    monkeypatch.setattr(disclosure, "choose", partial(choose, seconds=0.0))
    chance = random.Random(seed)
    shelf = Shelf(Register(seed, chance.choice(SIZES)), chance.choice(RULES))
    for period in chance.choice(SEQUENCES):
        shelf.publish(period)
    assert shelf.refused == []
    assert shelf.found_out() == {}


def test_what_takes_too_long_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (attack, suppression):
        monkeypatch.setattr(module, "MOST_SECONDS", -1.0)
    counts = crossed([[1, 2, 30], [3, 40, 2], [20, 1, 1]])
    with pytest.raises(TookTooLong, match="Choose fewer tables"):
        choose(counts, Rule())
    with pytest.raises(TookTooLong):
        exposed(counts, Rule(), {key for key, n in counts.values.items() if n < 5})


def test_a_table_that_cannot_be_made_safe_is_refused() -> None:
    counts = Counts({"all": 7, "one": 3, "other": 4}, [whole("all", ["one", "other"])])
    assert choose(counts, Rule()).hidden == {"one", "other"}
    with pytest.raises(CannotBeHiddenSafely, match="could be worked out"):
        choose(
            Counts(counts.values | {"other": 6, "all": 9}, counts.ties, printed={"other", "all"}),
            Rule(),
        )


@pytest.mark.parametrize("comparison", [year(), quarter()], ids=["year", "quarter"])
def test_every_public_number_is_a_cell_and_every_hidden_one_is_masked(comparison) -> None:
    """Whatever measures there are."""
    laid = Disclosing(comparison, PublicRule()).laid
    for one in laid:
        for measure in one.measures:
            for label in numbers_of(measure, one.figures):
                assert (measure.id, label) in one.at
    everything = frozenset(cell for one in laid for cell in one.values)
    hidden = masked(comparison, Disclosure(PublicRule(), everything, frozenset()))
    for figures in [hidden.this, *hidden.others]:
        for measure in MEASURES:
            assert all_hidden(figures[measure.id]), measure.id


def all_hidden(value) -> bool:
    match value:
        case dict():
            return all(all_hidden(part) for part in value.values())
        case tuple():
            return all(all_hidden(part) for part in value)
        case _:
            return isinstance(value, Hidden) or value is None


def test_the_public_edition_prints_a_symbol_for_what_is_hidden_and_for_what_rests_on_it() -> None:
    comparison = quarter()
    disclosure = Disclosing(comparison, PublicRule(symbol="[hidden]")).choose()
    public = Document(comparison, "Any Council", commentary="All of it").in_public(
        Disclosure.from_record(disclosure.as_record()), "Less of it"
    )
    assert public.edition is Edition.PUBLIC
    assert public.commentary_paragraphs == ["Less of it"]
    assert "[hidden] stands for" in public.about[0]
    printed = [
        (row.label, [str(cell) for cell in row.cells], shown)
        for section in public.sections
        for shown in section.tables
        if shown.table.headings[-1].startswith("Change")
        for row in shown.table.rows
    ]
    for label, cells, _ in printed:
        if "[hidden]" in cells[0]:
            assert "[hidden]" in cells[2], label
    small = [text for _, cells, _ in printed for text in cells[::2] if text in ["1", "2", "3", "4"]]
    assert small == []
    assert build_pdf(public) == build_pdf(public)
