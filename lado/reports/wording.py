"""How a number, a change and a date are written, the same on the page and in the PDF."""

from datetime import date

from lado.reports.comparison import Change
from lado.reports.hidden import hidden_of
from lado.reports.values import Rate, Ratio
from lado.rules.signs import NOTHING

MINUS = "\N{MINUS SIGN}"


def count(number: int) -> str:
    return hidden_of(number) or f"{number:,}"


def signed(number: float, decimals: int = 0) -> str:
    text = f"{abs(number):,.{decimals}f}"
    if float(text.replace(",", "")) == 0:
        return text
    return f"{MINUS if number < 0 else '+'}{text}"


def change(value: Change) -> str:
    if value.percent is None or value.difference == 0:
        return signed(value.difference)
    return f"{signed(value.difference)} ({signed(value.percent, 1)}%)"


def rate(value: Rate) -> tuple[str, ...]:
    """The percentage, where there may be one, and always what it is made of."""
    if hidden := hidden_of(*value):
        return (hidden,)
    if value.denominator == 0:
        return (NOTHING,)
    parts = f"{value.numerator:,} of {value.denominator:,}"
    return (parts,) if value.percent is None else (f"{value.percent:.1f}%", parts)


def rate_change(now: Rate, base: Rate) -> str:
    """In percentage points, where both are percentages: the difference of what is printed."""
    if hidden := hidden_of(*now, *base):
        return hidden
    if now.percent is None or base.percent is None:
        return NOTHING
    return f"{signed(now.percent - base.percent, 1)} points"


def ratio(value: Ratio) -> tuple[str, ...]:
    if hidden := hidden_of(*value):
        return (hidden,)
    if value.value is None:
        return (NOTHING,)
    return (f"{value.value:.2f}", f"{value.numerator:,} / {value.denominator:,}")


def ratio_change(now: Ratio, base: Ratio) -> str:
    if hidden := hidden_of(*now, *base):
        return hidden
    if now.value is None or base.value is None:
        return NOTHING
    return signed(now.value - base.value, 2)


def day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def short_day(value: date) -> str:
    return f"{value.day} {value:%b}"


def month(code: str) -> str:
    """`2012-04` as `April 2012`."""
    return f"{date.fromisoformat(code + '-01'):%B %Y}"


def short_month(code: str) -> str:
    return f"{date.fromisoformat(code + '-01'):%b %Y}"
