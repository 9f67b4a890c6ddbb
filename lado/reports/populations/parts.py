"""What the statements of the populations are made of."""

from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, or_
from sqlalchemy.orm import InstrumentedAttribute

from lado.models import CaseSpell, Strand
from lado.reports.scope import END, START
from lado.rules.vocabulary import StrandStatus

Day: TypeAlias = ColumnElement[date] | InstrumentedAttribute[date] | InstrumentedAttribute[Any]
Statement: TypeAlias = Select[*tuple[Any, ...]]

FIRST = 1


def iso(day: Day) -> ColumnElement[str]:
    """Few days are different, so they are read as dates once each and not once for each record."""
    return cast(day, String)


def in_period(day: Day) -> ColumnElement[bool]:
    return day.between(START, END)


def standing(since: Day, until: Day, on: Day) -> ColumnElement[bool]:
    """The half-open interval of a decision, an outcome or a result. A register's result has no
    first day and stands from the start."""
    return and_(or_(since.is_(None), since <= on), or_(until.is_(None), until > on))


def touching() -> ColumnElement[bool]:
    """Spells open on any day of the period."""
    return and_(
        _begun_by(END),
        or_(CaseSpell.concluded_on.is_(None), CaseSpell.concluded_on >= START),
    )


def open_on(day: Day) -> ColumnElement[bool]:
    return and_(
        _begun_by(day),
        or_(CaseSpell.concluded_on.is_(None), CaseSpell.concluded_on > day),
    )


def _begun_by(day: Day) -> ColumnElement[bool]:
    """Written so that no index of the first days is used: nearly all of the history began by the
    end of a recent period. Those that ended since its start, or not yet, are few."""
    return func.coalesce(CaseSpell.opened_on, day) <= day


def by(day: Day, on: Day) -> ColumnElement[bool]:
    """Whether it had happened; never null."""
    return and_(day.is_not(None), day <= on)


def strand_status(strand: type[Strand]) -> ColumnElement[str | None]:
    """At the close of the last day, by its dates. Without one it stands as it was recorded."""
    undated = and_(strand.started_on.is_(None), strand.status == StrandStatus.ONGOING)
    ended = and_(strand.ended_on.is_(None), strand.status == StrandStatus.ENDED)
    return case(
        (strand.status == StrandStatus.NOT_APPLICABLE, StrandStatus.NOT_APPLICABLE.value),
        (or_(by(strand.ended_on, END), ended), StrandStatus.ENDED.value),
        (or_(by(strand.started_on, END), undated), StrandStatus.ONGOING.value),
        (strand.id.is_not(None), StrandStatus.NOT_STARTED.value),
        else_=None,
    )
