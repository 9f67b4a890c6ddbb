"""Two organisations that are one are merged, split again, or told apart.

What names the one that goes is made to name the one that stays, whoever may see it; each such
record is written down, so that a split gives it back.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, insert, select, update

from lado import clock
from lado.errors import Refused
from lado.extensions import db
from lado.models import (
    Case,
    Consultation,
    ConsultationSubject,
    Organisation,
    OrganisationMerge,
    OrganisationMoved,
    OrganisationName,
    OrganisationsApart,
    Position,
    User,
)
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import MovedPart
from lado.services import audit
from lado.services.organisation import index_in_transaction
from lado.services.transaction import writes

COLUMNS: dict[MovedPart, Any] = {
    MovedPart.POSITION: Position.organisation_id,
    MovedPart.SETTING: Consultation.setting_id,
    MovedPart.SUBJECT: ConsultationSubject.organisation_id,
    MovedPart.CASE: Case.organisation_id,
    MovedPart.OTHER_NAME: OrganisationName.organisation_id,
}
SAME = "Choose two different organisations."
MERGED = "This organisation was merged with another meanwhile. Open that one."
NUMBERED = "Keep the one that has a number in a public list: the list is loaded into it."
LATER = "This organisation was merged with a further one since. Split that first."
SPLIT = "They were split already."
CHUNK = 500


@writes(AuditAction.ORGANISATION_MERGED)
def merge(merged: Organisation, *, into: Organisation, reason: str, by: User) -> OrganisationMerge:
    if merged is into:
        raise Refused(SAME)
    if merged.merged_into_id or into.merged_into_id:
        raise Refused(MERGED)
    if merged.urn and not into.urn:
        raise Refused(NUMBERED)
    record = OrganisationMerge(
        merged=merged, into=into, reason=reason, merged_at=clock.now(), merged_by=by
    )
    db.session.add(record)
    db.session.flush()
    for part in MovedPart:
        _move(record, part)
    merged.merged_into = into
    db.session.add(
        OrganisationName(
            organisation_id=into.id, name=merged.name, folded=merged.folded, merge_id=record.id
        )
    )
    _index_again(merged, into)
    audit.record(AuditAction.ORGANISATION_MERGED, merged, by=by)
    audit.record(AuditAction.ORGANISATION_MERGED, into, by=by)
    return record


def _move(record: OrganisationMerge, part: MovedPart) -> None:
    column = COLUMNS[part]
    key = column.class_.id
    ids = db.session.scalars(select(key).where(column == record.merged_id)).all()
    if not ids:
        return
    rows = [{"merge_id": record.id, "part": part, "record_id": each} for each in ids]
    db.session.execute(insert(OrganisationMoved), rows)
    _point(column, ids, to=record.into_id)


def _point(column: Any, ids: Any, *, to: int, from_: int | None = None) -> None:
    for some in _chunks(ids):
        change = update(column.class_).where(column.class_.id.in_(some))
        if from_ is not None:
            change = change.where(column == from_)
        db.session.execute(change.values({column.key: to}))


def _chunks(ids: Any) -> Iterator[Any]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _index_again(*organisations: Organisation) -> None:
    db.session.flush()
    for organisation in organisations:
        db.session.expire(organisation, ["other_names"])
        index_in_transaction(organisation)


@writes(AuditAction.ORGANISATION_SPLIT)
def split(record: OrganisationMerge, *, reason: str, by: User) -> None:
    """What was moved goes back, unless somebody gave it another organisation since. What came
    after the merge stays where it was put."""
    if record.undone_at:
        raise Refused(SPLIT)
    if record.into.merged_into_id:
        raise Refused(LATER)
    db.session.execute(delete(OrganisationName).where(OrganisationName.merge_id == record.id))
    for part in MovedPart:
        moved = select(OrganisationMoved.record_id).where(
            OrganisationMoved.merge_id == record.id, OrganisationMoved.part == part
        )
        ids = db.session.scalars(moved).all()
        _point(COLUMNS[part], ids, to=record.merged_id, from_=record.into_id)
    record.merged.merged_into = None
    record.undone_at, record.undone_by_id, record.undone_reason = clock.now(), by.id, reason
    _index_again(record.merged, record.into)
    audit.record(AuditAction.ORGANISATION_SPLIT, record.merged, by=by)
    audit.record(AuditAction.ORGANISATION_SPLIT, record.into, by=by)


@writes(AuditAction.ORGANISATION_TOLD_APART)
def tell_apart(one: Organisation, *, other: Organisation, by: User) -> None:
    if one is other:
        raise Refused(SAME)
    first, second = sorted((one.id, other.id))
    if not db.session.get(OrganisationsApart, (first, second)):
        db.session.add(
            OrganisationsApart(
                first_id=first, second_id=second, told_by_id=by.id, told_at=clock.now()
            )
        )
    audit.record(AuditAction.ORGANISATION_TOLD_APART, one, by=by)
