"""One export: the rows a user may have, and beside them what the columns cannot hold."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO

from lado.models import Case, Consultation, Person, User
from lado.queries import left_out as stored
from lado.queries.register import case_refs, contact_refs, visible_ids
from lado.register.columns import COLUMNS
from lado.register.exporting import Line, lines
from lado.register.writing import CSV, Format, too_long, write
from lado.services.audit import Actor
from lado.services.register import note_export

LeftOut = tuple[str, str]

NO_REFERENCE = ""
LEFT_OUT_HEADINGS = ("Reference", "What the register's columns cannot hold")


def lines_for(by: Actor) -> list[Line]:
    return lines(by, hidden=False)


def write_register(found: list[Line], file: IO[bytes], form: Format, *, by: Actor) -> None:
    """Noted in the audit trail before the file is made: it cannot be called back."""
    note_export(consultations=len(found), by=by)
    write((line.contents for line in found), file, form)


def write_left_out(found: Iterable[LeftOut], file: IO[bytes]) -> None:
    write(found, file, CSV, headings=LEFT_OUT_HEADINGS)


def left_out(by: Actor) -> list[LeftOut]:
    """A reference and what is on record there that no column holds."""
    contacts = {id_: ref for ref, id_ in contact_refs().items()}
    cases = {id_: ref for ref, id_ in case_refs().items()}
    people = stored.people_apart()
    if isinstance(by, User):
        contacts = {id_: contacts[id_] for id_ in visible_ids(by, Consultation)}
        cases = {id_: cases[id_] for id_ in visible_ids(by, Case)}
        people = visible_ids(by, Person) & people
    return [
        *_with_refs(contacts, stored.on_consultations()),
        *_with_refs(cases, stored.on_cases()),
        *[(NO_REFERENCE, "Person whom no contact is about")] * len(people),
        *[(NO_REFERENCE, "Setting that no contact names")] * len(stored.organisations_apart()),
    ]


def _with_refs(refs: dict[int, str], kinds: Iterable[tuple[str, set[int]]]) -> Iterator[LeftOut]:
    for what, ids in kinds:
        yield from ((refs[id_], what) for id_ in sorted(ids & refs.keys()))


def shortened(found: Iterable[Line], form: Format) -> list[LeftOut]:
    return [
        (line.contact_ref, f"{column.heading}: the end of a text that is too long for a cell")
        for line in found
        for column, cell in zip(COLUMNS, line.contents, strict=True)
        if too_long(cell, form)
    ]


def summary(found: Iterable[LeftOut]) -> dict[str, int]:
    """On how many records each kind of thing is left out."""
    return dict(Counter(what for _, what in found))
