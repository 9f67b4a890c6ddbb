"""Finding organisations by name."""

from collections.abc import Sequence

from rapidfuzz import fuzz
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from lado.extensions import db
from lado.models import Organisation
from lado.queries.paging import SIZE, Cursor, Order, Page, in_order, page_of
from lado.rules.folding import fold

MOST_NAMES = 500
MOST_NEAR = 8
SHORTEST_WORD = 3
NEARLY_THE_SAME = 85


def called(name: str) -> Sequence[Organisation]:
    """Those of exactly this name, whatever the case, accents and punctuation."""
    folded = fold(name)
    if not folded:
        return []
    return db.session.scalars(
        select(Organisation).where(Organisation.folded == folded).order_by(Organisation.id)
    ).all()


def like(name: str, *, limit: int = MOST_NEAR) -> list[Organisation]:
    """Those that share words with this name, the most alike first."""
    words = [word for word in fold(name).split() if len(word) >= SHORTEST_WORD] or [fold(name)]
    found: dict[int, int] = {}
    known: dict[int, Organisation] = {}
    for word in filter(None, words[:6]):
        for organisation in _containing(word):
            known[organisation.id] = organisation
            found[organisation.id] = found.get(organisation.id, 0) + len(word)
    ranked = sorted(known.values(), key=lambda each: (-found[each.id], each.folded))
    return ranked[:limit]


def _containing(word: str) -> Sequence[Organisation]:
    return db.session.scalars(
        select(Organisation)
        .where(Organisation.folded.contains(word, autoescape=True))
        .order_by(Organisation.folded)
        .limit(50)
    ).all()


def near(name: str) -> list[Organisation]:
    """Those whose names are so alike that they may be the same: other order, a slip, an ending."""
    folded = fold(name)
    return [
        organisation
        for organisation in like(name, limit=50)
        if fuzz.token_sort_ratio(folded, organisation.folded) >= NEARLY_THE_SAME
    ]


def page_of_list(
    cursor: Cursor, *, words: str = "", backwards: bool = False, size: int = SIZE
) -> Page[Organisation]:
    """By name; with `words`, those whose names contain each of them."""
    folded = Organisation.folded
    named = [folded.contains(word, autoescape=True) for word in fold(words).split()[:8]]
    order = Order.by(Organisation, folded, descending=backwards)
    rows = in_order(Organisation, joinedload(Organisation.sector))
    return page_of(select(Organisation), named, order, cursor, rows, size=size)


def by_public_id(public_id: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.public_id == public_id))


def names_for_typing() -> list[str]:
    """Every name, for the browser to offer while typing; none when they are too many for a page."""
    if (db.session.scalar(select(func.count()).select_from(Organisation)) or 0) > MOST_NAMES:
        return []
    return list(db.session.scalars(select(Organisation.name).order_by(Organisation.folded)))
