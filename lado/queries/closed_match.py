"""Whom to speak to where a record that is closed to a user may be about whom they ask (R-42)."""

from typing import Any

from sqlalchemy import Select, exists, or_, select, true

from lado.extensions import db
from lado.models import (
    Case,
    Consultation,
    ConsultationSubject,
    NamedAccess,
    Person,
    User,
)
from lado.queries import access, matching
from lado.rules.matching import Identity
from lado.rules.permissions import Permission

MOST_NAMES = 2


def speak_to(user: User, *asked: Identity) -> list[str]:
    """Names of users who may see it, those who sign off cases first. Nothing for whoever decides
    no consultations, nor of a record that is or may be about the user or somebody close to them."""
    may_ask = asked and user.can(Permission.CONSULTATION_DECIDE)
    if not may_ask or not _any_restricted():
        return []
    people = matching.fitting(_not_close(user, Person), asked)
    if not people:
        return []
    named = [
        select(NamedAccess.user_id).where(access.NAMED_ON[thing].in_(_closed(user, thing, people)))
        for thing in (Person, Consultation, Case)
    ]
    found = db.session.scalars(
        select(User).where(User.active, or_(*(User.id.in_(ids) for ids in named)))
    ).all()
    best_first = sorted(found, key=lambda each: (not each.can(Permission.CASE_SIGN_OFF), each.name))
    return [each.name for each in best_first[:MOST_NAMES]]


def _any_restricted() -> bool:
    return any(
        db.session.scalar(select(exists().where(thing.restricted == true())))
        for thing in (Person, Consultation, Case)
    )


def _not_close(user: User, thing: type[Any]) -> Select[Any]:
    return select(thing).where(thing.id.not_in(access.conflicted(user, thing)))


def _closed(user: User, thing: type[Any], people: set[int]) -> Select[Any]:
    """Ids of restricted records about these people that the user is not named on."""
    subject = ConsultationSubject
    about = {
        Person: Person.id.in_(people),
        Consultation: Consultation.id.in_(
            select(subject.consultation_id).where(subject.person_id.in_(people))
        ),
        Case: or_(
            Case.person_id.in_(people),
            Case.id.in_(select(subject.case_id).where(subject.person_id.in_(people))),
        ),
    }[thing]
    return (
        _not_close(user, thing)
        .with_only_columns(thing.id)
        .where(about, thing.restricted == true(), thing.id.not_in(access.named_for(user.id, thing)))
    )
