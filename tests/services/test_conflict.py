"""Nobody sees a record about themselves or somebody close to them (R-42)."""

import pytest
from sqlalchemy import select

from lado.errors import Conflict, Invalid, NotFound
from lado.extensions import db
from lado.models import AuditEvent, Case, Consultation, Person
from lado.queries import access, conflicts
from lado.services import conflict
from tests.case_parts import join_case
from tests.contacts import adult, decide, log, position
from tests.factories import make_case, make_organisation, make_person

PROGRESS = "Progress to strategy discussion"


@pytest.fixture
def case(cast):
    return make_case(by=cast.lado)


def declare(person, user, by, **details):
    details = {"themselves": False, "connection": "Sister"} | details
    conflict.declare(person, user=user, version=person.version, by=by, **details)


def sees(user, thing):
    return db.session.scalars(access.visible(user, thing)).all() != []


@pytest.mark.parametrize(
    "details", [{"themselves": True, "connection": ""}, {"connection": "Sister"}]
)
def test_it_hides_the_person_and_all_that_is_about_them(cast, case, details):
    declare(case.person, cast.other_lado, cast.lado, **details)
    for thing in (Person, Consultation, Case):
        assert not sees(cast.other_lado, thing)
        assert sees(cast.lado, thing)
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (event.action, event.record) == ("conflict.declared", case.person.public_id)
    (declared,) = conflicts.declared(case.person)
    assert (declared.user, declared.connection) == (cast.other_lado, details["connection"])


def test_also_a_case_that_is_about_an_organisation_and_which_they_joined(cast):
    school = make_organisation("Sample School")
    about = adult(position=position(organisation=school), organisation_itself=True)
    first = log(cast.lado, about)
    decide(first.subjects[0], cast.lado, PROGRESS)
    case = first.subjects[0].case
    teacher = make_person()
    join_case(case, cast.lado, adult(teacher, position=position(organisation=school)))
    declare(teacher, cast.other_lado, cast.lado)
    assert not sees(cast.other_lado, Case)
    assert sees(cast.support, Case)


def test_withdrawn_they_see_it_again(cast, case):
    person = case.person
    for details in ({"themselves": True, "connection": ""}, {"connection": "Friend"}):
        declare(person, cast.other_lado, cast.lado, **details)
        conflict.withdraw(person, user=cast.other_lado, version=person.version, by=cast.lado)
        assert sees(cast.other_lado, Case)
        assert conflicts.declared(person) == []
    with pytest.raises(NotFound):
        conflict.withdraw(person, user=cast.other_lado, version=person.version, by=cast.lado)


def test_it_is_declared_once_with_the_connection_and_of_the_newest_version(cast, case):
    person = case.person
    with pytest.raises(Invalid, match="connected"):
        declare(person, cast.support, cast.lado, connection=" ")
    declare(person, cast.support, cast.lado)
    with pytest.raises(Invalid, match="already"):
        declare(person, cast.support, cast.lado)
    with pytest.raises(Conflict):
        conflict.declare(
            person, user=cast.other_lado, themselves=False, connection="x",
            version=person.version - 1, by=cast.lado,
        )  # fmt: skip
    declare(make_person(), cast.other_lado, cast.lado, themselves=True)
    with pytest.raises(Invalid, match="somebody else"):
        declare(person, cast.other_lado, cast.lado, themselves=True)
