"""How the cells of each column are read. What a cell means is worked out once per column."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar, cast

from lado.register.cells import (
    Cell,
    as_text,
    clean_line,
    clean_lines,
    has_hidden,
)
from lado.register.columns import Column, Kind
from lado.register.dates import parse_date
from lado.register.problems import Fault
from lado.register.row import OtherRole
from lado.register.words import Words
from lado.rules.folding import fold
from lado.rules.formulas import starts_formula, undo
from lado.rules.vocabulary import Children, Sex, TermGroup
from lado.rules.words import MOST_CHILDREN, is_name, normalise

YES_NO = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
SEXES = {
    "female": Sex.FEMALE,
    "f": Sex.FEMALE,
    "woman": Sex.FEMALE,
    "male": Sex.MALE,
    "m": Sex.MALE,
    "man": Sex.MALE,
}
NO_CHILDREN = {"none identified", "none", "nil", "0"}
SEVERAL_CHILDREN = {"multiple", "several", "many"}
NAMES = {"surname", "forename"}
Value = TypeVar("Value")
_ROLE = re.compile(r"([^@]*)@(.*)\[([^\[\]]*)\]", re.DOTALL)
_NEXT_ROLE = re.compile(r"(?<=\])\s*;")


class Reader:
    """Remembers what each cell meant, faults included. `formulas` are the cells that begin like
    a formula though no export of ours wrote them."""

    def __init__(self, column: Column, words: Words, today: date) -> None:
        self.column = column
        self.formulas: set[Cell] = set()
        self.seen: dict[Cell, Any] = {}
        self._words = words
        self._today = today
        self._parse: Callable[[str], Any] = {
            Kind.LINE: self._line,
            Kind.LINES: self._line,
            Kind.DATE: self._date,
            Kind.DATES: self._dates,
            Kind.TERM: self._term,
            Kind.TERMS: self._terms,
            Kind.YES_NO: self._yes_no,
            Kind.SEX: self._sex,
            Kind.CHILDREN: self._children,
            Kind.ROLES: self._roles,
            Kind.ENDING: words.ending,
        }[column.kind]

    def look(self, cell: Cell) -> Any:
        """The value, None for nothing, or a Fault."""
        try:
            value = self._value(cell)
        except Fault as fault:
            value = fault
        self.seen[cell] = value
        return value

    def _value(self, cell: Cell) -> Any:
        if isinstance(cell, date):
            if self.column.kind is Kind.DATE:
                return self._past(cell)
            cell = as_text(cell)
        text = undo(cell)
        if text == cell and starts_formula(cell):
            self.formulas.add(cell)
        text = clean_lines(text) if self.column.kind is Kind.LINES else clean_line(text)
        if has_hidden(text):
            raise Fault("This has characters in it that cannot be seen.", "Type the cell anew.")
        return self._parse(text) if text else None

    def _line(self, text: str) -> str:
        longest = self.column.longest
        if len(text) > longest:
            raise Fault(f"This has more than {longest:,} characters.", "Shorten it.")
        if self.column.key in NAMES and not is_name(text):
            raise Fault(
                "This is not a name.", "Leave the cells of the name empty when it is not known."
            )
        if self.column.key == "setting" and not fold(text):
            raise Fault("This has no letters or numbers in it.", "Write the setting's name.")
        return text

    def _date(self, text: str) -> date:
        return self._past(parse_date(text))

    def _past(self, day: date) -> date:
        if day > self._today:
            raise Fault(
                "This day is still to come.", "Correct it, or leave out what has not happened yet."
            )
        if day.year < 1900:  # noqa: PLR2004 - as dates.EARLIEST
            raise Fault("The year is before 1900.", "Correct the year.")
        return day

    def _dates(self, text: str) -> tuple[date, ...]:
        return tuple(self._date(part) for part in _parts(text))

    def _term(self, text: str) -> Any:
        return self._words.match(cast(TermGroup, self.column.group), text)

    def _terms(self, text: str) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(self._term(part) for part in _parts(text)))

    @staticmethod
    def _yes_no(text: str) -> bool:
        return _one_of(YES_NO, text, "Yes or No")

    @staticmethod
    def _sex(text: str) -> Sex:
        return _one_of(SEXES, text, "Female or Male")

    @staticmethod
    def _children(text: str) -> tuple[Children, int | None]:
        word = normalise(text)
        if word in NO_CHILDREN:
            return Children.NONE_IDENTIFIED, None
        if word in SEVERAL_CHILDREN:
            return Children.MULTIPLE, None
        if word.isascii() and word.isdigit() and len(word) <= len(str(MOST_CHILDREN)):
            count = int(word)
            if 1 <= count <= MOST_CHILDREN:
                return Children.COUNTED, count
        raise Fault(
            "This is not a number of children.",
            f"Write None identified, a number up to {MOST_CHILDREN}, or Multiple.",
        )

    def _roles(self, text: str) -> tuple[OtherRole, ...]:
        return tuple(self._role(part.strip()) for part in _NEXT_ROLE.split(text) if part.strip())

    def _role(self, text: str) -> OtherRole:
        found = _ROLE.fullmatch(text)
        if not found:
            raise Fault(
                f"“{text}” is not a role, a setting and a sector.",
                "Write each as Role @ Setting [Sector], with ; between them.",
            )
        role, setting, sector = (part.strip() for part in found.groups())
        if not fold(setting) and not role:
            raise Fault("A role or a setting is missing.", "Write Role @ Setting [Sector].")
        return OtherRole(
            self._words.match(TermGroup.ROLE, role) if role else None,
            setting if fold(setting) else None,
            self._words.match(TermGroup.SECTOR, sector),
        )


def _parts(text: str) -> list[str]:
    return [part for part in map(str.strip, text.split(";")) if part]


def _one_of(values: dict[str, Value], text: str, choice: str) -> Value:
    value = values.get(normalise(text))
    if value is None:
        raise Fault(f"This is not {choice}.", f"Write {choice}, or leave the cell empty.")
    return value
