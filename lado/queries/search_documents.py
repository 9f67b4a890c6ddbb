"""A record's texts as one document, to be indexed and to show where the words stand."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from lado.extensions import db
from lado.queries.search_sources import RECORDS, SOURCES, Source, rows_of
from lado.rules.folding import fold
from lado.rules.search import SearchKind


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
    for number, id_, *texts in db.session.execute(rows_of(kind), {"ids": list(ids)}):
        documents[id_].parts += _parts(SOURCES[kind][number], iter(texts))
    return documents


def _parts(source: Source, texts: Iterator[str | None]) -> Iterator[tuple[str, str]]:
    for columns, label in zip(source.columns(), source.texts.values(), strict=True):
        text = " ".join(filter(None, [next(texts) for _ in columns]))
        if text:
            yield label, text
