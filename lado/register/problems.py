"""What is wrong with a register, in words."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from lado.errors import LadoError
from lado.register.cells import neutralise

HEADINGS = ("Row", "Column", "Value", "What is wrong", "What to do")
SHOWN = 80


class Unreadable(LadoError):
    """The whole file cannot be used; the message says why and what to do."""


class Fault(Exception):  # noqa: N818 - it is turned into a Problem
    """What is wrong with one cell, wherever it stands."""

    def __init__(self, wrong: str, to_do: str) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.to_do = to_do


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` is counted as a spreadsheet counts it. None: the file as a whole."""

    row: int | None
    column: str
    value: str
    wrong: str
    to_do: str

    def __str__(self) -> str:
        value = self.value if len(self.value) <= SHOWN else self.value[: SHOWN - 1] + "…"
        place = [f"Row {self.row}"] if self.row else []
        place += [self.column] if self.column else []
        quoted = f" “{' '.join(value.split())}”" if value else ""
        return f"{', '.join(place)}{quoted}: {self.wrong} {self.to_do}".strip(": ")


def write_problems(problems: Iterable[Problem], file: TextIO) -> None:
    """As CSV, to be opened beside the register; `file` is opened with newline=''."""
    file.write("\ufeff")
    csv.writer(file).writerows(_lines(problems))


def _lines(problems: Iterable[Problem]) -> Iterator[list[str]]:
    yield list(HEADINGS)
    for each in problems:
        row = str(each.row) if each.row else ""
        yield [row, *map(neutralise, (each.column, each.value, each.wrong, each.to_do))]
