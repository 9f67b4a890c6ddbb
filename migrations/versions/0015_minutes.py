"""Agreed minutes are kept as versions, with the copies made of them and who got which; a discussion
may be joint whatever its purpose; conflicts of interest; what agencies were asked for."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

PURPOSES = ("initial", "review", "final")
ATTENDANCE = {
    "invited": "Invited", "attended": "Attended", "apologies": "Sent apologies",
    "did_not_attend": "Did not attend", "left_out": "Left out",
}  # fmt: skip
SAID_WHEN = "(status = 'circulated') = (circulated_on IS NOT NULL)"
SAID_TO_WHOM = f"{SAID_WHEN} AND (circulated_on IS NULL) = (circulated_to IS NULL)"

_meta = sa.MetaData()
discussion = sa.Table(
    "strategy_discussion", _meta, sa.Column("id", sa.Integer), sa.Column("number", sa.Integer),
    sa.Column("status", sa.String), sa.Column("purpose", sa.String), sa.Column("joint", sa.Boolean),
    sa.Column("chair_id", sa.Integer), sa.Column("held_on", sa.Date),
    sa.Column("next_review_on", sa.Date), sa.Column("circulated_on", sa.Date),
    sa.Column("circulated_to", sa.Text),
)  # fmt: skip
user = sa.Table("user", _meta, sa.Column("id", sa.Integer), sa.Column("name", sa.String))
term = sa.Table("term", _meta, sa.Column("id", sa.Integer), sa.Column("label", sa.String))
minute = sa.Table(
    "minute", _meta, sa.Column("discussion_id", sa.Integer), sa.Column("heading", sa.String),
    sa.Column("text", sa.Text),
)  # fmt: skip
participant = sa.Table(
    "participant", _meta, sa.Column("discussion_id", sa.Integer), sa.Column("number", sa.Integer),
    sa.Column("name", sa.String), sa.Column("role", sa.String), sa.Column("agency_id", sa.Integer),
    sa.Column("attendance", sa.String), sa.Column("left_out_reason", sa.Text),
)  # fmt: skip
action = sa.Table(
    "action", _meta, sa.Column("discussion_id", sa.Integer), sa.Column("number", sa.Integer),
    sa.Column("description", sa.Text), sa.Column("owner", sa.String),
    sa.Column("agency_id", sa.Integer), sa.Column("due_on", sa.Date),
)  # fmt: skip
version = sa.Table(
    "minutes_version", _meta, sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("discussion_id", sa.Integer), sa.Column("number", sa.Integer),
    sa.Column("content", sa.Text), sa.Column("corrected_on", sa.Date),
)  # fmt: skip
copy = sa.Table(
    "minutes_copy", _meta, sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("version_id", sa.Integer), sa.Column("number", sa.Integer),
    sa.Column("passages_withheld", sa.Boolean),
)  # fmt: skip
circulation = sa.Table(
    "circulation", _meta, sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("copy_id", sa.Integer), sa.Column("recipient", sa.Text), sa.Column("sent_on", sa.Date),
)  # fmt: skip


def upgrade() -> None:
    _create_tables()
    with op.batch_alter_table("participant") as batch:
        batch.add_column(sa.Column("conflict_of_interest", sa.Text(), nullable=True))
        batch.add_column(sa.Column("conflict_handled", sa.Text(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_participant_conflict_says_what_was_done"),
            "(conflict_of_interest IS NULL) = (conflict_handled IS NULL)",
        )
    with op.batch_alter_table("strategy_discussion") as batch:
        joint = sa.Column("joint", sa.Boolean(), nullable=False, server_default=sa.false())
        batch.add_column(joint)
    _purpose_of_joint_ones()
    _keep_agreed_minutes()
    with op.batch_alter_table("strategy_discussion") as batch:
        batch.alter_column("joint", server_default=None)
        _swap(batch, "discussion_purpose", f"purpose IN ({_listed(PURPOSES)})")
        batch.drop_constraint(
            op.f("ck_strategy_discussion_circulated_says_when_and_to_whom"), type_="check"
        )
        batch.create_check_constraint(
            op.f("ck_strategy_discussion_circulated_says_when"), SAID_WHEN
        )
        batch.drop_column("circulated_to")


def downgrade() -> None:
    with op.batch_alter_table("strategy_discussion") as batch:
        batch.add_column(sa.Column("circulated_to", sa.Text(), nullable=True))
        _swap(batch, "discussion_purpose", f"purpose IN ({_listed((*PURPOSES, 'joint'))})")
    op.execute(discussion.update().where(discussion.c.joint).values(purpose="joint"))
    _list_recipients()
    with op.batch_alter_table("strategy_discussion") as batch:
        batch.drop_constraint(op.f("ck_strategy_discussion_circulated_says_when"), type_="check")
        batch.create_check_constraint(
            op.f("ck_strategy_discussion_circulated_says_when_and_to_whom"), SAID_TO_WHOM
        )
        batch.drop_column("joint")
    with op.batch_alter_table("participant") as batch:
        batch.drop_constraint(op.f("ck_participant_conflict_says_what_was_done"), type_="check")
        batch.drop_column("conflict_handled")
        batch.drop_column("conflict_of_interest")
    for name in (
        "received_information", "circulation", "withheld_part", "minutes_copy", "minutes_version",
    ):  # fmt: skip
        op.drop_table(name)


def _purpose_of_joint_ones() -> None:
    """The first of a case was the initial one; what the others were is not known better."""
    was_joint = discussion.c.purpose == "joint"
    first = sa.case((discussion.c.number == 1, "initial"), else_="review")
    op.execute(discussion.update().where(was_joint).values(joint=True, purpose=first))


def _keep_agreed_minutes() -> None:
    bind = op.get_bind()
    agreed = sa.select(discussion, user.c.name.label("chair")).outerjoin(
        user, user.c.id == discussion.c.chair_id
    )
    agreed = agreed.where(discussion.c.status.in_(["minutes_agreed", "circulated"]))
    for row in bind.execute(agreed).all():
        version_id = _add(
            version, discussion_id=row.id, number=1, content=json.dumps(_content(row))
        )
        copy_id = _add(copy, version_id=version_id, number=1, passages_withheld=False)
        for recipient in (row.circulated_to or "").splitlines():
            if recipient.strip():
                _add(
                    circulation,
                    copy_id=copy_id,
                    recipient=recipient.strip(),
                    sent_on=row.circulated_on,
                )


def _add(table: sa.Table, **values: Any) -> int:
    result = op.get_bind().execute(table.insert().values(**values))
    return int(result.inserted_primary_key[0])


def _content(row: Any) -> dict[str, Any]:
    review = row.next_review_on
    said = sa.select(minute).where(minute.c.discussion_id == row.id)
    return {
        "held_on": row.held_on.isoformat(),
        "purpose": (row.purpose or "").capitalize(),
        "joint": bool(row.joint),
        "chair": row.chair or "",
        "next_review_on": review.isoformat() if review else None,
        "attendance": list(_attendance(row.id)),
        "said": {each.heading: each.text for each in op.get_bind().execute(said)},
        "actions": list(_actions(row.id)),
    }


def _attendance(discussion_id: int) -> Iterator[dict[str, str]]:
    for each in _with_agency(participant, discussion_id):
        reason = f": {each.left_out_reason}" if each.left_out_reason else ""
        yield {
            "name": each.name,
            "role": each.role or "",
            "agency": each.label,
            "attendance": ATTENDANCE[each.attendance] + reason,
        }


def _actions(discussion_id: int) -> Iterator[dict[str, Any]]:
    for each in _with_agency(action, discussion_id):
        yield {
            "number": each.number,
            "description": each.description,
            "owner": each.owner,
            "agency": each.label,
            "due_on": each.due_on.isoformat(),
        }


def _with_agency(table: sa.Table, discussion_id: int) -> Any:
    query = sa.select(table, term.c.label).join(term, term.c.id == table.c.agency_id)
    query = query.where(table.c.discussion_id == discussion_id)
    return op.get_bind().execute(query.order_by(table.c.number))


def _list_recipients() -> None:
    bind = op.get_bind()
    got = (
        sa.select(version.c.discussion_id, circulation.c.recipient)
        .join(copy, copy.c.version_id == version.c.id)
        .join(circulation, circulation.c.copy_id == copy.c.id)
        .where(version.c.corrected_on.is_(None))
        .order_by(circulation.c.id)
    )
    lines: dict[int, list[str]] = {}
    for discussion_id, recipient in bind.execute(got).all():
        lines.setdefault(discussion_id, []).append(recipient)
    for discussion_id, recipients in lines.items():
        one = discussion.update().where(discussion.c.id == discussion_id)
        bind.execute(one.values(circulated_to="\n".join(recipients)))


def _swap(batch: Any, name: str, sql: str) -> None:
    batch.drop_constraint(op.f(f"ck_strategy_discussion_{name}"), type_="check")
    batch.create_check_constraint(op.f(f"ck_strategy_discussion_{name}"), sql)


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


def _create_tables() -> None:
    op.create_table(
        "minutes_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("discussion_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("corrected_on", sa.Date(), nullable=True),
        sa.Column("corrected_by_id", sa.Integer(), nullable=True),
        sa.Column("correction_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(agreed_on IS NULL) = (agreed_by_id IS NULL)",
            name=op.f("ck_minutes_version_agreed_says_by_whom"),
        ),
        sa.CheckConstraint(
            "(corrected_on IS NULL) = (correction_reason IS NULL)"
            " AND (corrected_on IS NULL) = (corrected_by_id IS NULL)",
            name=op.f("ck_minutes_version_correction_says_why_and_by_whom"),
        ),
        sa.CheckConstraint(
            "agreed_on IS NULL OR corrected_on IS NULL OR corrected_on >= agreed_on",
            name=op.f("ck_minutes_version_corrected_not_before_agreed"),
        ),
        _foreign("minutes_version", "discussion_id", "strategy_discussion"),
        _foreign("minutes_version", "agreed_by_id", "user"),
        _foreign("minutes_version", "corrected_by_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_version")),
        sa.UniqueConstraint(
            "discussion_id", "number", name=op.f("uq_minutes_version_discussion_id_number")
        ),
    )
    standing = sa.text("corrected_on IS NULL")
    op.create_index(
        "uq_minutes_version_standing", "minutes_version", ["discussion_id"], unique=True,
        sqlite_where=standing, postgresql_where=standing,
    )  # fmt: skip
    op.create_table(
        "minutes_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_for", sa.String(length=200), nullable=True),
        sa.Column("passages_withheld", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(number = 1) = (made_for IS NULL)", name=op.f("ck_minutes_copy_whole_is_for_nobody")
        ),
        sa.CheckConstraint(
            "number > 1 OR NOT passages_withheld",
            name=op.f("ck_minutes_copy_whole_withholds_nothing"),
        ),
        sa.CheckConstraint("trim(made_for) <> ''", name=op.f("ck_minutes_copy_made_for_not_blank")),
        _foreign("minutes_copy", "version_id", "minutes_version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_copy")),
        sa.UniqueConstraint("version_id", "number", name=op.f("uq_minutes_copy_version_id_number")),
    )
    op.create_table(
        "withheld_part",
        sa.Column("copy_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        _foreign("withheld_part", "copy_id", "minutes_copy"),
        sa.PrimaryKeyConstraint("copy_id", "part", name=op.f("pk_withheld_part")),
    )
    op.create_table(
        "circulation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("copy_id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "trim(recipient) <> ''", name=op.f("ck_circulation_recipient_not_blank")
        ),
        _foreign("circulation", "copy_id", "minutes_copy"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circulation")),
    )
    op.create_index("ix_circulation_copy_id", "circulation", ["copy_id"])
    op.create_table(
        "received_information",
        sa.Column("discussion_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        _foreign("received_information", "discussion_id", "strategy_discussion"),
        _foreign("received_information", "agency_id", "term"),
        sa.PrimaryKeyConstraint(
            "discussion_id", "agency_id", "code", name=op.f("pk_received_information")
        ),
    )


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))
