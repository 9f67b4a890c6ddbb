"""The consultations received in the period, and the adults they are about."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from lado.models import (
    Consultation,
    ConsultationSubject,
    Decision,
    Organisation,
    OtherAuthority,
    Person,
    Position,
    SubjectLimb,
)
from lado.reports.populations import contradictions
from lado.reports.populations.parts import FIRST, Day, Statement, in_period, iso, standing
from lado.reports.scope import AS_AT, END, YEAR_BEFORE_END
from lado.rules.transfer import AuthorityPart

# Which of several other authorities decides for the whole record.
PARTS = (AuthorityPart.IN, AuthorityPart.OUT, AuthorityPart.JOINT, AuthorityPart.INFORMATION)


def _adults() -> Statement:
    """One row an adult in the consultations received."""
    decision, earliest = aliased(Decision), aliased(Decision)
    return (
        select(
            *_of_the_contact(),
            *_of_the_adult(),
            decision.term_id.label("decision"),
            iso(earliest.decided_on).label("decided_on"),
        )
        .join(ConsultationSubject, ConsultationSubject.consultation_id == Consultation.id)
        .join(Position, Position.id == ConsultationSubject.position_id)
        .outerjoin(Organisation, Organisation.id == Position.organisation_id)
        .outerjoin(
            decision,
            and_(
                decision.subject_id == ConsultationSubject.id,
                standing(decision.decided_on, decision.ended_on, AS_AT),
            ),
        )
        .outerjoin(
            earliest,
            and_(
                earliest.subject_id == ConsultationSubject.id,
                earliest.number == FIRST,
                earliest.decided_on <= AS_AT,
            ),
        )
        .where(in_period(Consultation.received_on))
    )


def _of_the_contact() -> list[ColumnElement[Any]]:
    return [
        Consultation.id.label("id"),
        iso(Consultation.received_on).label("received_on"),
        iso(Consultation.aware_on).label("aware_on"),
        case(
            (Consultation.first_answered_on <= AS_AT, iso(Consultation.first_answered_on)),
            else_=None,
        ).label("answered_on"),
        Consultation.referrer_agency_id.label("agency"),
        Consultation.contact_method_id.label("method"),
        Consultation.happened_from.is_(None).label("no_event_day"),
        Consultation.children.is_(None).label("no_children"),
        Consultation.setting_id.label("setting"),
        authority_of(OtherAuthority.consultation_id, Consultation.id).label("authority"),
        *contradictions.of_consultations(),
    ]


def _of_the_adult() -> list[ColumnElement[Any]]:
    return [
        ConsultationSubject.person_id.is_(None).label("unnamed"),
        ConsultationSubject.category_id.label("category"),
        ConsultationSubject.context_id.label("context"),
        Position.sector_id.label("sector"),
        Position.role_id.label("role"),
        Organisation.subsector_id.label("subsector"),
        Organisation.school_phase_id.label("school_phase"),
        Organisation.school_type_id.label("school_type"),
        Organisation.small_voluntary.label("small_voluntary"),
    ]


def authority_of(
    home: InstrumentedAttribute[Any], record: InstrumentedAttribute[int]
) -> ColumnElement[Any]:
    """The place in `PARTS` of what another authority has to do with a record."""
    rank = case(*((OtherAuthority.part == part, n) for n, part in enumerate(PARTS)))
    found = select(func.min(rank)).where(home == record)
    return found.correlate(Consultation, record.class_).scalar_subquery()


def received() -> Statement:
    """One row a consultation, with its first adult."""
    return _adults().where(ConsultationSubject.number == FIRST)


def several_adults() -> Statement:
    """All adults of the consultations about more than one, the first adult first."""
    further = aliased(ConsultationSubject)
    several = (
        select(further.consultation_id)
        .join(Consultation, Consultation.id == further.consultation_id)
        .where(further.number > FIRST, in_period(Consultation.received_on))
    )
    adults = _adults().where(Consultation.id.in_(several))
    return adults.order_by(Consultation.id, ConsultationSubject.number)


def limbs() -> Statement:
    """One row a limb of the threshold that the concern about the first adult fits."""
    return (
        select(Consultation.id.label("id"), SubjectLimb.limb.label("limb"))
        .join(ConsultationSubject, ConsultationSubject.consultation_id == Consultation.id)
        .join(SubjectLimb, SubjectLimb.subject_id == ConsultationSubject.id)
        .where(in_period(Consultation.received_on), ConsultationSubject.number == FIRST)
    )


def adults() -> Statement:
    """One row a named adult in the consultations received."""
    who = func.coalesce(Person.same_as_id, Person.id)
    return (
        select(
            Consultation.id.label("id"),
            who.label("person"),
            _another_contact(who).label("known"),
            Person.sex.label("sex"),
            _age().label("age"),
        )
        .join(ConsultationSubject, ConsultationSubject.consultation_id == Consultation.id)
        .join(Person, Person.id == ConsultationSubject.person_id)
        .where(in_period(Consultation.received_on))
    )


def _another_contact(who: ColumnElement[int]) -> ColumnElement[bool]:
    """About any record of the same human being, by the period's end. Its day is asked for by
    itself: to begin with all contacts up to that day would be to read the whole history."""
    other, contact, same = aliased(ConsultationSubject), aliased(Consultation), aliased(Person)
    day = select(contact.received_on).where(contact.id == other.consultation_id)
    another = (
        other.consultation_id != Consultation.id,
        day.correlate(other).scalar_subquery() <= END,
    )
    return or_(
        exists().where(other.person_id == who, *another).correlate(Consultation, Person),
        exists()
        .where(same.same_as_id == who, other.person_id == same.id, *another)
        .correlate(Consultation, Person),
    )


def _age() -> ColumnElement[int]:
    """In years on the day of the contact; one that was stated grows by the years since."""
    received = Consultation.received_on
    born = (_digits(received) - _digits(Person.date_of_birth)) // 10_000
    stated = Person.stated_age + (_digits(received) - _digits(Person.age_stated_on)) // 10_000
    return func.coalesce(born, stated)


def _digits(day: Day) -> ColumnElement[int]:
    """`2013-03-31` as 20130331: two of them, taken from each other, give whole years in the ten
    thousands, alike on both engines."""
    return cast(func.replace(iso(day), "-", ""), Integer)


def places() -> Statement:
    """One row a consultation received whose setting is recorded."""
    other = aliased(Consultation)
    another = exists().where(
        other.setting_id == Consultation.setting_id,
        other.id != Consultation.id,
        other.received_on > YEAR_BEFORE_END,
        other.received_on <= END,
    )
    return select(
        Consultation.id.label("id"),
        Consultation.setting_id.label("place"),
        another.correlate(Consultation).label("again"),
    ).where(in_period(Consultation.received_on), Consultation.setting_id.is_not(None))
