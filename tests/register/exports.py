"""What an export says, read back cell by cell."""

import csv
import io

from lado.register.export import lines_for, write_register
from lado.register.loading import load
from lado.register.writing import CSV, Format
from lado.services.audit import COMMAND_LINE, Actor


def exported(form: Format = CSV, by: Actor = COMMAND_LINE) -> bytes:
    file = io.BytesIO()
    write_register(lines_for(by), file, form, by=by)
    return file.getvalue()


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def rows(data: bytes) -> list[dict[str, str]]:
    """By heading, without the empty cells."""
    headings, *lines = cells(data)
    return [{key: cell for key, cell in zip(headings, line, strict=True) if cell} for line in lines]


def loads_and_comes_out_the_same(data: bytes) -> bool:
    """In a system that is empty."""
    result = load(data, by=COMMAND_LINE)
    assert not result.problems, [str(problem) for problem in result.problems]
    assert cells(exported()) == cells(data)
    return True
