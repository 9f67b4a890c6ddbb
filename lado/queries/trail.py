"""What the audit trail says of a case, for what its records do not keep: who asked that it be
closed, and who answered; who set a reporting restriction; who set or waived an action."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from lado import clock
from lado.extensions import db
from lado.models import AuditEvent, Case
from lado.queries.audit import names
from lado.rules.audit import AuditAction

TOLD = (
    AuditAction.CASE_OPENED,
    AuditAction.CASE_REOPENED,
    AuditAction.CASE_CHANGED,
    AuditAction.CASE_CLOSURE_REQUESTED,
    AuditAction.CASE_CLOSURE_WITHDRAWN,
    AuditAction.CASE_CLOSURE_DECLINED,
    AuditAction.CASE_CONCLUDED,
    AuditAction.ACTION_ADDED,
    AuditAction.ACTION_WAIVED,
    AuditAction.CHILD_ADDED,
    AuditAction.CHILD_CHANGED,
)


BY_VALUE = {each.value: each for each in TOLD}
ANSWERED = (
    AuditAction.CASE_CONCLUDED,
    AuditAction.CASE_CLOSURE_WITHDRAWN,
    AuditAction.CASE_CLOSURE_DECLINED,
)


@dataclass(frozen=True)
class Act:
    """`by` is empty for what was done by command."""

    action: AuditAction
    at: datetime
    by: str
    detail: dict[str, Any]

    @property
    def day(self) -> date:
        return self.at.astimezone(clock.LONDON).date()


class Trail:
    """Of one case, the earliest first."""

    def __init__(self, case: Case) -> None:
        query = select(AuditEvent).where(
            AuditEvent.record == case.public_id, AuditEvent.action.in_(each.value for each in TOLD)
        )
        events = db.session.scalars(query.order_by(AuditEvent.id)).all()
        by = names(events)
        self.acts = [
            Act(BY_VALUE[each.action], each.at, by.get(each.actor, ""), each.detail)
            for each in events
        ]

    def of(self, *actions: AuditAction, **detail: int) -> Iterator[Act]:
        """Those that say this of themselves."""
        for act in self.acts:
            if act.action in actions and detail.items() <= act.detail.items():
                yield act

    def by(self, *actions: AuditAction, **detail: int) -> str | None:
        """Who did it last."""
        done = list(self.of(*actions, **detail))
        return (done[-1].by or None) if done else None

    def requested_by(self, spell: int) -> str | None:
        """Who asked for the conclusion of this spell, if it was asked for."""
        asked = None
        for act in self.acts:
            if act.action is AuditAction.CASE_CLOSURE_REQUESTED:
                asked = act.by or None
            elif act.action is AuditAction.CASE_CONCLUDED and act.detail.get("spell") == spell:
                return asked
            elif act.action in ANSWERED:
                asked = None
        return None
