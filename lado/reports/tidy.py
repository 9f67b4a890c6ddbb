"""The report's figures for other programs: CSV with one figure a line, and JSON."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lado.reports.document import Document
from lado.reports.numbers import Number, Part, numbers
from lado.reports.tables import Cell, Row, Table
from lado.reports.text import plain
from lado.rules.formulas import neutralise


class Figure(NamedTuple):
    """The columns of the CSV file. A note stands where a cell has a symbol and no number."""

    table_id: str
    table: str
    row: str
    column: str
    measure: str
    unit: str
    value: Number | None
    numerator: Number | None
    denominator: Number | None
    note: str


def build_csv(document: Document) -> bytes:
    return write_csv(shown.table for section in document.sections for shown in section.tables)


def write_csv(tables: Iterable[Table]) -> bytes:
    """With a byte order mark, without which Excel takes UTF-8 for Windows-1252."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(Figure._fields)
    for table in tables:
        writer.writerows(map(safe, figures_of(table)))
    return text.getvalue().encode("utf-8-sig")


def figures_of(table: Table) -> Iterator[Figure]:
    for row in table.rows:
        for heading, cell in zip(table.columns, row.cells, strict=True):
            yield from _figures(table, row, spaced(heading), cell)


def _figures(table: Table, row: Row, column: str, cell: Cell) -> Iterator[Figure]:
    """A change in number and in per cent is two figures."""
    found = numbers(cell)
    top, bottom = found.pop(Part.NUMERATOR, None), found.pop(Part.DENOMINATOR, None)
    note = "" if found or bottom is not None else str(cell)
    values: list[tuple[Part, Number | None]] = [*found.items()] or [(_kind(bottom), None)]
    for part, value in values:
        unit = part or table.unit.lower()
        yield Figure(
            table.id, table.caption, row.label, column, _measure(table, row), unit, value,
            top, bottom, note,
        )  # fmt: skip


def _kind(denominator: Number | None) -> Part:
    return Part.NUMBER if denominator is None else Part.PERCENTAGE


def _measure(table: Table, row: Row) -> str:
    """In a table of several measures each row is one."""
    terms = [definition.term for definition in table.definitions]
    return row.label if row.label in terms or not terms else terms[0]


def spaced(text: str) -> str:
    return plain(text).replace("\N{NO-BREAK SPACE}", " ")


def safe(figure: Iterable[Any]) -> list[str | Number]:
    """Nothing that a spreadsheet would run."""
    return [
        neutralise(spaced(each)) if isinstance(each, str) else "" if each is None else each
        for each in figure
    ]


def build_json(document: Document) -> bytes:
    return json.dumps(_as_json(document), ensure_ascii=False, indent=1).encode()


def _as_json(document: Document) -> dict[str, Any]:
    figures = document.figures
    return {
        "title": document.title,
        "council": document.council,
        "period": [figures.period.start.isoformat(), figures.period.end.isoformat()],
        "as_at": figures.as_at.isoformat(),
        "edition": document.edition.value,
        "version": document.version,
        "status": document.status.value,
        "marks": document.marks,
        "correction": document.correction,
        "headlines": [
            {"title": one.title, "value": one.value, "detail": one.detail, "changes": one.changes}
            for one in document.headlines
        ],
        "reconciliation": document.reconciliation,
        "commentary": document.commentary_paragraphs,
        "progress": [{"action": what, "stood": how} for what, how in document.progress],
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "words": section.words,
                "tables": [_table(shown.table) for shown in section.tables],
                "left_out": list(section.left_out),
            }
            for section in document.sections
        ],
        "about": document.about,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "id": table.id,
        "caption": table.caption,
        "unit": table.unit,
        "columns": [spaced(heading) for heading in table.columns],
        "rows": [
            {"label": row.label, "is_total": row.is_total, "cells": [*map(_cell, row.cells)]}
            for row in table.rows
        ],
        "definitions": {one.term: one.rule for one in table.definitions},
        "note": table.note,
    }


def _cell(cell: Cell) -> dict[str, Any]:
    """What it shows, and the numbers in it."""
    found = {(part or "number").replace(" ", "_"): n for part, n in numbers(cell).items()}
    return {"shown": str(cell), **found}
