"""A public list is read row by row, however long it is."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO

from lado.directory.problems import Problem, Unreadable
from lado.rules.establishments import (
    ADDRESS,
    HEADINGS,
    KINDS,
    NEEDED,
    OF_SCHOOLS,
    PHASES,
    STATUSES,
    WITHHELD,
    Facts,
    kind_of,
)
from lado.rules.folding import fold
from lado.rules.vocabulary import OrganisationSource

AT_ONCE = 1024 * 1024
LONGEST = {"name": 200, "urn": 20, "town": 100, "postcode": 10, "authority": 100, "address": 200}
DATES = ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d")
URN = re.compile(r"[A-Z]{0,3}\d{3,12}")
NOT_A_LIST = (
    "This is not a list of schools or providers: the first row must have headings such as URN, "
    "EstablishmentName and TypeOfEstablishment (name), or Provider URN, Provider name and "
    "Provider type."
)
NOT_TEXT = "This file is not text. Choose the CSV file, taken out of the ZIP file it came in."


@dataclass
class Noticed:
    """What was left out or not understood: rows by heading and value, and rows without a name."""

    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)
    withheld: int = 0
    authorities: Counter[str] = field(default_factory=Counter)


class Listing:
    """Raises Unreadable, in words, for whatever is no such list."""

    def __init__(self, file: BinaryIO, *, authority: str = "") -> None:
        self.noticed = Noticed()
        self._file = file
        self._authority = fold(authority)
        self._encoding = _encoding(file)
        headings = next(self._lines(), (1, []))[1]
        self._headings = list(headings)
        self._places = _places(headings)
        self._address = [n for n, each in enumerate(headings) if re.fullmatch(ADDRESS, fold(each))]
        if not all(name in self._places for name in NEEDED):
            raise Unreadable(NOT_A_LIST)
        schools = fold(headings[self._places["name"]]) == OF_SCHOOLS
        self.source = OrganisationSource.SCHOOLS if schools else OrganisationSource.OFSTED

    def rows(self) -> Iterator[tuple[int, Facts | Problem]]:
        """From the start each time; `noticed` is counted anew. Numbered as a spreadsheet does."""
        self.noticed = Noticed()
        lines = self._lines()
        next(lines)
        for number, cells in lines:
            if not any(cells):
                continue
            if self._authority and not self._is_of_the_authority(cells):
                continue
            if fold(self._cell(cells, "name")) in WITHHELD:
                self.noticed.withheld += 1
                continue
            for row in self._row(number, cells):
                yield number, row

    def _lines(self) -> Iterator[tuple[int, Sequence[str]]]:
        self._file.seek(0)
        text = io.TextIOWrapper(self._file, encoding=self._encoding, newline="")
        try:
            for number, cells in enumerate(csv.reader(text), start=1):
                yield number, [" ".join(cell.split()) for cell in cells]
        except csv.Error as error:
            raise Unreadable(f"This file cannot be read as CSV: {error}.") from None
        finally:
            text.detach()

    def _is_of_the_authority(self, cells: Sequence[str]) -> bool:
        authority = self._cell(cells, "authority")
        self.noticed.authorities[authority] += 1
        return fold(authority) == self._authority

    def _cell(self, cells: Sequence[str], name: str) -> str:
        place = self._places.get(name)
        return cells[place] if place is not None and place < len(cells) else ""

    def _row(self, number: int, cells: Sequence[str]) -> Iterator[Facts | Problem]:
        texts = {name: self._cell(cells, name) for name in HEADINGS}
        texts["postcode"] = texts["postcode"].upper()  # which may make it longer
        parts = (cells[place] for place in self._address if place < len(cells))
        texts["address"] = ", ".join(dict.fromkeys(filter(None, parts)))
        wrong = list(self._wrong(number, texts))
        if wrong:
            yield from wrong
        else:
            yield self._facts(texts)

    def _wrong(self, number: int, texts: dict[str, str]) -> Iterator[Problem]:
        def problem(name: str, words: str) -> Problem:
            place = self._places.get(name)
            heading = self._headings[place] if place is not None else name.capitalize()
            return Problem(number, heading, texts[name][:200], words)

        if not URN.fullmatch(texts["urn"]):
            yield problem("urn", "This is not a URN: it has digits, perhaps letters before them")
        if not fold(texts["name"]):
            yield problem("name", "The name is missing")
        for name, longest in LONGEST.items():
            if len(texts[name]) > longest and name != "urn":
                yield problem(name, f"This is longer than {longest} characters")
        if texts["closed_on"] and _day(texts["closed_on"]) is None:
            yield problem("closed_on", "This is not a date such as 31-08-2024")

    def _facts(self, texts: dict[str, str]) -> Facts:
        said = {name: fold(texts[name]) for name in ("type", "subtype", "ownership", "phase")}
        kind = kind_of(said["type"], said["subtype"], said["ownership"], said["phase"])
        phase_known = said["phase"] in PHASES
        if kind is None:
            self._unknown("subtype" if said["subtype"] else "type", texts)
        elif said["subtype"] and said["subtype"] not in KINDS:
            self._unknown("subtype", texts)
        if not phase_known:
            self._unknown("phase", texts)
        closed = STATUSES.get(fold(texts["status"]))
        if closed is None:
            self._unknown("status", texts)
        return Facts(
            source=self.source,
            urn=texts["urn"],
            name=texts["name"],
            folded=fold(texts["name"]),
            kind=kind,
            phase=PHASES.get(said["phase"]),
            phase_known=phase_known,
            address=texts["address"] or None,
            town=texts["town"] or None,
            postcode=texts["postcode"] or None,
            authority=texts["authority"] or None,
            closed=bool(closed),
            closed_on=_day(texts["closed_on"]) if closed else None,
        )

    def _unknown(self, name: str, texts: dict[str, str]) -> None:
        self.noticed.unknown[self._headings[self._places[name]], texts[name]] += 1


def _places(headings: Sequence[str]) -> dict[str, int]:
    folded: dict[str, int] = {}
    for place, heading in enumerate(headings):
        folded.setdefault(fold(heading), place)
    found = {
        name: next((folded[each] for each in accepted if each in folded), None)
        for name, accepted in HEADINGS.items()
    }
    return {name: place for name, place in found.items() if place is not None}


def _encoding(file: BinaryIO) -> str:
    """UTF-8 where all of it is; else Windows-1252, as the register of schools comes."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8 = True
    while part := file.read(AT_ONCE):
        if b"\x00" in part:
            raise Unreadable(NOT_TEXT)
        try:
            if utf8:
                decoder.decode(part)
        except UnicodeDecodeError:
            utf8 = False
    return "utf-8-sig" if utf8 else "cp1252"


def _day(text: str) -> date | None:
    for form in DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
