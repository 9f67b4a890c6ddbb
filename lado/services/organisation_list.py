"""A public list of schools or providers becomes organisations: all of it, or nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Row, Table, insert

from lado import clock
from lado.database import fresh_ids
from lado.extensions import db
from lado.models import Organisation, OrganisationName, OrganisationWord
from lado.models.base import new_public_id
from lado.queries.establishments import Comparison, Found
from lado.rules.audit import AuditAction
from lado.rules.establishments import Facts
from lado.rules.folding import words
from lado.rules.vocabulary import Origin
from lado.services import audit
from lado.services.audit import Actor
from lado.services.organisation import index_in_transaction
from lado.services.transaction import writes

ORGANISATIONS = cast(Table, Organisation.__table__)
WORDS = cast(Table, OrganisationWord.__table__)


@writes(AuditAction.ORGANISATIONS_IMPORTED)
def import_organisations(
    chunks: Iterable[Sequence[Facts]], *, in_file: Mapping[str, int], by: Actor
) -> Found:
    """What is on record is read again under the write lock, so that nothing is added twice."""
    found, comparison = Found(), Comparison(in_file)
    ids = fresh_ids(db.session(), ORGANISATIONS)
    for chunk in chunks:
        plan = comparison.plan(chunk)
        if plan.new:
            _add(plan.new, ids)
        for row, values in plan.changed:
            _change(row, values)
        found.add(plan)
    audit.record(
        AuditAction.ORGANISATIONS_IMPORTED,
        None,
        by=by,
        added=found.added,
        changed=found.changed,
        adopted=found.adopted,
    )
    return found


def _add(new: Sequence[dict[str, Any]], ids: Iterator[int]) -> None:
    common = {"origin": Origin.REGISTER, "entered_at": clock.now(), "version": 1}
    rows = [{"id": next(ids), "public_id": new_public_id(), **common, **values} for values in new]
    indexed = [
        {"word": word, "organisation_id": row["id"]}
        for row in rows
        for word in words(row["folded"], row["town"] or "")
    ]
    db.session.execute(insert(ORGANISATIONS), _alike(rows))
    db.session.execute(insert(WORDS), indexed)


def _alike(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """One statement for all takes the same columns from each."""
    columns = {name for row in rows for name in row}
    return [dict.fromkeys(columns) | row for row in rows]


def _change(row: Row[Any], values: dict[str, Any]) -> None:
    """The name it had stays known as another one."""
    organisation = db.session.get_one(Organisation, row.id)
    for name, value in values.items():
        setattr(organisation, name, value)
    if "folded" in values:
        organisation.other_names.append(OrganisationName(name=row.name, folded=row.folded))
    if values.keys() & {"folded", "town"}:
        index_in_transaction(organisation)
