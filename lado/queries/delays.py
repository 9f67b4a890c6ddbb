"""Reasons for delay: which months of a case lack one, and which reason stands on a day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Select, func, select
from sqlalchemy.orm import load_only, selectinload

from lado import clock
from lado.extensions import db
from lado.models import Case, CaseSpell, DelayReason
from lado.rules.delays import last_day, months_late
from lado.rules.vocabulary import CaseStatus

# Of a case: the months that have a reason, and no text.
WITH_MONTHS = selectinload(Case.delay_reasons).load_only(DelayReason.year, DelayReason.month)


def months_of(case: Case, today: date) -> list[date]:
    """Each month that needed a reason, by its first day: of all times it was open."""
    return _months(case, case.spells, today)


def _months(case: Case, spells: Iterable[CaseSpell], today: date) -> list[date]:
    return months_late(
        [(begun_on(case, each), each.concluded_on or today) for each in spells],
        known_from=clock.day_of(case.entered_at),
    )


def begun_on(case: Case, spell: CaseSpell) -> date:
    """When the clocks of a conclusion began: a case that is opened again starts again."""
    return case.received_on if spell.number == 1 else spell.opened_on


def missing(case: Case, today: date) -> list[date]:
    """The months without a reason, since it was last opened; of a concluded case none is asked for
    any more."""
    if case.status is CaseStatus.CONCLUDED:
        return []
    given = {reason.first_day for reason in case.delay_reasons}
    return [month for month in _months(case, [case.spell], today) if month not in given]


def overdue(case: Case, today: date) -> list[date]:
    """The months that are over and lack their reason."""
    return [month for month in missing(case, today) if last_day(month) < today]


def all_overdue(today: date) -> set[int]:
    """Ids of the cases of which a month that is over lacks its reason, whoever may know of them."""
    query = (
        select(Case)
        .where(Case.status != CaseStatus.CONCLUDED)
        .options(
            load_only(Case.status, Case.received_on, Case.entered_at),
            selectinload(Case.spells),
            WITH_MONTHS,
        )
    )
    return {case.id for case in db.session.scalars(query) if overdue(case, today)}


def standing(case: Case) -> dict[date, DelayReason]:
    """By month, the latest month first; the newest reason of a month stands."""
    newest = {reason.first_day: reason for reason in case.delay_reasons}
    return dict(sorted(newest.items(), reverse=True))


def reasons_at(month: int | BindParameter[int], cases: Iterable[int] | Select[Any]) -> Select[Any]:
    """Of each of these cases that has one, `case_id` and `term_id` of the reason of its latest
    month up to `month`, a number of `rules.delays.month_number` (T24)."""
    number = 12 * DelayReason.year + DelayReason.month
    latest = (number.desc(), DelayReason.number.desc())
    place = func.row_number().over(partition_by=DelayReason.case_id, order_by=latest)
    ranked = (
        select(DelayReason.case_id, DelayReason.term_id, place.label("place"))
        .where(number <= month, DelayReason.case_id.in_(cases))
        .subquery()
    )
    return select(ranked.c.case_id, ranked.c.term_id).where(ranked.c.place == 1)
