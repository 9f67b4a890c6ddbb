"""A record's texts as one document, to be indexed and to show where the words stand."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import CTE, Select, Text, bindparam, cast, literal, null, select, union_all

from lado.extensions import db
from lado.queries.search_sources import RECORDS, SOURCES, Source
from lado.rules.folding import fold
from lado.rules.search import SearchKind

_NO_TEXT = cast(null(), Text)


@dataclass
class Document:
    """`parts` are the texts in the order of the sources, each with the words for where it is."""

    day: date | None = None
    parts: list[tuple[str, str]] = field(default_factory=list)

    @property
    def words(self) -> str:
        return fold("\n".join(text for _, text in self.parts))


def compose(kind: SearchKind, ids: Collection[int]) -> dict[int, Document]:
    """The documents of these records, by id; none for one that is not there any more."""
    model = RECORDS[kind]
    day = model.received_on if hasattr(model, "received_on") else None
    columns = [model.id, *([day] if day else [])]
    found = db.session.execute(select(*columns).where(model.id.in_(ids)))
    documents = {row[0]: Document(row[1] if day else None) for row in found}
    for number, id_, *texts in db.session.execute(_texts(kind), {"ids": list(ids)}):
        documents[id_].parts += _parts(SOURCES[kind][number], iter(texts))
    return documents


def _parts(source: Source, texts: Iterator[str | None]) -> Iterator[tuple[str, str]]:
    for columns, label in zip(source.columns(), source.texts.values(), strict=True):
        text = " ".join(filter(None, [next(texts) for _ in columns]))
        if text:
            yield label, text


@cache
def _texts(kind: SearchKind) -> Select[Any]:
    """Of the records `ids`, each source's number, the record and its texts: one statement, because
    it is asked with each saving, and put together once, because that takes as long as to ask it."""
    model, sources = RECORDS[kind], SOURCES[kind]
    wanted = select(model.id).where(model.id.in_(bindparam("ids", expanding=True))).cte("wanted")
    width = max(source.width for source in sources)
    parts = [_texts_of(source, n, wanted, width) for n, source in enumerate(sources)]
    found = union_all(*parts).subquery()
    texts = [found.c[f"text_{place}"] for place in range(width)]
    query = select(found.c.source, found.c.record, *texts)
    return query.order_by(found.c.source, found.c.record, found.c.first, found.c.second)


def _texts_of(source: Source, number: int, wanted: CTE, width: int) -> Select[Any]:
    """With its rows' keys, and as many texts as the widest source has."""
    flat = [column for columns in source.columns() for column in columns]
    first, *second = flat[0].class_.__mapper__.primary_key
    texts = [*flat, *(_NO_TEXT for _ in range(width - len(flat)))]
    query: Select[Any] = select(
        literal(number).label("source"),
        source.record.label("record"),
        first.label("first"),
        (second[0] if second else _NO_TEXT).label("second"),
        *(text.label(f"text_{place}") for place, text in enumerate(texts)),
    ).select_from(flat[0].class_)
    for target, on in source.via:
        query = query.join(target, on)
    return query.where(source.record.in_(select(wanted.c.id)))
