"""The numbers of our own references, each given out once."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import text

from lado.extensions import db
from lado.rules.references import written

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
    return (written(kind, year, number) for number in numbers)


def pass_over(kind: str, year: int, number: int) -> None:
    """Never give out `number` nor one before it: a register brought it along.

    Call it inside a write transaction.
    """
    db.session.execute(PASS_OVER, {"kind": kind, "year": year, "number": number})
