"""A random register as it was at the close of a day: without what happened later. What has no day
of its own stays."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from lado import clock
from lado.models import (
    Action,
    Case,
    CaseSpell,
    Consultation,
    ConsultationSubject,
    Decision,
    DelayReason,
    MatterCase,
    Notice,
    OnwardReferral,
    Outcome,
    SafetyMeasure,
    Strand,
    StrandResult,
    StrategyDiscussion,
)
from lado.rules.vocabulary import (
    DiscussionStatus,
    MeasureDecision,
    ReferralDecision,
    StrandStatus,
)
from tests.reports.random_register import TABLES, Register, Rows

Row = dict[str, Any]
# The day on which a row of these began to be true.
BEGINS = {
    Consultation: "received_on", Decision: "decided_on", CaseSpell: "opened_on",
    Outcome: "decided_on", StrandResult: "reported_on", SafetyMeasure: "considered_on",
    OnwardReferral: "considered_on", Notice: "told_on",
}  # fmt: skip
# What is empty until its day has come, and what is empty with it.
FILLED: dict[type[Any], dict[str, tuple[str, ...]]] = {
    Consultation: {"first_answered_on": ()},
    Decision: {"ended_on": ("ended_reason",)},
    Outcome: {"ended_on": ("ended_reason",)},
    StrandResult: {"ended_on": ()},
    CaseSpell: {"concluded_on": ("closure_reason_id",)},
    Action: {"done_on": (), "waived_on": ("waived_reason",)},
    MatterCase: {"left_at": ("left_by_id", "left_reason")},
}


def known_by(register: Register, day: date) -> Rows:
    kept: Rows = defaultdict(list)
    gone: dict[str, set[int]] = defaultdict(set)
    later_cases = {
        s["case_id"] for s in register.rows[CaseSpell]
        if s["number"] == 1 and s["opened_on"] > day
    }  # fmt: skip
    for table in TABLES:
        for row in register.rows[table]:
            found = None if table is Case and row["id"] in later_cases else _at(table, row, day)
            if found is None or _is_orphan(table, found, gone):
                gone[table.__tablename__].add(row.get("id", 0))
            else:
                kept[table].append(found)
    return kept


def _is_orphan(table: type[Any], row: Row, gone: dict[str, set[int]]) -> bool:
    """What hangs on something that is not there yet; a contact that joined a later case stays."""
    for column in table.__table__.c:
        for key in column.foreign_keys:
            if row.get(column.name) in gone[key.column.table.name]:
                if table is not ConsultationSubject or column.name != "case_id":
                    return True
                row[column.name] = None
    return False


def _at(table: type[Any], row: Row, day: date) -> Row | None:
    begun = row.get(BEGINS.get(table, ""))
    if begun and begun > day:
        return None
    if table is DelayReason and (row["year"], row["month"]) > (day.year, day.month):
        return None
    if table is MatterCase and clock.day_of(row["joined_at"]) > day:
        return None
    row = dict(row)
    for name, others in FILLED.get(table, {}).items():
        if row[name] and _day(row[name]) > day:
            row |= dict.fromkeys((name, *others))
    return _stood(table, row, day)


def _day(moment: Any) -> date:
    return moment if type(moment) is date else clock.day_of(moment)


def _stood(table: type[Any], row: Row, day: date) -> Row:
    """Where a status goes with the days, the latest of them first."""
    for name, stood in STATUSES.get(table, {}).items():
        if row[name] and row[name] > day:
            row |= stood(row)
    return row


ENDED = StrandStatus.ENDED  # without a day, as registers have it
STATUSES: dict[type[Any], dict[str, Callable[[Row], Row]]] = {
    StrategyDiscussion: {
        "held_on": lambda row: {
            "scheduled_on": row["held_on"],
            "held_on": None,
            "status": DiscussionStatus.SCHEDULED,
        }
    },
    Strand: {
        "ended_on": lambda row: {
            "ended_on": None,
            "status": StrandStatus.ONGOING if row["started_on"] else StrandStatus.NOT_STARTED,
        },
        "started_on": lambda row: {
            "started_on": None,
            "status": ENDED if row["status"] is ENDED else StrandStatus.NOT_STARTED,
        },
    },
    OnwardReferral: {
        "acknowledged_on": lambda _: {"acknowledged_on": None},
        "referred_on": lambda _: {"referred_on": None, "decision": ReferralDecision.PENDING},
    },
    SafetyMeasure: {
        "ended_on": lambda row: {
            "ended_on": None,
            "ended_reason": None,
            "review_on": row["ended_on"],
            "decision": MeasureDecision.IN_PLACE,
        },
        "started_on": lambda _: (
            dict.fromkeys(("started_on", "review_on", "decided_by", "reasons"))
            | {"decision": MeasureDecision.PENDING}
        ),
    },
}
