"""Finding records by their texts, the newest first, among those that the reader may know of."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from lado import fulltext
from lado.extensions import db
from lado.models import Enquiry, Organisation, Person, User
from lado.queries import access, cases, consultations
from lado.queries.organisations import STANDING
from lado.queries.people import WHERE_AND_WHAT
from lado.queries.search_documents import Document, compose
from lado.queries.search_sources import RECORDS
from lado.rules.permissions import Permission
from lado.rules.search import Piece, SearchKind, Wanted, found_in, snippet

CHUNK = 100
MOST = 50
# Of each kind, where all are looked for.
SHARES = {
    SearchKind.PERSON: 8,
    SearchKind.ORGANISATION: 7,
    SearchKind.CASE: 15,
    SearchKind.CONSULTATION: 15,
    SearchKind.ENQUIRY: 5,
}
READ_WITH = {
    SearchKind.PERSON: Permission.PERSON_VIEW,
    SearchKind.ORGANISATION: Permission.ORGANISATION_VIEW,
    SearchKind.CASE: Permission.CASE_VIEW,
    SearchKind.CONSULTATION: Permission.CONSULTATION_VIEW,
    SearchKind.ENQUIRY: Permission.CONSULTATION_VIEW,
}
DATED = (SearchKind.CASE, SearchKind.CONSULTATION, SearchKind.ENQUIRY)


@dataclass(frozen=True)
class Hit:
    """`record` as its list shows it; `texts` with the words, each with where it stands."""

    record: Any
    texts: Sequence[tuple[str, Sequence[Piece]]]


@dataclass(frozen=True)
class Found:
    kind: SearchKind
    hits: Sequence[Hit]
    has_more: bool


def search(
    user: User,
    wanted: Wanted,
    *,
    kind: SearchKind | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
    quoted: Collection[Any] = (),
) -> list[Found]:
    """People and organisations have no date: with one asked for, they are not looked for. Those
    `quoted` by their reference come before all others, unless a date is asked for."""
    dated = bool(first_day or last_day)
    first_ids = {each: [] if dated else _ids_of(each, quoted) for each in SHARES}
    found = []
    for each, share in sorted(SHARES.items(), key=lambda item: not first_ids[item[0]]):
        asked = kind in (None, each) and not (dated and each not in DATED)
        if asked and user.can(READ_WITH[each]):
            first = fulltext.place(first_day, 0)
            last = fulltext.place(last_day or date.max, fulltext.LAST_ID)
            most = MOST if kind else share
            best = _best(user, each, wanted, first, last, most + 1)
            ids = list(dict.fromkeys(first_ids[each] + best))
            hits = _hits(each, ids[:most], wanted)
            found.append(Found(each, hits, len(ids) > most))
    return [each for each in found if each.hits]


def _ids_of(kind: SearchKind, records: Collection[Any]) -> list[int]:
    return [record.id for record in records if isinstance(record, RECORDS[kind])]


def _best(
    user: User, kind: SearchKind, wanted: Wanted, first: int, last: int, most: int
) -> list[int]:
    """Ids: those with the whole words, then those with the beginnings of longer ones. The second
    cost more, the more records there are, and of common words nobody comes to them."""
    ids = _visible(user, kind, wanted.exactly(), first, last, most)
    if len(ids) < most and wanted != wanted.exactly():
        others = _visible(user, kind, wanted, first, last, most)
        ids += [id_ for id_ in others if id_ not in ids]
    return ids[:most]


def _visible(
    user: User, kind: SearchKind, wanted: Wanted, first: int, last: int, most: int
) -> list[int]:
    """Ids. What is hidden from the reader makes room for what comes after it."""
    model, ids = RECORDS[kind], list[int]()
    while len(ids) < most:
        places = fulltext.find(db.session(), kind, wanted, first=first, last=last, most=CHUNK)
        candidates = [fulltext.record_at(place) for place in places]
        query = access.visible(user, model).where(model.id.in_(candidates))
        if kind is SearchKind.ORGANISATION:
            query = query.where(STANDING)
        visible = set(db.session.scalars(query.with_only_columns(model.id)))
        ids += [id_ for id_ in candidates if id_ in visible]
        if len(places) < CHUNK:
            break
        last = places[-1] - 1
    return ids[:most]


def _hits(kind: SearchKind, ids: Sequence[int], wanted: Wanted) -> list[Hit]:
    if not ids:
        return []
    documents, records = compose(kind, ids), ROWS[kind](ids)
    return [Hit(records[id_], list(_shown(documents[id_], wanted))) for id_ in ids]


def _shown(document: Document, wanted: Wanted) -> Iterator[tuple[str, Sequence[Piece]]]:
    """The texts that together hold the words, those with most of them first."""
    found = [(found_in(text, wanted.terms), where, text) for where, text in document.parts]
    missing = set(wanted.terms)
    while most := max(found, key=lambda part: len(part[0] & missing), default=None):
        terms, where, text = most
        if not terms & missing:
            return
        yield where, snippet(text, wanted.terms)
        missing -= terms


def _people(ids: Sequence[int]) -> dict[int, Person]:
    query = select(Person).where(Person.id.in_(ids))
    options = selectinload(Person.positions).options(*WHERE_AND_WHAT)
    people = db.session.scalars(query.options(selectinload(Person.names), options))
    return {person.id: person for person in people}


def _organisations(ids: Sequence[int]) -> dict[int, Organisation]:
    query = select(Organisation).where(Organisation.id.in_(ids))
    found = db.session.scalars(query.options(joinedload(Organisation.sector)))
    return {organisation.id: organisation for organisation in found}


def _enquiries(ids: Sequence[int]) -> dict[int, Enquiry]:
    query = select(Enquiry).where(Enquiry.id.in_(ids)).options(joinedload(Enquiry.asker_agency))
    return {enquiry.id: enquiry for enquiry in db.session.scalars(query)}


ROWS: dict[SearchKind, Callable[[Sequence[int]], dict[int, Any]]] = {
    SearchKind.PERSON: _people,
    SearchKind.ORGANISATION: _organisations,
    SearchKind.CASE: cases.rows_of,
    SearchKind.ENQUIRY: _enquiries,
    SearchKind.CONSULTATION: lambda ids: dict(zip(ids, consultations.lines_of(ids), strict=True)),
}
