"""Who is on record is compared with users and whom they declared, whichever comes first, and is
closed to that user until a manager has looked (R-42)."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import (
    AuditEvent,
    Case,
    Consultation,
    Declaration,
    Enquiry,
    EnquiryClosedTo,
    FormClosedTo,
    Person,
    SuspectedConflict,
    User,
)
from lado.queries import access, conflicts, declarations, inbox, matching
from lado.queries import suspected_conflicts as found
from lado.register.loading import load
from lado.rules.matching import Called, Identity
from lado.rules.permissions import Role
from lado.rules.vocabulary import ConflictState, NameKind, Sameness, Sex
from lado.services import conflict, declaration, enquiry, person, same_person, user
from lado.services.person import PersonDetails
from lado.services.restriction import restrict
from lado.services.suspected_conflict import compare_enquiries, compare_everybody
from tests import contacts
from tests.advice_parts import enquiry_details, log_enquiry
from tests.factories import make_case, make_person
from tests.received import a_form
from tests.register import build
from tests.support.race import race

BORN, ANOTHER = date(1985, 3, 27), date(1961, 12, 30)


def declare(by, surname="Mockridge", forename="Wren", born=None, connection="Sister"):
    return declaration.declare(
        surname=surname, forename=forename, date_of_birth=born, connection=connection, by=by
    )


def change(who, by, **details):
    kept = {"surname": who.name.surname, "forename": who.name.forename,
            "date_of_birth": who.date_of_birth}  # fmt: skip
    person.change(who, details=PersonDetails(**kept | details), version=who.version, by=by)


def pending():
    query = select(SuspectedConflict).where(SuspectedConflict.settled_at.is_(None))
    return db.session.scalars(query.order_by(SuspectedConflict.id)).all()


def sees(who, record):
    return access.may_know_of(who, record)


def a_person(cast, surname="Mockridge", forename="Wren", born=None):
    return make_person(surname=surname, forename=forename, date_of_birth=born, by=cast.other_lado)


def is_added(cast):
    return a_person(cast, "Testwell", "Lada")


def is_renamed(cast):
    who = a_person(cast, "Testwell", "Lida")
    change(who, cast.other_lado, forename="Lada")
    return who


def has_another_name(cast):
    who = a_person(cast)
    person.add_name(who, kind=NameKind.FORMER, surname="Testwell", forename="Lada",
                    version=who.version, by=cast.other_lado)  # fmt: skip
    return who


def gets_the_same_date_of_birth(cast):
    declare(cast.lado, born=BORN)
    who = a_person(cast, "Mockridge", "Wrenna")
    assert pending() == []
    change(who, cast.other_lado, date_of_birth=BORN)
    return who


def is_called_so_by_a_caller(cast):
    who = a_person(cast)
    contacts.log(cast.other_lado, contacts.adult(who, given=PersonDetails("Testwell", "Lada")))
    return who


def comes_by_a_register(cast):
    declare(cast.lado, "Madeup", "Imogen")
    result = load(build.as_csv(build.contact()), by=cast.other_lado)
    assert result.saved
    return db.session.scalars(select(Person)).one()


def is_declared(cast):
    who = a_person(cast)
    declare(cast.lado)
    return who


def is_declared_as_oneself(cast):
    who = a_person(cast)
    declare(cast.lado, connection=None)
    return who


def is_as_the_user_is_called_now(cast):
    who = a_person(cast)
    user.change(cast.lado, name="Wren Mockridge", role=Role.LADO, version=cast.lado.version,
                by=cast.administrator)  # fmt: skip
    return who


@pytest.mark.parametrize(
    "happens",
    [
        is_added, is_renamed, has_another_name, is_called_so_by_a_caller,
        gets_the_same_date_of_birth, comes_by_a_register,
        is_declared, is_declared_as_oneself, is_as_the_user_is_called_now,
    ],
)  # fmt: skip
def test_who_may_be_a_user_or_close_to_them_is_closed_to_them_at_once(cast, happens):
    who = happens(cast)
    (one,) = pending()
    assert (one.user, one.person) == (cast.lado, who)
    assert not sees(cast.lado, who)
    assert sees(cast.other_lado, who)
    last = select(AuditEvent).where(AuditEvent.action == "conflict.suspected")
    event = db.session.scalars(last).one()
    assert (event.record, event.detail) == (who.public_id, {"user": cast.lado.id})


def test_a_new_user_is_compared_too(cast):
    who = a_person(cast)
    made, _ = user.invite(
        email="wren@example.test", name="Wren Mockridge", role=Role.LADO, by=cast.administrator
    )
    assert [one.user for one in pending()] == [made]
    assert not sees(made, who)


def test_all_that_is_about_them_leaves_no_trace(cast):
    who = a_person(cast, born=BORN)
    case = make_case(person=who, by=cast.other_lado)
    linked = a_person(cast, "Sampleford", "Wren", born=BORN)
    same_person.judge(who, linked, sameness=Sameness.SAME, reason="Told", version=who.version,
                      by=cast.manager)  # fmt: skip
    declare(cast.lado, born=BORN)
    for record in (who, linked, case, case.subjects[0].consultation):
        assert not sees(cast.lado, record)
        assert sees(cast.support, record)
    things: tuple[Any, ...] = (Person, Consultation, Case)
    for thing in things:
        assert db.session.scalars(access.visible(cast.lado, thing)).all() == []
    asked = Identity([Called("Mockridge", "Wren")], BORN)
    assert matching.find(cast.lado, asked) == []
    assert matching.find(cast.support, asked) != []
    closed = set(db.session.scalars(access.closed_public_ids(cast.lado)))
    assert closed >= {who.public_id, linked.public_id, case.public_id}


def test_what_somebody_logs_about_themselves_is_closed_to_them_and_waits_for_another(cast):
    made = contacts.log(cast.lado, contacts.adult(PersonDetails("Testwell", "Lada")))
    assert not sees(cast.lado, made)
    assert sees(cast.other_lado, made)
    assert made.owner is None
    other = contacts.log(cast.lado, contacts.adult(PersonDetails("Testerby", "Lada")))
    assert (sees(cast.lado, other), other.owner) == (True, cast.lado)


def test_another_date_of_birth_tells_them_apart(cast):
    declare(cast.lado, born=ANOTHER)
    declare(cast.lado, "Testwell", "Lada", ANOTHER, connection=None)
    assert sees(cast.lado, a_person(cast, born=BORN))
    assert sees(cast.lado, a_person(cast, "Testwell", "Lada", BORN))
    assert pending() == []


def test_one_waits_for_each_user_and_person_with_the_better_reason(cast):
    who = a_person(cast, "Testwell", "Lada", BORN)
    (one,) = pending()
    assert (one.score, one.connection) == (80, "")
    declare(cast.lado, "Testwell", "Lada", BORN, connection="Namesake and cousin")
    assert pending() == [one]
    assert (one.score, one.connection) == (100, "Namesake and cousin")
    assert found.shown(one).match.reasons == (
        "same surname", "same first name", "born 27 March 1985",
    )  # fmt: skip
    assert one.person is who


@pytest.mark.parametrize("connection", [None, "Sister"])
def test_confirmed_it_is_a_conflict_as_if_somebody_had_declared_it(cast, connection):
    who = a_person(cast)
    declare(cast.lado, connection=connection)
    conflict.confirm(pending()[0], by=cast.manager)
    (known,) = conflicts.declared(who)
    assert (known.user, known.connection) == (cast.lado, connection or "")
    assert (pending(), sees(cast.lado, who)) == ([], False)
    change(who, cast.other_lado, date_of_birth=BORN)
    assert pending() == []
    if connection is None:
        second = a_person(cast)
        conflict.confirm(pending()[0], by=cast.manager)
        assert not sees(cast.lado, second)
        assert cast.lado.person_id == who.id


def test_dismissed_it_is_open_again_until_names_or_dates_change(cast):
    who = a_person(cast, "Testwell", "Lada")
    (one,) = pending()
    with pytest.raises(Invalid):
        conflict.dismiss(one, note=" ", by=cast.manager)
    conflict.dismiss(one, note="Another Lada", by=cast.manager)
    assert (one.state, one.settled_by) == (ConflictState.DISMISSED, cast.manager)
    with pytest.raises(Refused):
        conflict.confirm(one, by=cast.manager)
    change(who, cast.other_lado, sex=Sex.FEMALE)
    declare(cast.lado)
    assert (pending(), sees(cast.lado, who)) == ([], True)
    change(who, cast.other_lado, date_of_birth=BORN)
    (again,) = pending()
    assert not sees(cast.lado, who)
    assert found.dismissed_before(again) == [one]


def test_a_conflict_declared_by_hand_settles_what_waits(cast):
    who = a_person(cast, "Testwell", "Lada")
    conflict.declare(who, user=cast.lado, themselves=True, connection="", version=who.version,
                     by=cast.other_lado)  # fmt: skip
    assert pending() == []
    conflict.withdraw(who, user=cast.lado, version=who.version, by=cast.other_lado)
    assert sees(cast.lado, who)


def test_nobody_opens_a_record_to_themselves(cast):
    """By taking a name off their list, or by a date of birth that is not theirs."""
    who = a_person(cast, "Testwell", "Lada", BORN)
    cousin = a_person(cast)
    declaration.take_off(declare(cast.lado), by=cast.lado)
    declare(cast.lado, "Testwell", "Lada", ANOTHER, connection=None)
    assert len(pending()) == 2
    assert not sees(cast.lado, who)
    assert not sees(cast.lado, cousin)
    assert [found.shown(one).match is None for one in pending()] == [True, False]


def test_a_manager_settles_none_about_themselves_nor_of_what_they_may_not_see(cast):
    own = a_person(cast, "Testwell", "Mabel")
    assert found.how_many(cast.manager) == 0
    assert found.none_may_settle(cast.administrator)
    theirs = a_person(cast, "Testwell", "Lada")
    other_manager = User(email="m2@example.test", name="Mo Testwell", role=Role.MANAGER,
                         fs_uniquifier="m2", created_at=cast.manager.created_at)  # fmt: skip
    db.session.add(other_manager)
    db.session.commit()
    assert not found.none_may_settle(cast.administrator)
    seen = {who: {each.found.person for each in found.to_settle(who, 1).items}
            for who in (cast.manager, other_manager)}  # fmt: skip
    assert seen == {cast.manager: {theirs}, other_manager: {own, theirs}}
    restrict(theirs, to=[other_manager], version=theirs.version, by=cast.other_lado)
    assert found.how_many(cast.manager) == 0
    cast.lado.active = False
    db.session.commit()
    assert found.how_many(other_manager) == 1


def test_the_administrator_is_not_told_of_what_concerns_them(cast):
    a_person(cast, "Testwell", "Ada")
    cast.manager.active = False
    db.session.commit()
    assert not found.none_may_settle(cast.administrator)


def test_a_list_is_what_stands_and_holds_no_name_twice(cast):
    first = declare(cast.lado, "Testerby", "Lada", connection=None)
    close = declare(cast.lado)
    with pytest.raises(Invalid, match="already"):
        declare(cast.lado, "MOCKRIDGE", "wren", connection="Cousin")
    impossible = ("-", None, "x"), ("A", date(2999, 1, 1), "x"), ("A", None, " ")
    for surname, born, connection in impossible:
        with pytest.raises(Invalid):
            declare(cast.lado, surname, "", born, connection)
    with pytest.raises(Refused):
        declaration.say_nobody(by=cast.lado)
    declaration.take_off(close, by=cast.lado)
    assert declarations.of(cast.lado) == [first]
    assert db.session.scalar(select(func.count()).select_from(Declaration)) == 2
    declaration.say_nobody(by=cast.lado)
    assert cast.lado.nobody_close_on is not None
    declare(cast.lado)
    assert cast.lado.nobody_close_on is None


def test_a_form_is_closed_to_whom_it_may_concern_whichever_comes_first(cast):
    early = a_form(adult_surname="Mockridge", adult_forename="Wrenna", adult_date_of_birth=BORN)
    declare(cast.lado, born=BORN)
    late = a_form(adult_surname="Mockridge", adult_forename="Wren")
    other = a_form(adult_surname="Mockridge", adult_forename="Wren", adult_date_of_birth=ANOTHER)
    assert inbox.waiting(cast.lado) == [other]
    assert inbox.waiting(cast.support) == [early, late, other]


def test_an_enquiry_is_closed_to_whom_it_may_concern_whichever_comes_first(cast):
    early = log_enquiry(cast.other_lado, surname="Mockridge", forename="Wrenna", date_of_birth=BORN)
    declare(cast.lado, born=BORN)
    late = log_enquiry(cast.other_lado, surname="Mockridge", forename="Wren")
    former = log_enquiry(cast.other_lado, surname="Nowby", former_names="Testwell, Lada")
    other = log_enquiry(
        cast.other_lado, surname="Mockridge", forename="Wren", date_of_birth=ANOTHER
    )
    assert asked_about(cast.lado) == [other]
    assert asked_about(cast.support) == [early, late, former, other]
    enquiry.change(
        former, details=enquiry_details(surname="Nowby"), version=former.version,
        by=cast.other_lado,
    )  # fmt: skip
    assert asked_about(cast.lado) == [former, other]
    db.session.execute(delete(EnquiryClosedTo))
    db.session.commit()
    compare_enquiries()
    assert asked_about(cast.lado) == [former, other]


def asked_about(who):
    return db.session.scalars(access.visible(who, Enquiry).order_by(Enquiry.id)).all()


def test_an_upgrade_compares_who_was_there_before_once(cast):
    who, form = is_declared(cast), a_form(adult_surname="Testwell", adult_forename="Lada")
    for thing in (SuspectedConflict, FormClosedTo):
        db.session.execute(delete(thing))
    db.session.commit()
    compare_everybody()
    assert [(one.user, one.person) for one in pending()] == [(cast.lado, who)]
    assert form not in inbox.waiting(cast.lado)


def test_of_two_at_once_the_second_sees_what_the_first_saved(app, cast):
    by, other = cast.lado.id, cast.other_lado.id
    _, errors = race(
        app,
        lambda: declare(db.session.get_one(User, by)),
        lambda: make_person(
            surname="Mockridge", forename="Wren", by=db.session.get_one(User, other)
        ),
    )
    assert errors == []
    assert len(pending()) == 1
