"""Every contact about a person or at an organisation (R-52, R-57), whatever came of it, as far as
the reader may know of it. A contact is a consultation, counted once however many adults it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import Select

from lado.extensions import db
from lado.models import Case, Consultation, Organisation, Person, User
from lado.queries import access, consultations, held
from lado.queries.consultations import Listed
from lado.queries.held import Contact
from lado.queries.paging import Page
from lado.rules.quarters import quarter_of
from lado.rules.timescales import add_months

QUARTERS = 8


@dataclass(frozen=True)
class Quarter:
    label: str
    contacts: int


@dataclass(frozen=True)
class History:
    """`page` is one of the contacts, the newest first; `quarters` end with the present one."""

    page: Page[Listed]
    days: Sequence[date]
    quarters: Sequence[Quarter]


def contacts_of(user: User, record: Organisation | Person) -> Select[Consultation]:
    query = access.visible(user, Consultation)
    if isinstance(record, Person):
        return query.where(consultations.about(record))
    return query.where(consultations.at([record.id]))


def others_since(user: User, case: Case) -> list[Contact]:
    """About the person of the case since it began, the newest first: what may call for another
    look. Those that came to the case are not among them."""
    if case.person is None:
        return []
    own = {subject.consultation.public_id for subject in case.subjects}
    return [
        contact
        for contact in held.contacts_about(user, case.person)
        if contact.received_on >= case.received_on and contact.public_id not in own
    ]


def days(user: User, record: Organisation | Person) -> Sequence[date]:
    """The day each contact was received, the earliest first."""
    query = contacts_of(user, record).with_only_columns(Consultation.received_on)
    return db.session.scalars(query.order_by(Consultation.received_on)).all()


def history(user: User, record: Organisation | Person, *, page: int, today: date) -> History:
    known = days(user, record)
    shown = consultations.page_newest(contacts_of(user, record), page, total=len(known))
    return History(shown, known, by_quarter(known, today))


def by_quarter(known: Sequence[date], today: date) -> list[Quarter]:
    """The last QUARTERS quarters, those without a contact too. `known` is in order."""
    counts = {start: len(list(each)) for start, each in groupby(known, _quarter_start)}
    newest = _quarter_start(today)
    starts = [add_months(newest, -3 * back) for back in reversed(range(QUARTERS))]
    return [Quarter(quarter_of(start).label, counts.get(start, 0)) for start in starts]


def _quarter_start(day: date) -> date:
    return quarter_of(day).start
