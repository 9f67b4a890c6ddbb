"""Our own references: `C-2026-00123` for consultations, `PT-2026-0045` for cases."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from lado.extensions import db
from lado.models import ReferenceCounter

DIGITS = {"C": 5, "PT": 4}


def next_reference(kind: str, day: date) -> str:
    return next(reserve(kind, day.year, 1))


def reserve(kind: str, year: int, count: int) -> Iterator[str]:
    """`count` references of one calendar year, none of which is ever given out again.

    Call it inside a write transaction: the counter's row is locked until that ends.
    """
    counter = db.session.scalar(
        select(ReferenceCounter)
        .where(ReferenceCounter.kind == kind, ReferenceCounter.year == year)
        .with_for_update()
    )
    if counter is None:
        counter = ReferenceCounter(kind=kind, year=year, last=0)
        db.session.add(counter)
    first, counter.last = counter.last + 1, counter.last + count
    db.session.flush()
    return (f"{kind}-{year}-{number:0{DIGITS[kind]}}" for number in range(first, first + count))


def pass_over(kind: str, year: int, number: int) -> None:
    """Never give out `number` nor one before it: a register brought it along.

    Call it inside a write transaction.
    """
    last = db.session.scalar(
        select(ReferenceCounter.last)
        .where(ReferenceCounter.kind == kind, ReferenceCounter.year == year)
        .with_for_update()
    )
    if number > (last or 0):
        reserve(kind, year, number - (last or 0))
