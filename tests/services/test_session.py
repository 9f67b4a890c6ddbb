from datetime import timedelta

import pytest
import time_machine

from lado.extensions import db
from lado.models import UserSession
from lado.queries import sessions
from lado.rules.accounts import IDLE, LONGEST, SEEN_EVERY, SESSIONS_AT_ONCE
from lado.rules.permissions import Role
from lado.services import password, session
from lado.services import user as users
from tests.support.accounts import NOON, events, give_password, last_event


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def test_a_session_is_found_by_its_token_which_is_not_kept(cast):
    token = session.start(cast.lado)
    found = sessions.standing(token)
    assert found is not None
    assert found.user is cast.lado
    assert token not in found.token_sha256
    assert sessions.standing(token + "x") is None
    assert sessions.standing("") is None
    assert events() == ["user.signed_in"]


def test_two_sessions_never_have_the_same_token(cast):
    assert session.start(cast.lado) != session.start(cast.lado)


def test_it_ends_when_nothing_was_done_for_half_an_hour(cast, clock):
    token = session.start(cast.lado)
    clock.shift(IDLE - timedelta(seconds=1))
    assert sessions.standing(token)
    clock.shift(timedelta(seconds=1))
    assert sessions.standing(token) is None


def test_it_ends_after_a_day_s_work_whatever_is_done(cast, clock):
    token = session.start(cast.lado)
    for _ in range(int(LONGEST / (IDLE / 2)) - 1):
        clock.shift(IDLE / 2)
        session.seen(sessions.standing(token))
    assert sessions.standing(token)
    clock.shift(IDLE / 2)
    assert sessions.standing(token) is None


def test_being_seen_is_written_down_once_a_minute(cast, clock):
    token = session.start(cast.lado)
    clock.shift(SEEN_EVERY - timedelta(seconds=1))
    session.seen(sessions.standing(token))
    assert sessions.standing(token).last_seen_at == NOON
    clock.shift(timedelta(seconds=1))
    session.seen(sessions.standing(token))
    db.session.expire_all()
    assert sessions.standing(token).last_seen_at == NOON + SEEN_EVERY
    assert events() == ["user.signed_in"]


def test_signing_in_once_more_than_allowed_ends_the_oldest(cast, clock):
    tokens = []
    for _ in range(SESSIONS_AT_ONCE + 1):
        clock.shift(timedelta(minutes=1))
        tokens.append(session.start(cast.lado))
    other = session.start(cast.other_lado)
    assert [bool(sessions.standing(token)) for token in tokens] == [False, True, True, True]
    assert sessions.standing(other)


def test_signing_out_ends_it(cast):
    token, other = session.start(cast.lado), session.start(cast.lado)
    session.end(sessions.standing(token), by=cast.lado)
    assert sessions.standing(token) is None
    assert sessions.standing(other)
    assert last_event().action == "user.signed_out"


def test_all_may_be_ended_but_the_one_at_hand(cast):
    tokens = [session.start(cast.lado) for _ in range(3)]
    session.end_all(cast.lado, by=cast.administrator, but=sessions.standing(tokens[1]))
    assert [bool(sessions.standing(token)) for token in tokens] == [False, True, False]
    assert (last_event().action, last_event().detail) == ("user.sessions_ended", {"sessions": 2})
    assert last_event().actor == cast.administrator.public_id


def change_password(cast):
    give_password(cast.lado)
    password.change(cast.lado, password="seven grey pigeons", keep=None)


def change_role(cast):
    user = cast.lado
    users.change(
        user, name=user.name, role=Role.AUDITOR, version=user.version, by=cast.administrator
    )


def disable(cast):
    users.disable(cast.lado, by=cast.administrator)


@pytest.mark.parametrize("act", [change_password, change_role, disable])
def test_it_does_not_outlive_what_it_was_begun_with(act, cast):
    token = session.start(cast.lado)
    others = session.start(cast.other_lado)
    act(cast)
    assert sessions.standing(token) is None
    assert sessions.standing(others)


def test_a_new_name_ends_nothing(cast):
    token, user = session.start(cast.lado), cast.lado
    users.change(user, name="Lada New", role=user.role, version=user.version, by=cast.administrator)
    assert sessions.standing(token)


def test_the_list_of_sessions_has_the_newest_first(cast, clock):
    first = session.start(cast.lado)
    clock.shift(timedelta(minutes=5))
    second = session.start(cast.lado)
    found = [each.token_sha256 for each in sessions.sessions_of(cast.lado)]
    assert found == [sessions.digest(second), sessions.digest(first)]
    assert db.session.query(UserSession).count() == 2
