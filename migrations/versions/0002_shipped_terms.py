"""The local lists a new installation starts with: adds those of the shipped terms not there."""

import secrets

import sqlalchemy as sa
from alembic import op

from lado.rules.shipped_terms import SHIPPED_TERMS, ShippedTerm

revision = "0002"
down_revision = "0001"

term = sa.table(
    "term",
    sa.column("id", sa.Integer),
    sa.column("public_id", sa.String),
    sa.column("group", sa.String),
    sa.column("code", sa.String),
    sa.column("label", sa.String),
    sa.column("synonyms", sa.JSON),
    sa.column("position", sa.Integer),
    sa.column("parent_id", sa.Integer),
    sa.column("stage", sa.String),
    sa.column("needs_outcome", sa.Boolean),
    sa.column("valid_from", sa.Date),
    sa.column("valid_to", sa.Date),
)


def upgrade() -> None:
    for position, shipped in enumerate(SHIPPED_TERMS, start=1):
        op.get_bind().execute(sa.insert(term).values(_row(shipped, position)))


def _row(shipped: ShippedTerm, position: int) -> dict[str, object]:
    return {
        "public_id": secrets.token_urlsafe(16),
        "group": shipped.group.value,
        "code": shipped.code,
        "label": shipped.label,
        "synonyms": list(shipped.synonyms),
        "position": position,
        "parent_id": _parent(shipped),
        "stage": shipped.stage.value if shipped.stage else None,
        "needs_outcome": shipped.needs_outcome,
        "valid_from": shipped.valid_from,
        "valid_to": shipped.valid_to,
    }


def _parent(shipped: ShippedTerm) -> int | None:
    if shipped.parent is None:
        return None
    return op.get_bind().scalar(sa.select(term.c.id).where(term.c.code == shipped.parent,
        term.c.group == PARENT_GROUP[shipped.group.value]))  # fmt: skip


PARENT_GROUP = {"subsector": "sector", "subcategory": "category"}


def downgrade() -> None:
    """Nothing to undo: records may use the terms, and the table itself goes with 0001."""
