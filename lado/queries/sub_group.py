"""The sub-group's actions: the list, what became of the last report's, and what came up again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from lado import clock
from lado.extensions import db
from lado.models import (
    Case,
    CaseSpell,
    LearningPoint,
    Position,
    Report,
    SubGroupAction,
    SubGroupProgress,
    User,
)
from lado.queries.access import visible
from lado.queries.keyset import Cursor, Key, Order, Page, in_order, page_of
from lado.rules.permissions import Permission
from lado.rules.quarters import Period
from lado.rules.vocabulary import Labelled, ReportStatus

SHOWN = (
    joinedload(SubGroupAction.report),
    joinedload(SubGroupAction.theme),
    joinedload(SubGroupAction.sector),
    selectinload(SubGroupAction.progress).joinedload(SubGroupProgress.noted_by),
)
STILL_OPEN = SubGroupAction.ended_by_id.is_(None)


class ActionState(Labelled):
    OVERDUE = "overdue", "Overdue"
    OPEN = "open", "Open"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


def state_of(action: SubGroupAction, today: date) -> ActionState:
    if action.is_open:
        return ActionState.OVERDUE if action.due_on < today else ActionState.OPEN
    return ActionState.DONE if action.done_on else ActionState.DROPPED


def page_of_list(user: User, cursor: Cursor) -> Page[SubGroupAction]:
    """Overdue first, since the earliest day is; after all that are open, the others from the last
    due."""
    ended = case((STILL_OPEN, 0), else_=1)
    order = Order.by(SubGroupAction, ended, Key(SubGroupAction.due_on))
    return page_of(
        visible(user, SubGroupAction), (), order, cursor, in_order(SubGroupAction, *SHOWN)
    )


def open_actions(user: User, most: int) -> Sequence[SubGroupAction]:
    query = visible(user, SubGroupAction).where(STILL_OPEN).options(*SHOWN).limit(most)
    return db.session.scalars(query.order_by(SubGroupAction.due_on, SubGroupAction.id)).all()


def of_report(user: User, report: Report) -> Sequence[SubGroupAction]:
    """Whichever version of it they were decided on."""
    return _in_order(
        visible(user, SubGroupAction).join(SubGroupAction.report).where(_of_period(report.period))
    )


def before(period: Period) -> Sequence[SubGroupAction]:
    """What a report of the period says of earlier decisions: those about the last published report
    before it, and older ones that were open when the period began."""
    earlier = Report.period_end < period.end
    last = (
        select(Report)
        .where(earlier, Report.status == ReportStatus.PUBLISHED)
        .order_by(Report.period_end.desc(), Report.period_start.desc())
        .limit(1)
    )
    report = db.session.scalar(last)
    if report is None:
        return []
    ended_on = func.coalesce(SubGroupAction.done_on, SubGroupAction.dropped_on)
    wanted = or_(_of_period(report.period), STILL_OPEN, ended_on >= period.start)
    return _in_order(select(SubGroupAction).join(SubGroupAction.report).where(earlier, wanted))


def published(user: User) -> Sequence[Report]:
    """What the sub-group may decide about, the newest first."""
    query = visible(user, Report).where(Report.status == ReportStatus.PUBLISHED)
    return db.session.scalars(query.order_by(Report.period_end.desc(), Report.period_start)).all()


def newest(user: User) -> Report | None:
    """The published report whose period ended last, a quarter before the year it ends."""
    order = Report.period_end.desc(), Report.period_start.desc()
    query = visible(user, Report).where(Report.status == ReportStatus.PUBLISHED)
    return db.session.scalar(query.order_by(*order).limit(1))


@dataclass(frozen=True)
class Recurrence:
    """How many cases concluded from the day after the action was done to `until` had its theme."""

    cases: int
    until: date


def last_day_told(user: User) -> date:
    """Whoever reads no figures but published ones is told no later ones."""
    if user.can(Permission.FIGURES_VIEW):
        return clock.today()
    newest = select(func.max(Report.period_end)).where(Report.status == ReportStatus.PUBLISHED)
    return db.session.scalar(newest) or date.min


def recurrences(actions: Collection[SubGroupAction], until: date) -> Mapping[int, Recurrence]:
    """By the id of the action, of those that were done before the day and are about a theme. As
    every figure it counts all records."""
    done = [
        action.id
        for action in actions
        if action.theme_id and action.done_on and action.done_on < until
    ]
    seen: dict[int, int] = dict(db.session.execute(_seen_since(done, until)).all())
    return {id_: Recurrence(seen.get(id_, 0), until) for id_ in done}


def _seen_since(ids: Collection[int], until: date) -> Any:
    action = SubGroupAction
    return (
        select(action.id, func.count(LearningPoint.case_id.distinct()))
        .join(LearningPoint, LearningPoint.theme_id == action.theme_id)
        .join(CaseSpell, CaseSpell.case_id == LearningPoint.case_id)
        .join(Case, Case.id == LearningPoint.case_id)
        .join(Position, Position.id == Case.position_id)
        .where(
            action.id.in_(ids),
            CaseSpell.concluded_on > action.done_on,
            CaseSpell.concluded_on <= until,
            or_(action.sector_id.is_(None), action.sector_id == Position.sector_id),
        )
        .group_by(action.id)
    )


def _in_order(query: Select[Any]) -> Sequence[SubGroupAction]:
    ordered = query.options(*SHOWN).order_by(SubGroupAction.due_on, SubGroupAction.id)
    return db.session.scalars(ordered).all()


def _of_period(period: Period) -> Any:
    return (Report.period_start == period.start) & (Report.period_end == period.end)
