"""Organisations and people whose contacts add up (R-57), as far as the reader may know of them.

The rule is in `lado.rules.alerts`; here one statement finds all whom it applies to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import CTE, CompoundSelect, Select, and_, func, select, union
from sqlalchemy.orm import joinedload, selectinload

from lado import clock
from lado.extensions import db
from lado.models import (
    AlertReview,
    AlertReviewContact,
    Consultation,
    ConsultationSubject,
    Organisation,
    Person,
    Position,
    User,
)
from lado.queries import access, consultations, contacts, linked, settings
from lado.queries.paging import MOST_PAGES, SIZE, Page
from lado.rules.alerts import Alert, alert, window
from lado.rules.permissions import Permission

Record = TypeVar("Record", Organisation, Person)
REVIEWED = {Organisation: AlertReview.organisation_id, Person: AlertReview.person_id}


@dataclass(frozen=True)
class Standing:
    """`further`: how many of the contacts nobody has looked at as an alert yet."""

    record: Organisation | Person
    contacts: int
    latest: date
    further: int


@dataclass(frozen=True)
class Raised:
    """At least `at_least` contacts within `months`; `review` is the newest look at it, unless it
    covers what the reader may not know of."""

    record: Organisation | Person
    alert: Alert
    at_least: int
    months: int
    review: AlertReview | None
    further: int

    @property
    def is_person(self) -> bool:
        return isinstance(self.record, Person)


def numbers() -> tuple[int, int]:
    """From how many contacts within how many months."""
    return settings.get_number("alert_contacts"), settings.get_number("alert_months")


def raised(user: User, record: Organisation | Person) -> Raised | None:
    number, months = numbers()
    known = contacts.days(user, record)
    stands = alert(known, contacts=number, months=months, today=clock.today())
    if stands is None:
        return None
    further = len(set(contact_ids(user, record, months)) - set(_looked_at(record)))
    return Raised(record, stands, number, months, _review(user, record), further)


def about(user: User, subject: ConsultationSubject) -> list[Raised]:
    """What is raised by the person, by each organisation they work at and by the setting of a
    concern, or by the organisation that it is about."""
    records: list[Organisation | Person | None] = [
        subject.person if user.can(Permission.PERSON_VIEW) else None,
        *consultations.places_of(subject),
        subject.consultation.setting,
    ]
    found = (raised(user, record) for record in dict.fromkeys(records) if record)
    return [each for each in found if each]


def contact_ids(user: User, record: Organisation | Person, months: int) -> Sequence[int]:
    first, last = window(clock.today(), months)
    within = Consultation.received_on.between(first, last)
    query = contacts.contacts_of(user, record).where(within)
    return db.session.scalars(query.with_only_columns(Consultation.id)).all()


def _looked_at(record: Organisation | Person) -> Sequence[int]:
    return db.session.scalars(
        select(AlertReviewContact.consultation_id)
        .join(AlertReview, AlertReview.id == AlertReviewContact.review_id)
        .where(_reviewed(record))
    ).all()


def _reviewed(record: Organisation | Person) -> Any:
    of = linked.ids(record) if isinstance(record, Person) else [record.id]
    return REVIEWED[type(record)].in_(of)


def _review(user: User, record: Organisation | Person) -> AlertReview | None:
    known = access.visible(user, Consultation).with_only_columns(Consultation.id)
    contact = AlertReviewContact
    hidden = select(contact.review_id).where(contact.consultation_id.not_in(known))
    query = select(AlertReview).where(_reviewed(record), AlertReview.id.not_in(hidden))
    newest = query.order_by(AlertReview.id.desc()).limit(1)
    return db.session.scalar(newest.options(joinedload(AlertReview.reviewed_by)))


def organisations(
    user: User, number: int = 1, *, size: int = SIZE, further_only: bool = False
) -> Page[Standing]:
    rows = _grouped(_at_organisations(_recent(user)), Organisation, further_only=further_only)
    named = select(Organisation).options(joinedload(Organisation.sector))
    return _page(rows, Organisation, named, number, size)


def people(
    user: User, number: int = 1, *, size: int = SIZE, further_only: bool = False
) -> Page[Standing]:
    rows = _grouped(_about_people(_recent(user)), Person, further_only=further_only)
    named = access.visible(user, Person).options(selectinload(Person.names))
    return _page(rows, Person, named, number, size)


def _recent(user: User) -> CTE:
    first, last = window(clock.today(), numbers()[1])
    return (
        access.visible(user, Consultation)
        .where(Consultation.received_on.between(first, last))
        .with_only_columns(Consultation.id, Consultation.received_on, Consultation.setting_id)
        .cte("contact")
    )


def _at_organisations(contact: CTE) -> CompoundSelect[Any]:
    """Each organisation with each contact once: as setting, employer or itself the subject."""
    subject = ConsultationSubject
    place, day = contact.c.setting_id, contact.c.received_on
    with_subject = select(contact.c.id, day).join(subject, subject.consultation_id == contact.c.id)
    return union(
        select(place.label("key"), contact.c.id.label("id"), day.label("day")).where(
            place.is_not(None)
        ),
        with_subject.with_only_columns(subject.organisation_id, contact.c.id, day).where(
            subject.organisation_id.is_not(None)
        ),
        with_subject.join(Position, Position.id == subject.position_id)
        .with_only_columns(Position.organisation_id, contact.c.id, day)
        .where(Position.organisation_id.is_not(None)),
    )


def _about_people(contact: CTE) -> Select[Any]:
    """Each human being with each contact once, whichever of their records it names."""
    subject = ConsultationSubject
    return (
        select(
            linked.lead.label("key"), contact.c.id.label("id"), contact.c.received_on.label("day")
        )
        .join(subject, subject.consultation_id == contact.c.id)
        .join(Person, Person.id == subject.person_id)
        .distinct()
    )


def _grouped(
    each: CompoundSelect[Any] | Select[Any], thing: type[Record], *, further_only: bool
) -> Select[Any]:
    """The most contacts first."""
    found = each.subquery()
    seen = (
        select(_lead(thing).label("key"), AlertReviewContact.consultation_id.label("id"))
        .join(AlertReview, AlertReview.id == AlertReviewContact.review_id)
        .join(thing, thing.id == REVIEWED[thing])
        .distinct()
        .subquery()
    )
    total, further = func.count(), func.count() - func.count(seen.c.id)
    query = (
        select(found.c.key, total, func.max(found.c.day), further)
        .outerjoin(seen, and_(seen.c.key == found.c.key, seen.c.id == found.c.id))
        .group_by(found.c.key)
        .having(total >= numbers()[0])
        .order_by(total.desc(), func.max(found.c.day).desc(), found.c.key)
    )
    return query.having(further > 0) if further_only else query


def _lead(thing: type[Any]) -> Any:
    return linked.lead if thing is Person else thing.id


def _led_by(thing: type[Any], ids: Sequence[int]) -> Any:
    return linked.ids_of(ids) if thing is Person else ids


def _page(
    grouped: Select[Any], thing: type[Record], named: Select[Record], number: int, size: int
) -> Page[Standing]:
    number = min(max(number, 1), MOST_PAGES)
    rows = db.session.execute(grouped.offset((number - 1) * size).limit(size + 1)).all()
    shown = rows[:size]
    ids = [row.key for row in shown]
    named = named.where(thing.id.in_(_led_by(thing, ids))).order_by(thing.id)
    found = db.session.execute(named.add_columns(_lead(thing)))
    records = {key: each for each, key in reversed(found.all())}
    items = [
        Standing(records[key], total, latest, further)
        for key, total, latest, further in shown
        if key in records
    ]
    return Page(items, number, None, len(rows) > size, size)
