"""What a report says of the sub-group's earlier decisions, as it stood when it was drawn."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from lado.models import Report, SubGroupAction
from lado.queries import sub_group
from lado.queries.sub_group import ActionState, Recurrence
from lado.reports import wording
from lado.rules.quarters import Period


@dataclass(frozen=True)
class ActionProgress:
    """`seen`: in how many cases its theme came up again since it was done; None where that says
    nothing. Without a theme it is a decision of its own, and without a sector for all."""

    report: str
    what: str
    theme: str | None
    sector: str | None
    owner: str
    due_on: date
    state: ActionState
    ended_on: date | None
    reason: str | None
    note: str | None
    noted_on: date | None
    seen: int | None

    @property
    def told(self) -> tuple[str, str]:
        """What was decided, and all else in one paragraph."""
        reason = f": {self.reason.rstrip('.')}" if self.reason else ""
        theme, sector = self.theme or "A decision of its own", self.sector or "all sectors"
        ended = f" on {wording.day(self.ended_on)}" if self.ended_on else ""
        said = [
            f"{theme}, {sector}, from the report {self.report}.",
            f"{self.owner}, due {wording.day(self.due_on)}.",
            f"{self.state.label}{ended}{reason}.",
        ]
        if self.note and self.noted_on:
            said.append(f"{wording.day(self.noted_on)}: {self.note}")
        if self.seen is not None:
            where = " in the same sector" if self.sector else ""
            said.append(f"Cases with this theme concluded since{where}: {self.seen}.")
        return self.what.rstrip("."), " ".join(said)

    def as_record(self) -> dict[str, Any]:
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "ActionProgress":
        values = {each.name: record[each.name] for each in fields(cls)}
        for name in DAYS:
            values[name] = record[name] and date.fromisoformat(record[name])
        return cls(**values | {"state": next(s for s in ActionState if s == record["state"])})


DAYS = ("due_on", "ended_on", "noted_on")


def progress_before(period: Period, day: date) -> list[ActionProgress]:
    """As on the day, which is today: notes and ends are not looked back at."""
    actions = sub_group.before(period)
    seen = sub_group.recurrences(actions, day)
    return [_progress(action, seen.get(action.id), day) for action in actions]


def _progress(action: SubGroupAction, seen: Recurrence | None, day: date) -> ActionProgress:
    newest = action.progress[-1] if action.progress else None
    return ActionProgress(
        report=action.report.period.label,
        what=action.what,
        theme=action.theme.label if action.theme else None,
        sector=action.sector.label if action.sector else None,
        owner=action.owner,
        due_on=action.due_on,
        state=sub_group.state_of(action, day),
        ended_on=action.done_on or action.dropped_on,
        reason=action.dropped_reason,
        note=newest.text if newest else None,
        noted_on=newest.noted_on if newest else None,
        seen=None if seen is None else seen.cases,
    )


def progress_of(report: Report) -> list[ActionProgress]:
    """An older report has none."""
    kept = report.figures.get("sub_group_actions", [])
    return [ActionProgress.from_record(each) for each in kept]
