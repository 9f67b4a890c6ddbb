from datetime import timedelta

import pytest
import time_machine

from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import Invitation, User
from lado.queries import sessions, users
from lado.rules.accounts import LINK_LASTS, LinkPurpose
from lado.rules.permissions import Role
from lado.services import invitation, password, session
from lado.services import user as services
from lado.services.audit import COMMAND_LINE
from tests.support.accounts import (
    NOON,
    events,
    give_password,
    give_second_factor,
    last_event,
)
from tests.support.cast import PASSWORD
from tests.support.race import race

NEW = "seven grey pigeons"
HERE = "127.0.0.1"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def first(token, **changes):
    details = {"name": "Ada Testwell", "email": "Ada@Example.test", "new_password": PASSWORD}
    return invitation.take_up(token, **details | changes)


def test_the_first_link_makes_an_administrator(app):
    user = first(invitation.first_link())
    assert (user.role, user.email, user.name) == (
        Role.ADMINISTRATOR,
        "ada@example.test",
        "Ada Testwell",
    )
    assert password.is_right(user, PASSWORD)
    assert events() == ["user.invited", "user.joined"]


def test_there_is_no_first_link_once_there_is_a_user(cast):
    assert invitation.first_link() is None


def test_the_first_link_is_dead_once_there_is_a_user(app):
    token = invitation.first_link()
    services.invite(email="a@b.test", name="A", role=Role.LADO, by=COMMAND_LINE)
    with pytest.raises(Refused):
        first(token)
    assert db.session.query(User).count() == 1


def test_the_first_administrator_needs_a_name_an_address_and_a_good_password(app):
    token = invitation.first_link()
    with pytest.raises(Invalid) as raised:
        first(token, name="  ", email="nowhere")
    assert set(raised.value.messages) == {"name", "email"}
    with pytest.raises(Invalid) as raised:
        first(token, new_password="Ada Testwell 2026")
    assert set(raised.value.messages) == {"password"}
    assert first(token)


def test_a_link_is_not_kept_in_clear(app):
    token = invitation.first_link()
    kept = db.session.query(Invitation).one()
    assert token not in kept.token_sha256
    assert kept.token_sha256 == sessions.digest(token)


def test_a_link_works_once(cast):
    token = invitation.new_link(cast.lado, purpose=LinkPurpose.BOTH, by=COMMAND_LINE)
    invitation.take_up(token, new_password=NEW)
    with pytest.raises(Refused):
        invitation.take_up(token, new_password=NEW)
    assert users.invitation(token) is None


def test_a_link_works_for_a_day(cast, clock):
    token = invitation.new_link(cast.lado, purpose=LinkPurpose.BOTH, by=COMMAND_LINE)
    clock.shift(LINK_LASTS - timedelta(seconds=1))
    assert users.invitation(token)
    clock.shift(timedelta(seconds=1))
    assert users.invitation(token) is None
    with pytest.raises(Refused):
        invitation.take_up(token, new_password=NEW)


def test_a_newer_link_replaces_an_older(cast, app):
    old = invitation.new_link(cast.lado, purpose=LinkPurpose.BOTH, by=COMMAND_LINE)
    theirs = invitation.new_link(cast.auditor, purpose=LinkPurpose.BOTH, by=COMMAND_LINE)
    new = invitation.new_link(cast.lado, purpose=LinkPurpose.BOTH, by=COMMAND_LINE)
    assert users.invitation(old) is None
    assert users.invitation(new)
    assert users.invitation(theirs)


def test_a_newer_first_link_replaces_an_older(app):
    old, new = invitation.first_link(), invitation.first_link()
    assert users.invitation(old) is None
    assert users.invitation(new)


def test_a_link_of_somebody_disabled_is_dead(cast):
    token = invitation.new_link(cast.lado, purpose=LinkPurpose.BOTH, by=COMMAND_LINE)
    services.disable(cast.lado, by=cast.administrator)
    assert users.invitation(token) is None
    with pytest.raises(Refused):
        invitation.take_up(token, new_password=NEW)
    with pytest.raises(Refused):
        invitation.new_link(cast.lado, purpose=LinkPurpose.BOTH, by=cast.administrator)


def test_of_two_who_follow_one_link_one_gets_in(app, cast):
    token = invitation.new_link(cast.lado, purpose=LinkPurpose.BOTH, by=COMMAND_LINE)
    got, errors = race(
        app,
        lambda: invitation.take_up(token, new_password=NEW),
        lambda: invitation.take_up(token, new_password="eight loud herons"),
    )
    assert len(got) == 1
    assert [type(error) for error in errors] == [Refused]


def test_of_two_who_follow_the_first_link_one_becomes_administrator(app):
    token = invitation.first_link()
    got, errors = race(app, lambda: first(token), lambda: first(token, email="other@example.test"))
    assert len(got) == 1
    assert [type(error) for error in errors] == [Refused]
    assert db.session.query(User).count() == 1


def test_a_lost_password_leaves_the_second_factor_as_it_is(cast):
    user = give_password(cast.lado)
    give_second_factor(user)
    here = session.start(user)
    token = invitation.new_link(user, purpose=LinkPurpose.PASSWORD, by=cast.administrator)
    assert sessions.standing(here), "until the link is used the old password works"
    assert password.is_right(user, PASSWORD)
    invitation.take_up(token, new_password=NEW)
    assert password.is_right(user, NEW)
    assert not password.is_right(user, PASSWORD)
    assert users.has_second_factor(user)
    assert sessions.standing(here) is None
    assert last_event().action == "user.password_changed"


def test_a_lost_phone_needs_the_password_as_well(cast):
    user = give_password(cast.lado)
    give_second_factor(user)
    token = invitation.new_link(user, purpose=LinkPurpose.SECOND_FACTOR, by=cast.administrator)
    with pytest.raises(Invalid):
        invitation.lose_second_factor(token, typed="not the password", address=HERE)
    with pytest.raises(Refused):
        invitation.take_up(token, new_password=NEW)
    assert users.has_second_factor(user)
    invitation.lose_second_factor(token, typed=PASSWORD, address=HERE)
    assert not users.has_second_factor(user)
    assert password.is_right(user, PASSWORD)
    with pytest.raises(Refused):
        invitation.lose_second_factor(token, typed=PASSWORD, address=HERE)


def test_a_link_for_the_password_does_not_take_the_second_factor_away(cast):
    user = give_password(cast.lado)
    give_second_factor(user)
    token = invitation.new_link(user, purpose=LinkPurpose.PASSWORD, by=cast.administrator)
    with pytest.raises(Refused):
        invitation.lose_second_factor(token, typed=PASSWORD, address=HERE)
    assert users.has_second_factor(user)
    assert users.invitation(token)


def test_a_link_for_both_takes_both(cast):
    user = give_password(cast.lado)
    give_second_factor(user)
    token = invitation.new_link(user, purpose=LinkPurpose.BOTH, by=cast.administrator)
    invitation.take_up(token, new_password=NEW)
    assert not users.has_second_factor(user)
    assert password.is_right(user, NEW)


def test_somebody_who_never_joined_gets_a_link_for_both(cast):
    token = invitation.new_link(cast.lado, purpose=LinkPurpose.PASSWORD, by=cast.administrator)
    assert users.invitation(token).purpose is LinkPurpose.BOTH
    invitation.take_up(token, new_password=NEW)
    assert last_event().action == "user.joined"
