"""A register becomes records: checked whole, then saved whole or not at all."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from sqlalchemy import Table

from lado import clock
from lado.errors import Refused
from lado.models import Case, Person, RegisterImport, User
from lado.queries import register as stored
from lado.register import reading
from lado.register.checking import Checked, Known, Progress, check, no_progress
from lado.register.comparing import compare
from lado.register.landing import Landing, OnRecord
from lado.register.people import Adult, People, PossibleSame
from lado.register.problems import Problem
from lado.register.row import Row
from lado.register.words import Words
from lado.rules.folding import fold
from lado.rules.vocabulary import DBS, TermGroup
from lado.services.audit import Actor
from lado.services.references import pass_over, reserve
from lado.services.register import NewRecords, ids, import_register, register_checked

OWN_REFERENCE = re.compile(r"(?:(C)-(\d{4})-(\d{5})|(PT)-(\d{4})-(\d{4}))")
DRY = 0
COUNTED = {
    "consultation": "consultations",
    "case": "cases",
    "person": "people",
    "organisation": "organisations",
    "strategy_discussion": "strategy_discussions",
}


@dataclass
class Result:
    """What a register is found to be. `numbers` count what was created, or would be; with any
    problem nothing is."""

    sha256: str
    row_count: int = 0
    already_there: int = 0
    loaded_before: RegisterImport | None = None
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    possible_same: list[PossibleSame] = field(default_factory=list)
    saved: bool = False


def load(
    data: bytes, *, by: Actor, dry_run: bool = False, progress: Progress = no_progress
) -> Result:
    """Check a register and, unless it is a dry run, save it. Raises Unreadable."""
    result = Result(hashlib.sha256(data).hexdigest())
    result.loaded_before = stored.loaded_before(result.sha256)
    if result.loaded_before:
        return result
    words = Words(stored.all_terms())
    known = _known(by)
    checked = check(reading.read(data), words, known, today=clock.today(), progress=progress)
    new = _sort_out(checked, known, result, by)
    make = partial(_make, new, words, by, result)
    if dry_run:
        if new and not result.problems:
            make(DRY)
        register_checked(result.row_count, by=by)
        return result
    if result.problems or not new:
        return result
    import_register(
        result.sha256,
        row_count=result.row_count,
        make=make,
        by=by,
        saved=partial(progress, "Loading"),
    )
    result.saved = True
    return result


def _known(by: Actor) -> Known:
    cases = stored.case_refs()
    if not isinstance(by, User):
        return Known(stored.contact_refs(), cases)
    visible = stored.visible_ids(by, Case)
    closed = {reference for reference, id_ in cases.items() if id_ not in visible}
    return Known(stored.contact_refs(), cases, closed)


def _sort_out(checked: Checked, known: Known, result: Result, by: Actor) -> list[Row]:
    """The rows that are new. Those on record already must say what is on record."""
    there = [row for row in checked.rows if row.contact_ref in known.contact_refs]
    new = [row for row in checked.rows if row.contact_ref not in known.contact_refs]
    faulty = {problem.row for problem in checked.problems}
    same = [row for row in there if row.number not in faulty]
    result.problems = checked.problems + (compare(same, by) if same else [])
    result.problems.sort(key=lambda problem: problem.row or 0)
    result.notices = checked.notices
    result.row_count = len(checked.rows)
    result.already_there = len(there)
    return new


def _make(
    rows: list[Row], words: Words, by: Actor, result: Result, register_import_id: int
) -> NewRecords:
    dry = register_import_id == DRY
    dbs = words.code(TermGroup.REFERRAL_BODY, DBS)
    if dbs is None:
        raise Refused("The list of bodies that referrals go to has lost the DBS. Add it again.")
    if not dry:
        _refuse_if_overtaken(rows)
        _pass_over(rows)
    landing = Landing(
        _on_record(by),
        ids=_dry_ids if dry else ids,
        references=_dry_references if dry else reserve,
        dbs=dbs,
        now=clock.now(),
        register_import_id=register_import_id,
    )
    landing.land(rows)
    result.possible_same = landing.people.possible_same()
    result.numbers = _numbers(landing)
    return NewRecords(landing.records.rows, landing.sexes, landing.received, result.numbers)


def _numbers(landing: Landing) -> dict[str, int]:
    made = {table.name: len(rows) for table, rows in landing.records.rows.items()}
    numbers = {name: made.get(table, 0) for table, name in COUNTED.items()}
    return numbers | {
        "joined_cases": landing.joined_cases,
        "joined_people": landing.joined_people,
    }


def _refuse_if_overtaken(rows: list[Row]) -> None:
    """Between the check and the write lock somebody else may have added the same."""
    contacts, cases = stored.contact_refs(), stored.case_refs()
    opened = {row.case_ref for row in rows if row.case_ref and not row.joins}
    if opened & cases.keys() or contacts.keys() & {row.contact_ref for row in rows}:
        raise Refused(
            "Somebody added some of these contacts while the register was checked. Check it again."
        )


def _pass_over(rows: list[Row]) -> None:
    """References in our own style came from a system like this one; ours must not repeat them."""
    highest: dict[tuple[str, int], int] = {}
    for row in rows:
        for reference in (row.contact_ref, row.case_ref):
            if reference and (found := OWN_REFERENCE.fullmatch(reference)):
                kind, year, number = (part for part in found.groups() if part)
                key = kind, int(year)
                highest[key] = max(highest.get(key, 0), int(number))
    for (kind, year), number in sorted(highest.items()):
        pass_over(kind, year, number)


def _dry_ids(_table: Table) -> Iterator[int]:
    """Below any that are on record."""
    return count(-1, -1)


def _dry_references(_kind: str, _year: int, _count: int) -> Iterator[str]:
    while True:
        yield ""


def _on_record(by: Actor) -> OnRecord:
    return OnRecord(
        people=_people(by),
        organisations=stored.organisations(),
        positions=stored.positions(),
        cases=stored.case_refs(),
        users=_users(),
    )


def _people(by: Actor) -> People:
    """Whom `by` may know of. Somebody else of the same name and date of birth is a new person for
    them: a register tells nobody who is on record."""
    visible = stored.visible_ids(by, Person) if isinstance(by, User) else None
    return People(
        (surname, forename, Adult(id_, folded, born, sex, on_record=True))
        for id_, surname, forename, folded, born, sex in stored.people()
        if visible is None or id_ in visible
    )


def _users() -> Mapping[str, int]:
    """By folded name; a name that two users share is nobody's."""
    found: dict[str, int] = {}
    shared = set()
    for id_, name in stored.users():
        folded = fold(name)
        if folded in found:
            shared.add(folded)
        found[folded] = id_
    return {name: id_ for name, id_ in found.items() if name not in shared}
