"""Finding organisations by name. One that was merged into another is found as that other."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from lado.extensions import db
from lado.models import Organisation, OrganisationName, OrganisationWord
from lado.queries.keyset import Cursor, Order, Page, in_order, page_of
from lado.queries.paging import SIZE
from lado.rules.folding import fold, words
from lado.rules.near_names import LIKE_WHAT_IS_TYPED, NEARLY_THE_SAME, alike, likeness

MOST_NEAR = 8
MOST_CANDIDATES = 200
MOST_SUGGESTED = 10
MOST_WORDS = 8
LAST_LETTER = "\U0010ffff"
STANDING = Organisation.merged_into_id.is_(None)


def called(name: str) -> Sequence[Organisation]:
    """Those of exactly this name, whatever the case, accents and punctuation; if there is none,
    those that it is another name of."""
    folded = fold(name)
    if not folded:
        return []
    other = select(OrganisationName.organisation_id).where(OrganisationName.folded == folded)
    for same in (Organisation.folded == folded, Organisation.id.in_(other)):
        query = select(Organisation).where(STANDING, same).order_by(Organisation.id)
        if found := db.session.scalars(query).all():
            return found
    return []


def like(name: str, *, limit: int = MOST_NEAR) -> Sequence[Organisation]:
    """Those that share words with this name, the most alike first."""
    word = OrganisationWord
    shared = (
        select(word.organisation_id, func.sum(func.length(word.word)).label("letters"))
        .where(word.word.in_(sorted(words(name))))
        .group_by(word.organisation_id)
        .subquery()
    )
    candidates = db.session.scalars(
        select(Organisation)
        .join(shared, shared.c.organisation_id == Organisation.id)
        .where(STANDING)
        .order_by(shared.c.letters.desc(), Organisation.closed, Organisation.folded)
        .limit(MOST_CANDIDATES)
        .options(joinedload(Organisation.sector))
    ).all()
    folded = fold(name)
    return sorted(candidates, key=lambda each: -likeness(folded, each.folded))[:limit]


def near(name: str) -> list[Organisation]:
    """Those whose names are so alike that they may be the same: other order, a slip, an ending."""
    folded = fold(name)
    return [
        organisation
        for organisation in like(name, limit=MOST_CANDIDATES)
        if alike(folded, organisation.folded) >= NEARLY_THE_SAME
    ]


def suggested(typed: str) -> Sequence[Organisation]:
    """Those with each word that was typed, in any order, the last being perhaps not all of it. What
    begins as it was typed comes first, what is closed last. If there are none, a word may be
    misspelt: then those whose names are like it."""
    folded = fold(typed)
    if not folded:
        return []
    begins = Organisation.folded.startswith(folded, autoescape=True)
    found = db.session.scalars(
        _found(folded)
        .order_by(Organisation.closed, begins.desc(), Organisation.folded, Organisation.id)
        .limit(MOST_SUGGESTED)
        .options(joinedload(Organisation.sector))
    ).all()
    return found or [
        each
        for each in like(typed, limit=MOST_SUGGESTED)
        if likeness(folded, each.folded) >= LIKE_WHAT_IS_TYPED
    ]


def page_of_list(
    cursor: Cursor, *, typed: str = "", backwards: bool = False, size: int = SIZE
) -> Page[Organisation]:
    """By name; where something was typed, those with each word of it."""
    known = _found(fold(typed)) if typed else select(Organisation).where(STANDING)
    order = Order.by(Organisation, Organisation.folded, descending=backwards)
    rows = in_order(Organisation, joinedload(Organisation.sector))
    return page_of(known, (), order, cursor, rows, size=size)


def _found(folded: str) -> Select[Organisation]:
    *whole, last = folded.split()[:MOST_WORDS] or [""]
    word = OrganisationWord.word
    conditions = [word == each for each in whole] + [word.between(last, last + LAST_LETTER)]
    return select(Organisation).where(STANDING, *(_has(each) for each in conditions))


def _has(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Organisation.id.in_(select(OrganisationWord.organisation_id).where(condition))


def by_public_id(public_id: str) -> Organisation | None:
    return db.session.scalar(
        select(Organisation).where(STANDING, Organisation.public_id == public_id)
    )
