"""What is known about the adults of a consultation and where they work or it happened, besides the
consultation itself: for its own page, in a number of statements that does not grow with them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import union

from lado import clock
from lado.extensions import db
from lado.models import (
    Case,
    Consultation,
    ConsultationSubject,
    Organisation,
    Person,
    Position,
    User,
)
from lado.queries import access, alerts, closed_match, consultations, held, matching, same_person
from lado.rules.alerts import Alert, alert
from lado.rules.permissions import Permission
from lado.rules.vocabulary import CaseStatus, ConsultationStatus

Numbers = dict[int, dict[int, date]]
Rule = tuple[int, int]


@dataclass(frozen=True)
class Known:
    """`contacts` and `cases` besides this consultation and its own; the `alert` counts it too.
    `may_be_same`: how many people may be this one of whom nobody has said so yet. `concluded` are
    the person's concluded cases: a later contact may call for another look at them."""

    record: Person | Organisation
    contacts: int
    cases: int
    alert: Alert | None
    may_be_same: int = 0
    concluded: Sequence[Case] = ()

    @property
    def is_person(self) -> bool:
        return isinstance(self.record, Person)


@dataclass(frozen=True)
class OnRecord:
    """`records` are the adults, then the places. `speak_to` are those who may see a closed record
    that fits one of the adults, while there is something to decide."""

    records: Sequence[Known]
    months: int
    speak_to: Sequence[str]


def on_record(user: User, consultation: Consultation) -> OnRecord:
    adults = _adults(consultation) if user.can(Permission.PERSON_VIEW) else []
    asks = adults and consultation.status is ConsultationStatus.OPEN
    identities = matching.each_with_given(user, adults).values() if asks else ()
    rule = alerts.numbers()
    return OnRecord(
        _about(user, adults, consultation, rule)
        + _at(user, _places(consultation), consultation, rule),
        rule[1],
        closed_match.speak_to(user, *identities),
    )


def _adults(consultation: Consultation) -> list[Person]:
    people = (subject.person for subject in consultation.subjects)
    return list(dict.fromkeys(person for person in people if person))


def _places(consultation: Consultation) -> list[Organisation]:
    places = [consultation.setting]
    for subject in consultation.subjects:
        places += consultations.places_of(subject)
    return list(dict.fromkeys(place for place in places if place))


def _about(user: User, adults: list[Person], consultation: Consultation, rule: Rule) -> list[Known]:
    if not adults:
        return []
    own = {subject.case_id for subject in consultation.subjects}
    of, same = held.held(user, adults), same_person.how_many_may_be(user, adults)
    found = []
    for person in adults:
        days = {each.public_id: each.received_on for each in of[person.id].contacts}
        raised = _alert(days.values(), rule)
        contacts = len(days.keys() - {consultation.public_id})
        cases = [case for case in of[person.id].cases if case.id not in own]
        concluded = [case for case in cases if case.status is CaseStatus.CONCLUDED]
        found.append(Known(person, contacts, len(cases), raised, same[person.id], concluded))
    return found


def _at(
    user: User, places: list[Organisation], consultation: Consultation, rule: Rule
) -> list[Known]:
    if not places:
        return []
    ids = [place.id for place in places]
    contacts, cases = _contacts_at(user, ids), _cases_at(user, ids)
    own = {subject.case_id for subject in consultation.subjects}
    return [
        Known(
            place,
            len(contacts[place.id].keys() - {consultation.id}),
            len(cases[place.id].keys() - own),
            _alert(contacts[place.id].values(), rule),
        )
        for place in places
    ]


def _alert(days: Iterable[date], rule: Rule) -> Alert | None:
    contacts, months = rule
    return alert(days, contacts=contacts, months=months, today=clock.today())


def _contacts_at(user: User, ids: Collection[int]) -> Numbers:
    """As setting, as employer, or itself the subject: each contact once."""
    known, subject = access.visible(user, Consultation), ConsultationSubject
    day = Consultation.id, Consultation.received_on
    with_subject = known.join(subject, subject.consultation_id == Consultation.id)
    employer = with_subject.join(Position, Position.id == subject.position_id)
    return _numbers(
        known.where(Consultation.setting_id.in_(ids)).with_only_columns(
            Consultation.setting_id, *day
        ),
        with_subject.where(subject.organisation_id.in_(ids)).with_only_columns(
            subject.organisation_id, *day
        ),
        employer.where(Position.organisation_id.in_(ids)).with_only_columns(
            Position.organisation_id, *day
        ),
    )


def _cases_at(user: User, ids: Collection[int]) -> Numbers:
    """As `records_of.case_is_at` has it, for several places at once."""
    known, subject = access.visible(user, Case), ConsultationSubject
    day = Case.id, Case.received_on
    here = access.visible(user, Consultation).where(Consultation.setting_id.in_(ids))
    there = here.with_only_columns(Consultation.id, Consultation.setting_id).subquery()
    joined = known.join(subject, subject.case_id == Case.id)
    worked = Position.organisation_id.in_(ids)
    return _numbers(
        known.where(Case.organisation_id.in_(ids)).with_only_columns(Case.organisation_id, *day),
        known.join(Position, Position.id == Case.position_id)
        .where(worked)
        .with_only_columns(Position.organisation_id, *day),
        joined.where(subject.organisation_id.in_(ids)).with_only_columns(
            subject.organisation_id, *day
        ),
        joined.join(Position, Position.id == subject.position_id)
        .where(worked)
        .with_only_columns(Position.organisation_id, *day),
        joined.join(there, there.c.id == subject.consultation_id).with_only_columns(
            there.c.setting_id, *day
        ),
    )


def _numbers(*parts: Any) -> Numbers:
    """By organisation, what there is with its day."""
    found: Numbers = defaultdict(dict)
    rows: Any = db.session.execute(union(*parts))
    for place, id_, day in rows:
        found[place][id_] = day
    return found
