"""A list of names that another authority asks about: Query ref, Surname, Forename, Date of birth
and Setting, any of them blank."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from lado.register.cells import clean_line
from lado.register.dates import parse_date
from lado.register.problems import Fault, Unreadable
from lado.register.reading import decode
from lado.rules.folding import fold
from lado.rules.matching import Called, Identity

REF, SURNAME, FORENAME, BORN, SETTING = HEADINGS = (
    "Query ref", "Surname", "Forename", "Date of birth", "Setting",
)  # fmt: skip
MOST_LISTED = 20


@dataclass(frozen=True)
class Query:
    reference: str
    asked: Identity


def read_list(data: bytes) -> list[Query]:
    """Raises Unreadable, which names each row that is wrong, and how to mend it."""
    rows = csv.DictReader(io.StringIO(decode(data)[0]), strict=True)
    try:
        found = list(rows)
        _check_headings(rows.fieldnames or ())
    except csv.Error as error:
        raise Unreadable(f"This is not a CSV file ({error}). Save it as “CSV UTF-8”.") from None
    queries, wrong = [], []
    for number, row in enumerate(found, start=2):
        cells = {fold(name): clean_line(text or "") for name, text in _named(row)}
        try:
            queries.append(_query(cells))
        except Fault as fault:
            wrong.append(f"Row {number}, {BORN}: {fault.wrong} {fault.to_do}")
    if wrong:
        more = [f"and {len(wrong) - MOST_LISTED} more"] if len(wrong) > MOST_LISTED else []
        raise Unreadable("\n".join([*wrong[:MOST_LISTED], *more]))
    return queries


def _named(row: dict[str | None, str | None]) -> Iterator[tuple[str, str | None]]:
    """Without what stands beyond the last heading."""
    return ((name, text) for name, text in row.items() if name is not None)


def _check_headings(headings: object) -> None:
    known = {fold(name) for name in headings or ()}  # type: ignore[attr-defined]
    missing = [name for name in (SURNAME, FORENAME, BORN) if fold(name) not in known]
    if missing:
        raise Unreadable(
            f"No column is headed {' or '.join(missing)}. The first row names the columns: "
            f"{', '.join(HEADINGS)}."
        )


def _query(cells: dict[str, str]) -> Query:
    def cell(heading: str) -> str:
        return cells.get(fold(heading), "")

    born = parse_date(cell(BORN)) if cell(BORN) else None
    name = Called(cell(SURNAME), cell(FORENAME))
    places = {fold(cell(SETTING))} - {""}
    return Query(cell(REF), Identity([name], born, places=places))
