"""The records to mend, found by the statements that the figures on data quality count: what stands
in one is in the other. Each list starts at what its reader may know of."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    not_,
    select,
    true,
    union_all,
)

from lado.extensions import db
from lado.models import (
    Allegation,
    Case,
    CaseSpell,
    Child,
    Consultation,
    ConsultationSubject,
    OnwardReferral,
    Person,
    StrategyDiscussion,
    User,
)
from lado.queries import access, keyset
from lado.queries.keyset import Cursor, Key, Order, Page
from lado.reports.figures import scope_of
from lado.reports.populations import POPULATIONS
from lado.reports.tracing import CONSULTATIONS
from lado.rules.data_quality import (
    BY_ID,
    CONTRADICTORY,
    MISSING,
    OF_OPEN_CASES,
    Counted,
    Fault,
    looked_for_in,
)
from lado.rules.quarters import Period, year_of
from lado.rules.vocabulary import CaseStatus

# Of each fault, before all of them are asked for.
SHOWN = 5
NOTHING = literal("", String)
ONLY = literal(1)
# The number of the thing within its record, and what the page on which it is mended is told it by.
PLACES: dict[Counted, tuple[Any, Any]] = {
    Counted.CONSULTATIONS: (ONLY, NOTHING),
    Counted.ADULTS: (ConsultationSubject.number, Person.public_id),
    Counted.CASES: (ONLY, Allegation.number),
    Counted.CONCLUSIONS: (CaseSpell.number, NOTHING),
    Counted.DISCUSSIONS: (StrategyDiscussion.number, StrategyDiscussion.number),
    Counted.REFERRALS: (OnwardReferral.number, OnwardReferral.number),
    Counted.CHILDREN: (Child.number, Child.number),
}
Numbers: TypeAlias = dict[int | None, Counter[str]]


@dataclass(frozen=True)
class Whose:
    """Everybody's without an owner, and `nobodys`: those that have none."""

    owner: User | None = None
    nobodys: bool = False

    def fits(self, thing: type[Any]) -> ColumnElement[bool]:
        if self.nobodys:
            return thing.owner_id.is_(None)  # type: ignore[no-any-return]
        return thing.owner_id == self.owner.id if self.owner else true()


@dataclass(frozen=True)
class Row:
    """`part` is the number of the part that is mended, or of a person the public id."""

    fault: Fault
    reference: str
    public_id: str
    received_on: date
    place: int
    part: str
    is_concluded: bool
    owner: str

    @property
    def is_to_reopen(self) -> bool:
        return self.is_concluded and self.fault.mended in OF_OPEN_CASES


def reach(today: date) -> Period:
    """This financial year and the last: a register of ten years must not bury what somebody can
    still ask for."""
    return Period(year_of(today).previous().start, today)


def how_many(user: User, whose: Whose, period: Period) -> int:
    """How often there is something to mend: a record may have several faults."""
    lists = [List(user, whose, counted, period) for counted in Counted]
    found = union_all(*(each.total for each in lists))
    return sum(db.session.scalars(found))


def numbers(user: User, whose: Whose, period: Period) -> Numbers:
    """By the owner's id, how often there is each fault."""
    found: Numbers = defaultdict(Counter)
    for counted in Counted:
        for owner, *numbers_ in db.session.execute(List(user, whose, counted, period).numbers):
            faults = looked_for_in(counted)
            found[owner] += Counter(dict(zip((f.id for f in faults), numbers_, strict=True)))
    return found


def first_rows(
    user: User, whose: Whose, period: Period, faults: Iterable[Fault]
) -> dict[str, list[Row]]:
    """The newest of each fault."""
    lists = {each: List(user, whose, each, period) for each in Counted}
    parts = [lists[fault.counted].first(fault) for fault in faults]
    found: dict[str, list[Row]] = defaultdict(list)
    if parts:
        for row in db.session.execute(union_all(*parts)):
            found[row.fault].append(_row(row))
    return found


def page_of(user: User, whose: Whose, period: Period, fault: Fault, cursor: Cursor) -> Page[Row]:
    """All of one fault."""
    return List(user, whose, fault.counted, period).page(fault, cursor)


class List:
    """The things of one population that somebody owns, as far as `user` may know of them."""

    def __init__(self, user: User, whose: Whose, counted: Counted, period: Period) -> None:
        self.thing: type[Case] | type[Consultation] = (
            Consultation if counted in CONSULTATIONS else Case
        )
        self.faults = looked_for_in(counted)
        self.parameters = scope_of(period).parameters
        place, part = PLACES[counted]
        statement = POPULATIONS[counted]().add_columns(
            place.label("place"), cast(part, String).label("part")
        )
        self.found = statement.subquery()
        home = self.found.c.id if self.thing is Consultation else self.found.c.case
        self.known: Select[Any] = (
            _known(user, self.thing)
            .join(self.found, home == self.thing.id)
            .where(whose.fits(self.thing))
        )

    @property
    def numbers(self) -> Select[Any]:
        sums: list[Any] = [func.sum(self._one(fault)) for fault in self.faults]
        found: Select[Any] = self.known.with_only_columns(self.thing.owner_id, *sums)
        return self.of_period(found.group_by(self.thing.owner_id))

    @property
    def total(self) -> Select[Any]:
        ones: ColumnElement[int] = sum((self._one(fault) for fault in self.faults), literal(0))
        return self.of_period(self.known.with_only_columns(func.coalesce(func.sum(ones), 0)))

    def first(self, fault: Fault) -> Select[Any]:
        found = self._with_rows(self.order.sort(self.known.where(self.holds(fault))))
        named = found.add_columns(literal(fault.id).label("fault")).limit(SHOWN)
        return select(self.of_period(named).subquery())

    def page(self, fault: Fault, cursor: Cursor) -> Page[Row]:
        def rows(ids: Sequence[int]) -> list[Row]:
            found = self._with_rows(self.known.where(self.found.c.id.in_(ids)))
            ordered = self.of_period(self.order.sort(found))
            return [_row(row, fault) for row in db.session.execute(ordered)]

        known = self.of_period(self.known)
        return keyset.page_of(known, (self.holds(fault),), self.order, cursor, rows)

    @cached_property
    def order(self) -> Order:
        """The newest first. The name is not the thing's own: it may have none."""
        name = self.thing.public_id + "." + cast(self.found.c.place, String)
        keys = (Key(self.thing.received_on, True), Key(self.found.c.id, True))
        return Order(self.thing, keys, name)

    def holds(self, fault: Fault) -> ColumnElement[bool]:
        """`Fault.holds`, as the database asks it."""
        columns = [self.found.c[name] for name in fault.columns]
        if fault.lacking:
            return and_(*(column.is_(None) for column in columns))
        return not_(columns[0].between(*fault.bounds)) if fault.bounded else columns[0].is_(true())

    def _one(self, fault: Fault) -> ColumnElement[int]:
        return case((self.holds(fault), 1), else_=0)

    def _with_rows(self, query: Select[Any]) -> Select[Any]:
        concluded = Case.status == CaseStatus.CONCLUDED if self.thing is Case else literal(False)
        return query.outerjoin(User, User.id == self.thing.owner_id).with_only_columns(
            self.thing.reference,
            self.thing.public_id,
            self.thing.received_on,
            self.found.c.place,
            self.found.c.part,
            concluded.label("is_concluded"),
            func.coalesce(User.name, "").label("owner"),
        )

    def of_period(self, query: Select[Any]) -> Select[Any]:
        return query.params(self.parameters)


def _known(user: User, thing: type[Case] | type[Consultation]) -> Select[Any]:
    return access.visible(user, Case if thing is Case else Consultation)


def _row(row: Any, fault: Fault | None = None) -> Row:
    return Row(
        fault or BY_ID[row.fault],
        row.reference,
        row.public_id,
        row.received_on,
        row.place,
        row.part,
        row.is_concluded,
        row.owner,
    )


def with_faults(found: Numbers) -> list[tuple[Fault, int]]:
    """The faults that there are, of all owners together. Contradictions, which are few, first."""
    together: Counter[str] = sum(found.values(), Counter())
    every = (*CONTRADICTORY, *MISSING)
    return [(fault, together[fault.id]) for fault in every if together[fault.id]]
