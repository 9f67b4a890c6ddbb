"""Rows whose reference is on record already: the same again, or something else."""

from collections.abc import Iterable, Iterator

from lado.register.contents import differences, of_row
from lado.register.exporting import Line, lines
from lado.register.problems import Problem
from lado.register.row import Row
from lado.services.audit import Actor

TO_DO = (
    "Change the record in the system, or correct the row; give another contact another reference."
)


def compare(rows: Iterable[Row], by: Actor) -> list[Problem]:
    """A problem for each cell that contradicts the record."""
    on_record = {line.contact_ref: line for line in lines(by, hidden=True)}
    return [problem for row in rows for problem in _problems(row, on_record.get(row.contact_ref))]


def _problems(row: Row, line: Line | None) -> Iterator[Problem]:
    if line is None:
        return
    found = differences(line.contents, of_row(row))
    if found and not line.shown:
        yield Problem(
            row.number,
            "Contact ref",
            row.contact_ref,
            "This reference is on record with other contents, which you may not see.",
            "Ask your manager.",
        )
        return
    for heading, ours, theirs in found:
        yield Problem(
            row.number,
            heading,
            theirs,
            f"{row.contact_ref} is on record with other contents: the system has "
            f"{_quoted(ours)}, the file has {_quoted(theirs)}.",
            TO_DO,
        )


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "nothing"
