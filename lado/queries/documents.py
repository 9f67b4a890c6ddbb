"""The documents of a case or a consultation, which is fetched by `access` first."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, func, or_, select, union
from sqlalchemy.orm import joinedload

from lado import clock
from lado.errors import NotFound
from lado.extensions import db
from lado.models import Case, Consultation, Document, OtherAuthority

Home = Case | Consultation
PACKS_ARE_KEPT = timedelta(days=1)


def at(home: Home) -> ColumnElement[bool]:
    column = Document.case_id if isinstance(home, Case) else Document.consultation_id
    return column == home.id


def documents_of(home: Home, consultations: Collection[int] = ()) -> Sequence[Document]:
    """Also those of `consultations`, which the reader may know of. The newest first."""
    query = (
        select(Document)
        .where(or_(at(home), Document.consultation_id.in_(consultations)))
        .order_by(Document.id.desc())
        .options(
            joinedload(Document.case),
            joinedload(Document.consultation),
            joinedload(Document.text_agency),
            joinedload(Document.added_by),
            joinedload(Document.withdrawn_by),
            joinedload(Document.deleted_by),
        )
    )
    return db.session.scalars(query).all()


def document(home: Home, number: int) -> Document:
    found = db.session.scalar(select(Document).where(at(home), Document.number == number))
    if found is None:
        raise NotFound
    return found


def how_many(home: Home) -> int:
    return db.session.scalar(select(func.count(Document.id)).where(at(home))) or 0


def stored() -> Sequence[Document]:
    """Those whose content is kept."""
    query = select(Document).where(Document.deleted_at.is_(None)).order_by(Document.id)
    return db.session.scalars(query).all()


def is_kept(name: str) -> bool:
    query = select(Document.id).where(Document.stored_as == name, Document.deleted_at.is_(None))
    return db.session.scalar(query) is not None


def known_files() -> set[str]:
    packs = select(OtherAuthority.pack_stored_as).where(
        OtherAuthority.pack_made_at > clock.now() - PACKS_ARE_KEPT
    )
    kept = select(Document.stored_as).where(Document.deleted_at.is_(None))
    return set(db.session.scalars(union(kept, packs)))
