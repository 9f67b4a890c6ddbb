"""One export: the rows a user may have, and beside them what the columns cannot hold."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from lado.queries import left_out as stored
from lado.queries.register import case_refs
from lado.register.columns import BY_KEY, COLUMNS, HEADINGS
from lado.register.exporting import Line, lines
from lado.register.writing import CSV, Format, too_long, write
from lado.services.audit import Actor
from lado.services.register import note_export

LEFT_OUT_HEADINGS = ("Reference", "What the register's columns cannot hold")
CASE_REF = HEADINGS.index(BY_KEY["case_ref"].heading)
MAY_BE_WITHHELD = "Records that you may not see are not in the file."


@dataclass(frozen=True)
class Export:
    lines: list[Line]
    left_out: list[tuple[str, str]]

    def summary(self) -> dict[str, int]:
        """How many records each kind of thing is left out of."""
        return dict(Counter(what for _, what in self.left_out))


def prepare(by: Actor) -> Export:
    shown = [line for line in lines(by) if line.shown]
    return Export(shown, [*_on_consultations(shown), *_on_cases(shown)])


def write_register(export: Export, file: BinaryIO, form: Format, *, by: Actor) -> None:
    """Written down in the audit trail before the file is made: it cannot be called back."""
    note_export(consultations=len(export.lines), by=by)
    write((line.contents for line in export.lines), file, form)


def write_left_out(export: Export, file: BinaryIO) -> None:
    write(export.left_out, file, CSV, headings=LEFT_OUT_HEADINGS)


def shortened(export: Export, form: Format) -> list[tuple[str, str]]:
    return [
        (line.contact_ref, f"{column.heading}: too long for a cell, shortened")
        for line in export.lines
        for column, cell in zip(COLUMNS, line.contents, strict=True)
        if too_long(cell, form)
    ]


def _on_consultations(shown: Iterable[Line]) -> list[tuple[str, str]]:
    refs = {line.consultation_id: line.contact_ref for line in shown}
    return [
        (refs[id_], what) for what, ids in stored.on_consultations() for id_ in ids if id_ in refs
    ]


def _on_cases(shown: Iterable[Line]) -> list[tuple[str, str]]:
    cases = {str(line.contents[CASE_REF]) for line in shown}
    refs = {id_: ref for ref, id_ in case_refs().items()}
    return [
        (refs[id_], what)
        for what, ids in stored.on_cases()
        for id_ in ids
        if refs[id_] in cases
    ]
