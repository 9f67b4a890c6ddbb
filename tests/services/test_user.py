import pytest

from lado.errors import Conflict, Invalid, Refused
from lado.extensions import db
from lado.models import User
from lado.rules.permissions import Permission, Role
from lado.services import invitation
from lado.services import user as services
from lado.services.audit import COMMAND_LINE
from tests.support.accounts import events, give_password, last_event
from tests.support.race import race


def invite(**changes):
    details = {"email": "New@Example.test", "name": "Nia Testwell", "role": Role.LADO}
    return services.invite(**details | {"by": COMMAND_LINE} | changes)


def change(user, by, **changes):
    details = {"name": user.name, "role": user.role, "version": user.version}
    services.change(user, by=by, **details | changes)


def test_an_invited_user_has_a_role_and_no_password(cast):
    user, token = invite(by=cast.administrator)
    assert (user.email, user.role, user.password) == ("new@example.test", Role.LADO, None)
    assert token
    event = last_event()
    assert (event.action, event.record) == ("user.invited", user.public_id)
    assert event.actor == cast.administrator.public_id


def test_nobody_is_invited_twice(cast):
    for email in ("lado@example.test", "LADO@example.test"):
        with pytest.raises(Invalid) as raised:
            invite(email=email)
        assert set(raised.value.messages) == {"email"}


@pytest.mark.parametrize(
    "email", ["", "x", "a@b", "a b@c.test", "a@b.test\n", "@b.test", "a@" + "b" * 260 + ".t"]
)
def test_an_address_that_cannot_be_one_is_refused(email, app):
    with pytest.raises(Invalid):
        invite(email=email)
    assert db.session.query(User).count() == 0


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "two\nlines", "nul\x00"])
def test_a_name_that_cannot_be_one_is_refused(name, app):
    with pytest.raises(Invalid):
        invite(name=name)


def test_a_new_role_counts_at_once(cast):
    change(cast.lado, cast.administrator, role=Role.AUDITOR)
    assert not cast.lado.can(Permission.CASE_VIEW)
    assert cast.lado.can(Permission.AUDIT_VIEW)
    assert last_event().detail == {"fields": ["role"]}


def test_the_trail_names_what_changed_and_not_what_it_is_now(cast):
    change(cast.lado, cast.administrator, name="Somebody Else")
    assert last_event().detail == {"fields": ["name"]}


def test_a_second_editor_is_told(cast):
    with pytest.raises(Conflict):
        change(cast.lado, cast.administrator, name="X", version=cast.lado.version + 1)


def test_nobody_changes_their_own_role_or_disables_themselves(cast):
    give_password(cast.administrator)
    other, _ = invite(role=Role.ADMINISTRATOR)
    give_password(other)
    with pytest.raises(Refused):
        change(cast.administrator, cast.administrator, role=Role.LADO)
    with pytest.raises(Refused):
        services.disable(cast.administrator, by=cast.administrator)
    change(cast.administrator, cast.administrator, name="Ada New")


def test_the_last_administrator_stays(cast):
    give_password(cast.administrator)
    other, token = invite(role=Role.ADMINISTRATOR)
    with pytest.raises(Refused):
        change(cast.administrator, other, role=Role.LADO)
    with pytest.raises(Refused):
        services.disable(cast.administrator, by=other)
    invitation.take_up(token, new_password="seven grey pigeons")
    services.disable(cast.administrator, by=other)
    with pytest.raises(Refused):
        services.disable(other, by=cast.lado)
    assert other.active


def test_two_administrators_do_not_disable_each_other_at_the_same_moment(app, cast):
    give_password(cast.administrator)
    other, _ = invite(role=Role.ADMINISTRATOR)
    give_password(other)
    numbers = cast.administrator.id, other.id

    def disable(target, by):
        services.disable(db.session.get(User, target), by=db.session.get(User, by))

    done, refused = race(app, lambda: disable(*numbers), lambda: disable(*reversed(numbers)))
    assert len(done) == 1
    assert [type(error) for error in refused] == [Refused]


def test_of_two_invitations_to_one_address_one_is_made(app):
    done, refused = race(app, invite, invite)
    assert len(done) == 1
    assert [type(error) for error in refused] == [Invalid]


def test_a_disabled_user_may_do_nothing_until_enabled(cast):
    services.disable(cast.lado, by=cast.administrator)
    assert not any(cast.lado.can(permission) for permission in Permission)
    services.enable(cast.lado, by=cast.administrator)
    assert cast.lado.can(Permission.CASE_VIEW)
    assert events() == ["user.changed", "user.changed"]
