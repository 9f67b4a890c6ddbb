import re
from datetime import timedelta

import pytest
import time_machine

from lado.database import write_transaction
from lado.errors import Invalid
from lado.extensions import db, security
from lado.models import RecoveryCode, SecondFactor
from lado.queries import sessions, users
from lado.services import second_factor, session, sign_in
from tests.support.accounts import NOON, code_for, code_of, events, give_second_factor, last_event
from tests.support.race import race


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def spend(user, code):
    with write_transaction(db.session()):
        return second_factor.spend(user, code)


def test_setting_up_needs_a_code_of_the_app(cast, clock):
    secret = second_factor.new_secret()
    for wrong in ("", "000", "abcdef", "１２３４５６", code_of(second_factor.new_secret())):
        with pytest.raises(Invalid):
            second_factor.set_up(cast.lado, secret=secret, code=wrong, by=cast.lado)
    assert not users.has_second_factor(cast.lado)
    second_factor.set_up(cast.lado, secret=secret, code=code_of(secret), by=cast.lado)
    assert users.has_second_factor(cast.lado)
    assert events() == ["user.second_factor_changed"]


def test_the_secret_is_not_kept_in_clear(cast):
    give_second_factor(cast.lado)
    kept = db.session.get(SecondFactor, cast.lado.id).secret
    key = security.totp_factory.get_totp_pretty_key(kept).replace("-", "")
    assert "enckey" in kept
    assert key not in kept.upper()


def test_a_code_works_once_however_it_is_spaced(cast, clock):
    give_second_factor(cast.lado)
    clock.shift(60)
    code = code_for(cast.lado)
    assert spend(cast.lado, f" {code[:3]} {code[3:]} ")
    for again in (
        code,
        f"{code[:3]} {code[3:]}",
        f"{code} ",
        f"\t{code}",
        f"{code[:3]}-{code[3:]}",
    ):
        assert not spend(cast.lado, again)


def test_the_code_that_set_the_app_up_is_spent(cast, clock):
    give_second_factor(cast.lado)
    assert not spend(cast.lado, code_for(cast.lado))


def test_a_code_before_the_last_one_used_is_spent_too(cast, clock):
    give_second_factor(cast.lado)
    clock.shift(60)
    early = code_for(cast.lado)
    clock.shift(30)
    assert spend(cast.lado, code_for(cast.lado))
    assert not spend(cast.lado, early)


@pytest.mark.parametrize(("seconds", "works"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_code_is_good_one_step_before_and_after_its_own(seconds, works, cast, clock):
    give_second_factor(cast.lado)
    clock.shift(timedelta(minutes=10))
    code = code_for(cast.lado)
    clock.shift(seconds)
    assert spend(cast.lado, code) is works


def test_a_code_is_nobody_else_s(cast, clock):
    give_second_factor(cast.lado)
    codes = give_second_factor(cast.other_lado)
    clock.shift(60)
    assert not spend(cast.lado, code_for(cast.other_lado))
    assert not spend(cast.lado, codes[0])


def test_nobody_has_a_code_without_an_app(cast):
    assert not spend(cast.lado, "123456")


def test_a_recovery_code_works_once(cast):
    codes = give_second_factor(cast.lado)
    assert spend(cast.lado, codes[3])
    assert not spend(cast.lado, codes[3])
    assert spend(cast.lado, codes[4].upper().replace("-", " "))
    assert not spend(cast.lado, codes[4])
    assert users.recovery_codes_left(cast.lado) == 8


def test_recovery_codes_cannot_be_read_again_nor_guessed(cast):
    codes = give_second_factor(cast.lado)
    kept = {code.code_sha256 for code in db.session.query(RecoveryCode)}
    assert len(kept) == len(codes) == 10
    assert all(re.fullmatch(r"([a-z2-7]{4}-){5}[a-z2-7]{4}", code) for code in codes)
    assert kept == {sessions.digest(code.replace("-", "")) for code in codes}


def test_new_recovery_codes_replace_the_old(cast):
    old = give_second_factor(cast.lado)
    new = second_factor.renew_recovery_codes(cast.lado, by=cast.lado)
    assert not spend(cast.lado, old[0])
    assert spend(cast.lado, new[0])
    assert last_event().detail == {"recovery_codes": 10}


def test_a_new_app_replaces_the_old_and_ends_other_sessions(cast, clock):
    old_codes = give_second_factor(cast.lado)
    here, there = session.start(cast.lado), session.start(cast.lado)
    secret = second_factor.new_secret()
    keep = sessions.standing(here)
    second_factor.set_up(cast.lado, secret=secret, code=code_of(secret), by=cast.lado, keep=keep)
    assert sessions.standing(here)
    assert sessions.standing(there) is None
    assert not spend(cast.lado, old_codes[0])
    clock.shift(60)
    assert spend(cast.lado, code_of(secret))


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_of_two_at_the_same_moment_one_gets_in(kind, app, cast, clock):
    codes = give_second_factor(cast.lado)
    clock.shift(60)
    code = codes[0] if kind == "recovery" else code_for(cast.lado)
    number = cast.lado.id

    def enter():
        user = db.session.get(type(cast.lado), number)
        return sign_in.with_code(user, code)

    got, errors = race(app, enter, enter)
    assert len(got) == 1
    assert [type(error) for error in errors] == [Invalid]
