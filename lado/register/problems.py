"""What is wrong with a register, in words."""

from dataclasses import dataclass

from lado.errors import LadoError

SHOWN = 80


class Unreadable(LadoError):
    """The whole file cannot be used; the message says why and what to do."""


class Fault(Exception):
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
