"""A record is opened to named people only, and to everybody again: the same for each kind."""

import pytest
from sqlalchemy import select

from lado.errors import Invalid, NotFound, Refused
from lado.extensions import db
from lado.models import Associate, AuditEvent, NamedAccess
from lado.queries import access
from lado.services.case_owner import assign_owner
from lado.services.restriction import restrict, unrestrict
from tests.factories import make_case, make_consultation, make_person

GET = {
    "case": access.get_case,
    "consultation": access.get_consultation,
    "person": access.get_person,
}
MAKE = {"case": make_case, "consultation": make_consultation, "person": make_person}


def sees(user, record):
    get = GET[record.__tablename__]
    try:
        return get(user, record.public_id, access.READS[type(record)]) is record
    except NotFound:
        return False


def last_event():
    return db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()


@pytest.fixture(params=MAKE)
def record(request, cast):
    return MAKE[request.param](by=cast.lado)


def test_only_those_named_and_the_one_who_restricts_see_it(cast, record):
    restrict(record, to=[cast.lado], version=record.version, by=cast.manager)
    assert sees(cast.lado, record)
    assert sees(cast.manager, record)
    assert not sees(cast.other_lado, record)
    event = last_event()
    assert event.action == f"{record.__tablename__}.restricted"
    assert event.detail == {"people": 2}


def test_again_to_change_who_is_named(cast, record):
    to = [cast.lado, cast.support, cast.manager]
    restrict(record, to=to, version=record.version, by=cast.lado)
    restrict(record, to=[cast.manager], version=record.version, by=cast.lado)
    assert not sees(cast.support, record)
    assert sees(cast.manager, record)


def test_a_manager_is_named_too_so_that_it_is_not_lost(cast, record):
    with pytest.raises(Invalid, match="manager"):
        restrict(record, to=[cast.other_lado], version=record.version, by=cast.lado)
    assert sees(cast.support, record)


def test_a_manager_with_a_conflict_of_interest_is_not_waited_for(cast):
    person = make_person()
    db.session.add(Associate(user_id=cast.manager.id, person_id=person.id, connection="Brother"))
    db.session.commit()
    restrict(person, to=[cast.other_lado], version=person.version, by=cast.lado)
    assert sees(cast.other_lado, person)
    assert cast.manager not in access.readers(person)


def test_nobody_is_named_whose_role_never_sees_it(cast, record):
    with pytest.raises(Invalid, match="role"):
        restrict(record, to=[cast.manager, cast.member], version=record.version, by=cast.lado)


def test_lifted_everybody_sees_it_again(cast, record):
    restrict(record, to=[cast.manager], version=record.version, by=cast.lado)
    unrestrict(record, version=record.version, by=cast.lado)
    assert sees(cast.other_lado, record)
    assert db.session.scalars(select(NamedAccess)).all() == []
    assert last_event().action == f"{record.__tablename__}.unrestricted"
    with pytest.raises(Refused):
        unrestrict(record, version=record.version, by=cast.lado)


def test_a_case_names_its_owner(cast):
    case = make_case(by=cast.lado)
    with pytest.raises(Invalid, match="owner"):
        restrict(case, to=[cast.manager], version=case.version, by=cast.manager)
    assert sees(cast.other_lado, case)


def test_a_restricted_case_is_given_only_to_somebody_named(cast):
    case = make_case(by=cast.lado)
    restrict(case, to=[cast.manager], version=case.version, by=cast.lado)
    with pytest.raises(Invalid):
        assign_owner(case, owner=cast.other_lado, version=case.version, by=cast.lado)
