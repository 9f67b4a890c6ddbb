from statistics import median
from time import process_time

import pytest
import time_machine

from lado.errors import Invalid
from lado.extensions import db, security
from lado.models import AuditEvent, RateCount
from lado.queries import sessions
from lado.rules import passwords
from lado.rules.accounts import ACCOUNT, ACCOUNT_HERE, ADDRESS, CODE, EVERYWHERE
from lado.services import password, session, sign_in
from lado.services import user as users
from tests.support.accounts import (
    NOON,
    code_for,
    events,
    give_password,
    give_second_factor,
    last_event,
)
from tests.support.cast import PASSWORD
from tests.support.race import race

HERE, THERE = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def lado(cast):
    return give_password(cast.lado)


def attempt(user, typed=PASSWORD, address=HERE):
    return sign_in.check_password(user.email, typed, address=address)


def test_the_right_password_is_right(lado):
    assert attempt(lado) is lado
    assert sign_in.check_password("LADO@Example.Test", PASSWORD, address=HERE) is lado
    assert events() == []


@pytest.mark.parametrize(
    "typed", ["", PASSWORD + " ", " " + PASSWORD, PASSWORD.upper(), "x" * 5000]
)
def test_a_password_is_taken_exactly_as_typed(typed, lado):
    assert attempt(lado, typed) is None


@pytest.mark.parametrize(
    "typed", ["  two  blanks  inside it ", "Cŵn a chathod 🦉", "x" * 128, "a\x00b" * 9]
)
def test_any_text_can_be_a_password(typed, cast):
    give_password(cast.lado, typed)
    assert attempt(cast.lado, typed) is cast.lado
    assert attempt(cast.lado, typed[:-1]) is None


def test_each_failure_leaves_an_event_and_a_count(lado):
    attempt(lado, "wrong wrong wrong")
    event = last_event()
    assert (event.action, event.actor) == ("user.sign_in_failed", "not signed in")
    assert (event.record, event.detail) == (lado.public_id, {"step": 1})
    assert lado.failed_sign_ins == 1
    sign_in.check_password("nobody@example.test", PASSWORD, address=HERE)
    assert last_event().record is None


def test_a_user_who_is_disabled_or_never_joined_is_refused(cast, lado):
    assert attempt(cast.other_lado, "") is None
    users.disable(lado, by=cast.administrator)
    assert attempt(lado) is None


def test_a_long_password_is_not_hashed(lado, monkeypatch):
    def hashed(*_):
        raise AssertionError("hashed")

    monkeypatch.setattr(password, "verify_password", hashed)
    monkeypatch.setattr(security.pwd_context, "dummy_verify", hashed)
    assert attempt(lado, "x" * (passwords.LONGEST + 1)) is None


def test_an_account_may_be_tried_so_often_from_one_place(lado, clock):
    for _ in range(ACCOUNT_HERE.tries):
        assert attempt(lado, "wrong wrong wrong") is None
    assert attempt(lado) is None, "even the right password"
    assert attempt(lado, address=THERE) is lado, "a guesser does not shut the owner out"
    clock.shift(ACCOUNT_HERE.minutes * 60)
    assert attempt(lado) is lado


def test_an_account_may_be_tried_so_often_from_all_places(lado, clock):
    for number in range(ACCOUNT.tries):
        attempt(lado, "wrong wrong wrong", address=f"192.0.2.{number}")
    assert attempt(lado, address="198.51.100.1") is None
    clock.shift(ACCOUNT.minutes * 60)
    assert attempt(lado, address="198.51.100.1") is lado


def test_one_address_shuts_nobody_else_out(lado, clock):
    """However often it tries, one account or many: what is refused there counts nowhere else."""
    for _ in range(ACCOUNT.tries + 1):
        attempt(lado, "wrong wrong wrong")
    assert attempt(lado, address=THERE) is lado


def test_one_address_does_not_use_up_the_tries_of_all(lado, clock, monkeypatch):
    monkeypatch.setattr("lado.services.throttle.ADDRESS", ADDRESS.__class__(2, 15))
    monkeypatch.setattr("lado.services.throttle.EVERYWHERE", EVERYWHERE.__class__(4, 15))
    for number in range(9):
        sign_in.check_password(f"{number}@example.test", "x", address=HERE)
    assert attempt(lado, address=THERE) is lado


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("", "no address", False),
    ],
)
def test_an_ipv6_address_is_counted_as_its_network(first, second, same, lado, clock):
    for _ in range(ACCOUNT_HERE.tries):
        attempt(lado, "wrong wrong wrong", address=first)
    assert (attempt(lado, address=second) is None) is same


def test_the_right_password_takes_the_count_back(lado, clock):
    for _ in range(3):
        for _ in range(ACCOUNT_HERE.tries - 1):
            attempt(lado, "wrong wrong wrong")
        assert attempt(lado) is lado


def test_it_is_the_address_that_is_counted_not_its_spelling(lado, clock):
    for spelling in ("lado@example.test", "LADO@example.test", "Lado@Example.Test") * 2:
        sign_in.check_password(spelling, "wrong wrong wrong", address=HERE)
    assert attempt(lado) is None


@pytest.fixture
def no_hashing(monkeypatch):
    """Counts how often a password was looked at."""
    looked = []
    monkeypatch.setattr(password, "is_right", lambda user, typed: looked.append(typed))
    return looked


def test_one_address_may_try_so_often(app, clock, no_hashing):
    for number in range(ADDRESS.tries + 5):
        sign_in.check_password(f"{number}@example.test", "x", address=HERE)
    assert len(no_hashing) == ADDRESS.tries, "counted before hashing"
    sign_in.check_password("z@example.test", "x", address=THERE)
    assert len(no_hashing) == ADDRESS.tries + 1


def test_the_world_may_try_so_often(app, clock, no_hashing, monkeypatch):
    monkeypatch.setattr("lado.services.throttle.EVERYWHERE", EVERYWHERE.__class__(3, 15))
    for number in range(6):
        sign_in.check_password(f"{number}@example.test", "x", address=f"192.0.2.{number}")
    assert len(no_hashing) == 3


def test_what_is_refused_by_a_throttle_does_not_fill_the_trail(lado, clock):
    for _ in range(ACCOUNT_HERE.tries + 20):
        attempt(lado, "wrong wrong wrong")
    assert len(events()) == ACCOUNT_HERE.tries


def test_several_processes_count_together(app, lado, clock):
    tries = [lambda: sign_in.check_password("lado@example.test", "x", address=HERE)] * 4
    for _ in range(2):
        race(app, *tries)
    counts = sorted(row.count for row in db.session.query(RateCount))
    assert counts == [ACCOUNT_HERE.tries, 8, 8, 8], "refused tries count in the narrow windows only"
    assert attempt(lado) is None


def test_the_counts_hold_no_address_and_are_cleared_away(lado, clock):
    attempt(lado, "wrong wrong wrong")
    keys = [row.key for row in db.session.query(RateCount)]
    assert len(keys) == 4
    assert not any("lado@" in key or HERE in key for key in keys)
    db.session.rollback()
    clock.shift(3600)
    sign_in.check_password("other@example.test", "x", address=THERE)
    assert db.session.query(RateCount).count() == 4


def test_a_code_begins_the_session(lado, clock):
    give_second_factor(lado)
    clock.shift(60)
    sign_in.failed(lado)
    assert sign_in.with_code(lado, code_for(lado))
    assert last_event().action == "user.signed_in"
    assert lado.failed_sign_ins == 0
    assert lado.last_sign_in_at


def test_a_wrong_code_begins_nothing_and_leaves_an_event(lado):
    give_second_factor(lado)
    with pytest.raises(Invalid):
        sign_in.with_code(lado, "000000")
    assert (last_event().action, last_event().detail) == ("user.sign_in_failed", {"step": 2})


def test_codes_may_be_tried_so_often(lado, clock):
    recovery = give_second_factor(lado)
    for _ in range(CODE.tries):
        with pytest.raises(Invalid):
            sign_in.with_code(lado, "000000")
    clock.shift(60)
    for right in (code_for(lado), recovery[0]):
        with pytest.raises(Invalid):
            sign_in.with_code(lado, right)
    clock.shift(CODE.minutes * 60)
    assert sign_in.with_code(lado, code_for(lado))


def test_changing_a_password_keeps_the_session_at_hand(lado):
    here, there = session.start(lado), session.start(lado)
    begun = lado.fs_uniquifier
    password.change(lado, password="seven grey pigeons", keep=sessions.standing(here))
    assert sessions.standing(here)
    assert sessions.standing(there) is None
    assert lado.fs_uniquifier != begun
    assert attempt(lado, "seven grey pigeons") is lado


@pytest.mark.parametrize("weak", ["short", "x" * 129, "password1234", "Lada Testwell 99"])
def test_a_weak_password_is_refused_and_changes_nothing(weak, lado):
    with pytest.raises(Invalid) as raised:
        password.change(lado, password=weak, keep=None)
    assert set(raised.value.messages) == {"password"}
    assert attempt(lado) is lado
    assert events() == []


def test_a_hash_is_made_stronger_when_its_password_is_next_right(lado):
    weaker = security.pwd_context.using(argon2__time_cost=2, argon2__memory_cost=16)
    lado.password = weaker.hash(PASSWORD)
    db.session.commit()
    before = lado.password
    attempt(lado, "wrong wrong wrong")
    assert lado.password == before
    assert attempt(lado) is lado
    assert lado.password != before
    assert attempt(lado) is lado
    assert db.session.query(AuditEvent).filter_by(action="user.changed").count() == 1


@pytest.mark.sqlite_only
def test_somebody_unknown_takes_as_long_as_somebody_known(app, cast):
    """With hashing as dear as it really is, all else drowns in it. The processor's time is taken,
    because that of the wall depends on what else the machine does."""
    users.disable(cast.auditor, by=cast.administrator)
    security.pwd_context.update(argon2__time_cost=3, argon2__memory_cost=64 * 1024)
    lado = give_password(cast.lado)
    give_password(cast.auditor)

    def seconds(email, typed):
        began = process_time()
        sign_in.check_password(email, typed, address=HERE)
        return process_time() - began

    seconds("warm-up@example.test", "x")
    kinds = {
        "wrong": (lado.email, "wrong wrong wrong"),
        "unknown": ("nobody@example.test", PASSWORD),
        "disabled": (cast.auditor.email, PASSWORD),
        "never joined": (cast.manager.email, PASSWORD),
    }
    times = {kind: median(seconds(*how) for _ in range(4)) for kind, how in kinds.items()}
    for _ in range(ACCOUNT_HERE.tries):
        attempt(lado, "wrong wrong wrong")
    times["too often"] = median(seconds(lado.email, PASSWORD) for _ in range(4))
    assert max(times.values()) < 2.5 * min(times.values()), times
