"""What a public list of schools or providers would change of the organisations on record."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, select

from lado.extensions import db
from lado.models import Organisation, Term
from lado.queries.organisations import STANDING
from lado.rules.establishments import Facts
from lado.rules.vocabulary import TermGroup

MOST_POSSIBLE = 200
NOT_KNOWN = "not_known"
COMPARED = (
    Organisation.id, Organisation.name, Organisation.folded, Organisation.sector_id,
    Organisation.subsector_id, Organisation.school_phase_id, Organisation.school_type_id,
    Organisation.source, Organisation.urn, Organisation.address, Organisation.town,
    Organisation.postcode, Organisation.authority, Organisation.closed, Organisation.closed_on,
)  # fmt: skip


@dataclass
class Plan:
    """Values by column: for new organisations, and with the row as it was for those that differ."""

    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[tuple[Row[Any], dict[str, Any]]] = field(default_factory=list)
    adopted: int = 0
    same: int = 0
    possible: list[str] = field(default_factory=list)


@dataclass
class Found:
    """`adopted` were typed before under exactly this name; `possible` may be, and somebody must
    look."""

    added: int = 0
    changed: int = 0
    closed: int = 0
    adopted: int = 0
    same: int = 0
    possible: list[str] = field(default_factory=list)

    def add(self, plan: Plan) -> None:
        self.added += len(plan.new)
        self.changed += len(plan.changed) - plan.adopted
        self.closed += sum(new.get("closed", False) and not row.closed for row, new in plan.changed)
        self.adopted += plan.adopted
        self.same += plan.same
        self.possible += plan.possible[: MOST_POSSIBLE - len(self.possible)]


class Comparison:
    """`in_file` counts the rows of the file by folded name."""

    def __init__(self, in_file: Mapping[str, int]) -> None:
        self._in_file = in_file
        self._terms = _terms()
        self._typed = _typed()

    def plan(self, chunk: Sequence[Facts]) -> Plan:
        plan, known = Plan(), _known(chunk)
        for facts in chunk:
            row = known.get(facts.urn)
            if row is None and (row := self._adopted(facts)):
                plan.adopted += 1
            elif row is None and self._typed.get(facts.folded):
                plan.possible.append(facts.name)
            values = self._values(facts)
            if row is None:
                values.setdefault("sector_id", self._terms[TermGroup.SECTOR, NOT_KNOWN])
                plan.new.append(values)
            elif changes := {n: new for n, new in values.items() if getattr(row, n) != new}:
                plan.changed.append((row, changes))
            else:
                plan.same += 1
        return plan

    def _adopted(self, facts: Facts) -> Row[Any] | None:
        """One of exactly this name that was typed, where neither here nor in the file is another.
        With another postcode it is another place."""
        typed = self._typed.get(facts.folded, ())
        if len(typed) != 1 or self._in_file.get(facts.folded) != 1:
            return None
        there = typed[0].postcode
        return typed[0] if not there or there == facts.postcode else None

    def _values(self, facts: Facts) -> dict[str, Any]:
        """Without those columns of which the file says nothing that is known here."""
        values: dict[str, Any] = {
            name: getattr(facts, name)
            for name in ("name", "folded", "source", "urn", "address", "town", "postcode",
                         "authority", "closed", "closed_on")
        }  # fmt: skip
        if facts.phase_known:
            values["school_phase_id"] = self._term(TermGroup.SCHOOL_PHASE, facts.phase)
        if facts.kind:
            values["sector_id"] = self._term(TermGroup.SECTOR, facts.kind.sector)
            values["subsector_id"] = self._term(TermGroup.SUBSECTOR, facts.kind.subsector)
            values["school_type_id"] = self._term(TermGroup.SCHOOL_TYPE, facts.kind.school_type)
        return values

    def _term(self, group: TermGroup, code: str | None) -> int | None:
        return self._terms[group, code] if code else None


def _terms() -> dict[tuple[TermGroup, str], int]:
    groups = {TermGroup.SECTOR, TermGroup.SUBSECTOR, TermGroup.SCHOOL_PHASE, TermGroup.SCHOOL_TYPE}
    query = select(Term.group, Term.code, Term.id).where(Term.group.in_(groups))
    return {(group, code): id_ for group, code, id_ in db.session.execute(query)}


def _typed() -> dict[str, list[Row[Any]]]:
    """Those without a number, by folded name."""
    found = defaultdict(list)
    for row in db.session.execute(select(*COMPARED).where(STANDING, Organisation.urn.is_(None))):
        found[row.folded].append(row)
    return dict(found)


def _known(chunk: Sequence[Facts]) -> dict[str, Any]:
    urns = [facts.urn for facts in chunk]
    query = select(*COMPARED).where(
        Organisation.source == chunk[0].source, Organisation.urn.in_(urns)
    )
    return {row.urn: row for row in db.session.execute(query)}
