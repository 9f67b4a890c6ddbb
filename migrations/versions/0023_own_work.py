"""The LADO service is an agency, whose actions wait for nobody else; a referral and each strand are
asked after."""

import secrets

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0023"
down_revision = "0022"

term = sa.table(
    "term", sa.column("public_id"), sa.column("version", sa.Integer), sa.column("group"),
    sa.column("code"), sa.column("label"), sa.column("synonyms", sa.JSON),
    sa.column("position", sa.Integer),
)  # fmt: skip
OWN = {"group": "agency", "code": "lado_service", "label": "LADO service"}
AFTER_IT = "council"
CHASED = "'action', 'minutes', 'review', 'employer'"


def upgrade() -> None:
    _add_term()
    with op.batch_alter_table("chase") as batch:
        batch.add_column(sa.Column("referral_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_chase_referral_id"), "onward_referral", ["referral_id"], ["id"]
        )
        batch.create_index("ix_chase_referral_id", ["referral_id"])
        _drop(batch, "chased", "chased_an_employer")
        _create(batch, "chased", f"what IN ({CHASED}, 'referral', 'strand')")
        _create(batch, "chased_a_referral", "(what = 'referral') = (referral_id IS NOT NULL)")
        _create(
            batch, "chased_a_strand", "(what IN ('employer', 'strand')) = (strand_id IS NOT NULL)"
        )


def downgrade() -> None:
    """The term stays: records may use it."""
    op.execute("DELETE FROM chase WHERE what IN ('referral', 'strand')")
    with op.batch_alter_table("chase") as batch:
        _drop(batch, "chased", "chased_a_referral", "chased_a_strand")
        _create(batch, "chased", f"what IN ({CHASED})")
        _create(batch, "chased_an_employer", "(what = 'employer') = (strand_id IS NOT NULL)")
        batch.drop_index("ix_chase_referral_id")
        batch.drop_constraint(op.f("fk_chase_referral_id"), type_="foreignkey")
        batch.drop_column("referral_id")


def _add_term() -> None:
    """Before the council's other services, where that list has them. A council that has such a
    word already keeps it."""
    bind = op.get_bind()
    of_list = term.c.group == OWN["group"]
    taken = sa.or_(term.c.code == OWN["code"], term.c.label == OWN["label"])
    if bind.scalar(sa.select(sa.func.count()).where(of_list, taken)):
        return
    following = sa.select(term.c.position).where(of_list, term.c.code == AFTER_IT)
    last = sa.select(sa.func.max(term.c.position))
    place = bind.scalar(following) or (bind.scalar(last) or 0) + 1
    op.execute(sa.update(term).where(term.c.position >= place).values(position=term.c.position + 1))
    op.bulk_insert(
        term,
        [
            OWN
            | {"public_id": secrets.token_urlsafe(16), "version": 1, "synonyms": []}
            | {"position": place}
        ],
    )


def _drop(batch: BatchOperations, *names: str) -> None:
    for name in names:
        batch.drop_constraint(op.f(f"ck_chase_{name}"), type_="check")


def _create(batch: BatchOperations, name: str, sql: str) -> None:
    batch.create_check_constraint(op.f(f"ck_chase_{name}"), sql)
