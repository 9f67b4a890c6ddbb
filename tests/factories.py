"""Records for tests, made through the services. All people and places are invented."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from itertools import count
from typing import Any

from sqlalchemy import select

from lado import clock
from lado.extensions import db
from lado.models import (
    Case,
    Consultation,
    Draft,
    Organisation,
    Person,
    SuspectedConflict,
    Term,
    User,
)
from lado.models.base import new_public_id
from lado.queries import suspected_conflicts
from lado.rules.drafts import DraftForm
from lado.rules.permissions import Role
from lado.rules.threshold import Limb
from lado.rules.vocabulary import (
    EarlierRecords,
    TermGroup,
)
from lado.services import consultation, decision, organisation, person
from lado.services import draft as drafts
from lado.services.consultation_contact import ContactDetails
from lado.services.decision import DecisionDetails
from lado.services.draft import Place, Window
from lado.services.organisation import OrganisationDetails
from lado.services.person import PersonDetails
from lado.services.position import PositionDetails
from lado.services.subject import AdultDetails
from tests.support.cast import make_cast

_numbers = count(1)

LOG = Place(DraftForm.CONSULTATION_LOG)
SURNAMES = ("Testerby", "Exampleton", "Sampleford", "Mockridge", "Trialsworth")


def term_id(group: TermGroup, label: str) -> int:
    found = db.session.scalar(select(Term.id).where(Term.group == group, Term.label == label))
    assert found is not None, f"no {label} in {group}"
    return found


def a_user(role: Role = Role.LADO) -> User:
    """The first of that role; the `cast` fixture makes them."""
    return db.session.scalars(select(User).where(User.role == role).order_by(User.id)).first()  # type: ignore[return-value]


def days_ago(number: int) -> date:
    return clock.today() - timedelta(days=number)


def make_person(*, by: User | None = None, **details: Any) -> Person:
    number = next(_numbers)
    details = {
        "surname": f"{SURNAMES[number % len(SURNAMES)]}{number}",
        "forename": "Wren",
        "date_of_birth": date(1980, 3, 4),
    } | details
    return person.add(details=PersonDetails(**details), by=by or a_user())


def make_suspected_conflict(user: User) -> SuspectedConflict:
    """With somebody on record who is called as the user is."""
    forename, surname = user.name.split()
    who = make_person(surname=surname, forename=forename, by=user)
    found = suspected_conflicts.waiting(user, who)
    assert found is not None
    return found


def make_organisation(
    name: str = "", *, sector: str = "Maintained school", by: User | None = None
) -> Organisation:
    details = OrganisationDetails(
        name=name or f"Invented Place {next(_numbers)}",
        sector_id=term_id(TermGroup.SECTOR, sector),
    )
    return organisation.add(details=details, is_another=True, by=by or a_user())


def make_adult(
    *,
    person: Person | PersonDetails | None = None,
    sector: str = "Maintained school",
    category: str = "Physical abuse",
    organisation: Organisation | str | None = None,
    **details: Any,
) -> AdultDetails:
    return AdultDetails(
        position=PositionDetails(
            sector_id=term_id(TermGroup.SECTOR, sector),
            organisation=organisation,
        ),
        category_id=term_id(TermGroup.CATEGORY, category),
        person=person,
        **details,
    )


def make_consultation(
    *,
    received_on: date | None = None,
    person: Person | PersonDetails | None = None,
    sector: str = "Maintained school",
    category: str = "Physical abuse",
    organisation: Organisation | str | None = None,
    adult: dict[str, Any] | None = None,
    by: User | None = None,
    **contact: Any,
) -> Consultation:
    """About one adult, not named unless `person` is given."""
    contact = {"summary": "A concern that is invented."} | contact
    return consultation.log(
        contact=ContactDetails(received_on=received_on or days_ago(20), **contact),
        adults=[
            make_adult(
                person=person,
                sector=sector,
                category=category,
                organisation=organisation,
                **(adult or {}),
            )
        ],
        by=by or a_user(),
    )


def decide(
    consultation: Consultation,
    label: str = "Progress to strategy discussion",
    *,
    decided_on: date | None = None,
    by: User | None = None,
    **details: Any,
) -> None:
    """The same decision for each adult of the consultation."""
    details = {
        "limbs": [Limb.HARM],
        "reasons": "Because it is invented.",
        "earlier_weight": "Nothing that bears on this.",
    } | details
    for subject in consultation.subjects:
        decision.decide(
            subject,
            decision=DecisionDetails(
                term_id=term_id(TermGroup.DECISION, label),
                decided_on=decided_on or consultation.received_on,
                earlier_records=EarlierRecords.NONE_FOUND,
                **details,
            ),
            version=consultation.version,
            by=by or a_user(),
        )


def make_case(
    *,
    opened_on: date | None = None,
    by: User | None = None,
    **about: Any,
) -> Case:
    """Opened by a consultation about a named person; `about` goes to `make_consultation`."""
    by = by or a_user()
    if "person" not in about:
        about["person"] = make_person(by=by)
    contact = make_consultation(by=by, **about)
    decide(contact, decided_on=opened_on, by=by)
    case = contact.subjects[0].case
    assert case is not None
    return case


@cache
def with_case(received_days_ago: int = 20) -> Callable[[], Case]:
    """For `prepared`: makes the cast and a case."""

    def make() -> Case:
        make_cast()
        return make_case(received_on=days_ago(received_days_ago))

    return make


def the_case() -> Case:
    return db.session.scalars(select(Case)).one()


def make_draft(by: User, place: Place = LOG) -> Draft:
    window = Window(new_public_id(), new_public_id())
    made = drafts.save(window, place=place, typed=[("summary", "Half a sentence")], by=by)
    assert made is not None
    return made
