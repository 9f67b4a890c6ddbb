"""What is wrong with a public list."""

from dataclasses import dataclass

from lado.errors import LadoError


class Unreadable(LadoError):
    """The file is no list of schools or providers at all. The message says why."""


@dataclass(frozen=True)
class Problem:
    row: int
    column: str
    value: str
    wrong: str

    def __str__(self) -> str:
        value = f" “{self.value}”" if self.value else ""
        return f"Row {self.row:,}, {self.column}{value}: {self.wrong}."
