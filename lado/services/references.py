"""Our own references: `C-2026-00123` for consultations, `PT-2026-0045` for cases, `R-2026-00012`
for reports by the referral form, `E-2026-00007` for enquiries."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import text

from lado.extensions import db

DIGITS = {"C": 5, "PT": 4, "R": 5, "E": 5}

# One statement makes the year's counter or locks it, so that the year's first few may come at once.
TAKE = text(
    "INSERT INTO reference_counter (kind, year, last) VALUES (:kind, :year, :number)"
    " ON CONFLICT (kind, year) DO UPDATE SET last = reference_counter.last + excluded.last"
    " RETURNING last"
)
PASS_OVER = text(
    "INSERT INTO reference_counter (kind, year, last) VALUES (:kind, :year, :number)"
    " ON CONFLICT (kind, year) DO UPDATE SET last = excluded.last"
    " WHERE reference_counter.last < excluded.last"
)


def next_reference(kind: str, day: date) -> str:
    return next(reserve(kind, day.year, 1))


def reserve(kind: str, year: int, count: int) -> Iterator[str]:
    """`count` references of one calendar year, none of which is ever given out again.

    Call it inside a write transaction: the counter's row is locked until that ends.
    """
    last = db.session.execute(TAKE, {"kind": kind, "year": year, "number": count}).scalar_one()
    numbers = range(last - count + 1, last + 1)
    return (f"{kind}-{year}-{number:0{DIGITS[kind]}}" for number in numbers)


def pass_over(kind: str, year: int, number: int) -> None:
    """Never give out `number` nor one before it: a register brought it along.

    Call it inside a write transaction.
    """
    db.session.execute(PASS_OVER, {"kind": kind, "year": year, "number": number})
