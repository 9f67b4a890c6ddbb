"""Templates of the letters that confirm advice."""

from collections.abc import Sequence

from sqlalchemy import select

from lado.errors import NotFound
from lado.extensions import db
from lado.models import AdviceTemplate


def everything() -> Sequence[AdviceTemplate]:
    """Those in use first."""
    query = select(AdviceTemplate).order_by(
        AdviceTemplate.retired_on.is_not(None), AdviceTemplate.id
    )
    return db.session.scalars(query).all()


def offered() -> Sequence[AdviceTemplate]:
    return [template for template in everything() if template.retired_on is None]


def get(public_id: str) -> AdviceTemplate:
    query = select(AdviceTemplate).where(AdviceTemplate.public_id == public_id)
    template = db.session.scalar(query)
    if template is None:
        raise NotFound
    return template
