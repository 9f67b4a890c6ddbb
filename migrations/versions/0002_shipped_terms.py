"""The local lists a new installation starts with: adds those not there yet.

They stand in the file beside this one, as they were when this revision was written. Whoever changes
the shipped terms later writes another revision.
"""

import csv
import secrets
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

PARENT_GROUP = {"subsector": "sector", "subcategory": "category"}

term = sa.table(
    "term",
    sa.column("id", sa.Integer),
    sa.column("public_id", sa.String),
    sa.column("version", sa.Integer),
    sa.column("group", sa.String),
    sa.column("code", sa.String),
    sa.column("label", sa.String),
    sa.column("synonyms", sa.JSON),
    sa.column("position", sa.Integer),
    sa.column("parent_id", sa.Integer),
    sa.column("stage", sa.String),
    sa.column("needs_outcome", sa.Boolean),
    sa.column("valid_from", sa.Date),
)


def upgrade() -> None:
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        for position, shipped in enumerate(csv.DictReader(file), start=1):
            if _id(shipped["group"], shipped["code"]) is None:
                op.execute(sa.insert(term).values(_row(shipped, position)))


def downgrade() -> None:
    """Nothing to undo: records may use the terms, and the table itself goes with 0001."""


def _row(shipped: dict[str, str], position: int) -> dict[str, object]:
    return {
        "public_id": secrets.token_urlsafe(16),
        "version": 1,
        "group": shipped["group"],
        "code": shipped["code"],
        "label": shipped["label"],
        "synonyms": shipped["synonyms"].split("|") if shipped["synonyms"] else [],
        "position": position,
        "parent_id": _id(PARENT_GROUP.get(shipped["group"], ""), shipped["parent"]),
        "stage": shipped["stage"] or None,
        "needs_outcome": {"yes": True, "no": False}.get(shipped["needs_outcome"]),
        "valid_from": date.fromisoformat(first) if (first := shipped["valid_from"]) else None,
    }


def _id(group: str, code: str) -> int | None:
    found = sa.select(term.c.id).where(term.c.group == group, term.c.code == code)
    return op.get_bind().scalar(found)
