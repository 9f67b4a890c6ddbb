"""The records behind a count, as far as the reader may know of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lado.extensions import db
from lado.models import Case, Consultation, User
from lado.queries import access
from lado.queries.cases import rows_of
from lado.queries.consultations import Listed, lines_of
from lado.queries.paging import SIZE, Page

# Fewer than the parameters that a statement may have.
AT_ONCE = 10_000


@dataclass(frozen=True)
class Line:
    """`number` is that of the thing counted: one may be found in several records."""

    number: int
    record: Case | Listed


def listed(
    user: User,
    thing: type[Case] | type[Consultation],
    homes: Sequence[Sequence[int]],
    page: int,
) -> Page[Line]:
    """Each thing that was counted once, with the records that it is found in. A thing that is in
    no record that `user` may know of is left out, and its number is not missed."""
    known = set(_known(user, thing, {each for ids in homes for each in ids}))
    shown = [ids for ids in ([each for each in ids if each in known] for ids in homes) if ids]
    page = min(max(page, 1), max(-(-len(shown) // SIZE), 1))
    first = (page - 1) * SIZE
    part = list(enumerate(shown[first : first + SIZE], start=first + 1))
    records = _records(thing, list({each: None for _, ids in part for each in ids}))
    lines = [Line(number, records[each]) for number, ids in part for each in ids]
    return Page(lines, page, len(shown), first + SIZE < len(shown))


def _known(user: User, thing: type[Any], ids: set[int]) -> Iterator[int]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), AT_ONCE):
        some = ordered[start : start + AT_ONCE]
        query = access.visible(user, thing).where(thing.id.in_(some))
        yield from db.session.scalars(query.with_only_columns(thing.id))


def _records(thing: type[Any], ids: list[int]) -> dict[int, Any]:
    return rows_of(ids) if thing is Case else dict(zip(ids, lines_of(ids), strict=True))
