"""How a change is worked out and written."""

import json
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lado.reports import wording
from lado.reports.comparison import Comparison, change
from lado.reports.reconciliation import discrepancies
from lado.reports.values import Cohort, Rate, Ratio, percentage
from tests.reports.example import figures_of, quarter, year

COUNTS = st.integers(min_value=0, max_value=100_000)


@pytest.mark.parametrize(
    ("now", "base", "words"),
    [
        (369, 191, "+178 (+93.2%)"),
        (86, 59, "+27 (+45.8%)"),
        (110, 79, "+31 (+39.2%)"),
        (396, 240, "+156 (+65.0%)"),
        (52, 45, "+7 (+15.6%)"),
        (20, 20, "0"),
        (15, 20, "\N{MINUS SIGN}5 (\N{MINUS SIGN}25.0%)"),
        (30, 19, "+11"),
        (0, 19, "\N{MINUS SIGN}19"),
        (5, 0, "+5"),
        (3_000, 1_000, "+2,000 (+200.0%)"),
        (449, 400, "+49 (+12.3%)"),
        (351, 400, "\N{MINUS SIGN}49 (\N{MINUS SIGN}12.3%)"),
        (10_001, 10_000, "+1 (+0.1%)"),
        (1, 10_000, "\N{MINUS SIGN}9,999 (\N{MINUS SIGN}99.9%)"),
        (0, 10_000, "\N{MINUS SIGN}10,000 (\N{MINUS SIGN}100.0%)"),
    ],
)
def test_a_change(now: int, base: int, words: str) -> None:
    assert wording.change(change(now, base)) == words


@given(now=COUNTS, base=COUNTS)
def test_a_percentage_stands_only_on_a_base_of_20(now: int, base: int) -> None:
    found = change(now, base)
    assert found.difference == now - base
    assert (found.percent is None) == (base < 20)


@pytest.mark.parametrize(
    ("rate", "lines"),
    [
        (Rate(86, 369), ("23.3%", "86 of 369")),
        (Rate(59, 191), ("30.9%", "59 of 191")),
        (Rate(3, 19), ("3 of 19",)),
        (Rate(10, 20), ("50.0%", "10 of 20")),
        (Rate(0, 0), ("\N{EN DASH}",)),
        (Rate(49, 400), ("12.3%", "49 of 400")),
        (Rate(1, 10_000), ("0.1%", "1 of 10,000")),
        (Rate(9_999, 10_000), ("99.9%", "9,999 of 10,000")),
        (Rate(0, 20), ("0.0%", "0 of 20")),
        (Rate(20, 20), ("100.0%", "20 of 20")),
    ],
)
def test_a_rate_prints_what_it_is_made_of_and_no_percentage_under_20(
    rate: Rate, lines: tuple[str, ...]
) -> None:
    assert wording.rate(rate) == lines


def test_a_rate_changes_in_points_when_both_are_percentages() -> None:
    assert wording.rate_change(Rate(86, 369), Rate(59, 191)) == "\N{MINUS SIGN}7.6 points"
    assert wording.rate_change(Rate(3, 19), Rate(59, 191)) == "\N{EN DASH}"


def test_the_change_of_a_rate_is_the_difference_of_what_is_printed() -> None:
    assert (wording.rate(Rate(16, 24))[0], wording.rate(Rate(8, 24))[0]) == ("66.7%", "33.3%")
    assert wording.rate_change(Rate(16, 24), Rate(8, 24)) == "+33.4 points"


@given(part=COUNTS, rest=COUNTS, negative=st.booleans())
def test_a_percentage_is_rounded_half_up_and_says_all_or_none_only_when_it_is(
    part: int, rest: int, negative: bool
) -> None:
    whole = part + rest or 1
    found = percentage(-part if negative else part, whole)
    exact = Decimal(100 * part) / whole
    rounded = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    inside = min(max(rounded, Decimal("0.1")), Decimal("99.9")) if part and rest else rounded
    assert f"{abs(found):.1f}" == str(inside)
    assert (found < 0) == (negative and part > 0)


def test_a_ratio_has_two_decimals() -> None:
    assert Ratio(396, 110).value == 3.6
    assert Ratio(149, 65).value == 2.29
    assert Ratio(1, 0).value is None


@pytest.mark.parametrize("comparison", [year(), quarter()])
def test_a_comparison_comes_back_from_storage_as_it_was(comparison: Comparison) -> None:
    stored = json.loads(json.dumps(comparison.as_record(), sort_keys=True))
    assert Comparison.from_record(stored) == comparison


def test_the_printed_report_of_2012_13_reconciles() -> None:
    assert year().discrepancies == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"cases__open_at_end": 33}, "flow of cases"),
        ({"cases__brought_forward": 25}, "flow of cases"),
        ({"consultations__by_context": {"At work": 368}}, "by context"),
        ({"outcomes__of_cases_opened": Cohort(Rate(60, 85), {"Unfounded": 60})}, "base"),
        ({"outcomes__of_cases_opened": Cohort(Rate(60, 86), {"Unfounded": 59})}, "concluded"),
    ],
)
def test_a_total_that_does_not_hold_is_named(changed: dict[str, object], words: str) -> None:
    found = discrepancies(figures_of("2012-13", **changed).values)
    assert any(words in one for one in found), found
