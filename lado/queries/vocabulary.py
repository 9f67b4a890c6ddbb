"""Reading the local lists."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from lado.errors import NotFound
from lado.extensions import db
from lado.models import Term
from lado.rules.vocabulary import TermGroup
from lado.rules.words import normalise


def terms(group: TermGroup, *, on: date | None = None, keep: Iterable[int] = ()) -> Sequence[Term]:
    """The terms of a list in its order: all of them, or those in use on a day.

    `keep` names ids that stay in whatever the day: those an old record has.
    """
    query = (
        select(Term)
        .where(Term.group == group)
        .order_by(Term.position, Term.id)
        .options(joinedload(Term.parent))
    )
    if on is not None:
        in_use = and_(
            or_(Term.valid_from.is_(None), Term.valid_from <= on),
            or_(Term.valid_to.is_(None), Term.valid_to >= on),
        )
        query = query.where(or_(in_use, Term.id.in_(list(keep))))
    return db.session.scalars(query).all()


def find(group: TermGroup, label: str) -> Term | None:
    """The term of that label or synonym, whatever the case and spacing."""
    word = normalise(label)
    everything = terms(group)
    by_label = (term for term in everything if normalise(term.label) == word)
    by_synonym = (
        term for term in everything if any(normalise(synonym) == word for synonym in term.synonyms)
    )
    return next(by_label, None) or next(by_synonym, None)


def get(public_id: str) -> Term:
    term = db.session.scalar(select(Term).where(Term.public_id == public_id))
    if term is None:
        raise NotFound
    return term


def counts(day: date) -> dict[TermGroup, tuple[int, int]]:
    """For each list how many terms are in use on a day, and how many are not."""
    totals = dict.fromkeys(TermGroup, (0, 0))
    for term in db.session.scalars(select(Term)):
        used, unused = totals[term.group]
        in_use = term.in_use_on(day)
        totals[term.group] = (used + in_use, unused + (not in_use))
    return totals
