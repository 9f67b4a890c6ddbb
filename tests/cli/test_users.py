import re

from lado.extensions import db
from lado.models import Invitation, User
from lado.queries import access, users
from lado.rules.permissions import Permission, Role
from lado.services import user
from lado.services.restriction import restrict
from tests.factories import make_case
from tests.support.accounts import give_password, last_event

LINK = re.compile(r"http://127\.0\.0\.1:8000/invitation\?token=([\w-]{43})\n$")
ADD = ["add", "nia@example.test", "--name", "Nia Testwell", "--role"]


def run(app, *words):
    return app.test_cli_runner().invoke(args=["users", *words])


def test_the_first_link_is_printed_until_somebody_is_there(app):
    for _ in range(2):
        result = run(app, "first-link")
        assert result.exit_code == 0
        assert users.invitation(LINK.search(result.output)[1])
    assert db.session.query(Invitation).count() == 2
    assert last_event().actor == "command line"


def test_with_a_user_it_prints_nothing(app, cast):
    result = run(app, "first-link")
    assert (result.exit_code, result.output) == (0, "")


def test_a_user_is_added_and_their_link_printed(app):
    result = run(app, *ADD, "business_support")
    assert result.exit_code == 0
    link = users.invitation(LINK.search(result.output)[1])
    assert link.user.role is Role.BUSINESS_SUPPORT
    assert link.user.name == "Nia Testwell"


def test_what_will_not_do_is_said_and_nothing_saved(app, cast):
    before = db.session.query(User).count()
    for words, said in (
        ([*ADD, "god"], "is not one of"),
        (["add", "nowhere", "--name", "N", "--role", "lado"], "name@example.com"),
        (["add", "LADO@example.test", "--name", "N", "--role", "lado"], "already"),
        (["add", "a@b.test", "--name", "", "--role", "lado"], "Name must have"),
    ):
        result = run(app, *words)
        assert result.exit_code == 2
        assert said in result.output
    assert db.session.query(User).count() == before


def test_a_link_is_printed_for_somebody_who_lost_something(app, cast):
    give_password(cast.administrator)
    result = run(app, "link", "Administrator@example.test", "--lost", "password")
    link = users.invitation(LINK.search(result.output)[1])
    assert (link.user, link.purpose) == (cast.administrator, "password")


def test_a_link_for_nobody_or_a_disabled_user_is_refused(app, cast):
    user.disable(cast.lado, by=cast.administrator)
    for email, said in (("nobody@example.test", "flask users add"), (cast.lado.email, "disabled")):
        result = run(app, "link", email)
        assert result.exit_code == 2
        assert said in result.stderr


def test_what_somebody_who_leaves_alone_could_see_is_opened_to_another(app, cast):
    case = make_case(by=cast.lado)
    restrict(case, to=[cast.manager], version=case.version, by=cast.lado)
    refused = run(app, "hand-over", cast.manager.email, "--to", cast.member.email)
    assert refused.exit_code == 2
    for number in (1, 0):
        done = run(app, "hand-over", cast.manager.email, "--to", cast.other_lado.email)
        assert done.output.startswith(f"{number} restricted records")
    assert access.get_case(cast.other_lado, case.public_id, Permission.CASE_VIEW) is case
    assert last_event().action == "user.handed_over"
