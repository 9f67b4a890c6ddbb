"""Templates of the letters that confirm advice."""

from collections.abc import Sequence

from sqlalchemy import select

from lado.errors import NotFound
from lado.extensions import db
from lado.models import AdviceTemplate, Consultation
from lado.rules.advice import template_of


def everything() -> Sequence[AdviceTemplate]:
    """Those in use first."""
    query = select(AdviceTemplate).order_by(
        AdviceTemplate.retired_on.is_not(None), AdviceTemplate.id
    )
    return db.session.scalars(query).all()


def offered() -> Sequence[AdviceTemplate]:
    return [template for template in everything() if template.retired_on is None]


def fitting(consultation: Consultation) -> AdviceTemplate | None:
    """The one in use that fits what was decided, if one does; a council's own fit nothing."""
    decided = [subject.decision for subject in consultation.subjects]
    code = template_of([decision.term.stage if decision else None for decision in decided])
    return next((each for each in offered() if code and each.code == code), None)


def get(public_id: str) -> AdviceTemplate:
    query = select(AdviceTemplate).where(AdviceTemplate.public_id == public_id)
    template = db.session.scalar(query)
    if template is None:
        raise NotFound
    return template
