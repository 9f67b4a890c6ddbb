import re
from typing import Any

import pytest
from lxml import html

from lado.errors import NotFound
from lado.queries import sessions, users
from lado.rules.permissions import ROLES, Role
from lado.services import session
from tests.support.accounts import events, give_password, give_second_factor, last_event
from tests.support.cast import PASSWORD

LINK = re.compile(r"http://127\.0\.0\.1:8000(/invitation\?token=[\w-]{43})")


@pytest.fixture
def ada(cast, client_for):
    give_password(cast.administrator)
    return client_for(cast.administrator)


def test_only_an_administrator_comes_near(cast, client_for):
    target = cast.lado.public_id
    pages = ("/users", "/users/invite", f"/users/{target}", f"/users/{target}/change")
    for user in cast.everyone():
        expected = 200 if user is cast.administrator else 403
        for page in pages:
            assert client_for(user).get(page).status_code == expected
    assert client_for().get("/users").status_code == 302


def test_the_list_says_who_may_do_what(cast, ada):
    page = html.fromstring(ada.get("/users").text)
    words = page.text_content()
    assert all(user.name in words for user in cast.everyone())
    assert all(rule.description in words for rule in ROLES.values())
    assert "Invited" in words


def test_somebody_is_invited_and_joins(cast, ada, client_for):
    answer = ada.post_form(
        "/users/invite", {"name": "Nia Testwell", "email": "nia@example.test", "role": "lado"}
    )
    path = LINK.search(answer.text)[1]
    user = users.by_email("nia@example.test")
    assert user.role is Role.LADO
    assert LINK.search(ada.get(f"/users/{user.public_id}").text) is None, "shown once"
    response = client_for().post_form(path, {"password": PASSWORD})
    assert response.location == "/sign-in/authenticator"
    assert events()[-1] == "user.joined"


def test_an_invitation_that_will_not_do_comes_back(cast, ada):
    page = ada.post_form("/users/invite", {"name": "", "email": "nowhere"})
    assert page.text.count('class="govuk-error-message"') == 3
    page = ada.post_form(
        "/users/invite", {"name": "X", "email": "LADO@example.test", "role": "lado"}
    )
    assert "already" in page.text
    assert 'value="X"' in page.text


def test_a_forged_role_is_refused(cast, ada):
    page = ada.post_form("/users/invite", {"name": "X", "email": "x@x.test", "role": "god"})
    assert "must be one of the choices" in page.text


def test_fields_that_the_form_does_not_have_change_nothing(cast, ada):
    before = (cast.lado.password, cast.lado.public_id, cast.lado.active, cast.lado.email)
    ada.post_form(
        f"/users/{cast.lado.public_id}/change",
        {"name": "Lada New", "password": "x", "public_id": "x", "active": "", "email": "x@x.test"},
    )
    assert cast.lado.name == "Lada New"
    assert (cast.lado.password, cast.lado.public_id, cast.lado.active, cast.lado.email) == before


def test_a_role_is_changed_and_the_user_signed_out(cast, ada, client_for):
    theirs = client_for(cast.lado)
    url = f"/users/{cast.lado.public_id}"
    response = ada.post_form(f"{url}/change", {"role": "auditor"})
    assert "The user is changed" in ada.follow(response).text
    assert cast.lado.role is Role.AUDITOR
    assert theirs.get("/account").status_code == 302


def test_two_who_change_a_user_at_once_are_told(cast, ada):
    url = f"/users/{cast.lado.public_id}/change"
    form = dict(ada.form(url).fields)
    ada.post_form(url, {"name": "Lada First"})
    page = ada.post(url, form | {"name": "Lada Second"})
    assert "Somebody else saved this" in page.text
    assert "Lada Second" in page.text
    assert cast.lado.name == "Lada First"


def test_nobody_changes_their_own_role_on_the_page(cast, ada):
    page = ada.post_form(f"/users/{cast.administrator.public_id}/change", {"role": "lado"})
    assert "cannot change your own role" in page.text
    assert cast.administrator.role is Role.ADMINISTRATOR
    assert "/disable" not in ada.get(f"/users/{cast.administrator.public_id}").text


def test_somebody_is_disabled_and_enabled(cast, ada, client_for):
    theirs, url = client_for(cast.lado), f"/users/{cast.lado.public_id}"
    assert "Disabled" in ada.follow(post_to(ada, url, "disable")).text
    assert theirs.get("/account").status_code == 302
    assert "Make a new link" not in ada.get(url).text
    post_to(ada, url, "enable")
    assert cast.lado.active


def post_to(client, url, verb):
    page = html.fromstring(client.get(url).text)
    form = next(form for form in page.forms if form.action.endswith(f"/{verb}"))
    return client.post(form.action, dict(form.fields))


def test_the_last_administrator_cannot_be_disabled_by_a_forged_form(cast, ada):
    token = dict(ada.form("/users/invite").fields)["csrf_token"]
    url = f"/users/{cast.administrator.public_id}/disable"
    assert ada.post(url, {"csrf_token": token}).status_code == 409
    assert cast.administrator.active


def test_somebody_is_signed_out_everywhere(cast, ada):
    token, url = session.start(cast.lado), f"/users/{cast.lado.public_id}"
    post_to(ada, url, "sessions/end")
    assert sessions.standing(token) is None
    assert last_event().action == "user.sessions_ended"


def test_somebody_who_lost_something_gets_a_link(cast, ada, client_for):
    give_second_factor(give_password(cast.lado))
    url = f"/users/{cast.lado.public_id}/link"
    assert "Choose what they have lost" in ada.post_form(url).text
    for purpose in ("password", "second_factor", "both"):
        page = ada.post_form(url, {"purpose": purpose})
        path = LINK.search(page.text)[1]
        assert client_for().get(path).status_code == 200
    assert users.has_second_factor(cast.lado), "until the link is used"


def test_an_administrator_never_chooses_a_password(cast, ada):
    for page in (
        "/users/invite",
        *(f"/users/{cast.lado.public_id}{end}" for end in ("/change", "/link")),
    ):
        assert 'type="password"' not in ada.get(page).text


def test_a_user_who_is_not_there_is_not_found(cast, ada):
    for end in ("", "/change", "/link"):
        assert ada.get(f"/users/nobody{end}").status_code == 404
    token = dict(ada.form("/users/invite").fields)["csrf_token"]
    for verb in ("disable", "enable", "sessions/end"):
        assert ada.post(f"/users/nobody/{verb}", {"csrf_token": token}).status_code == 404
    with pytest.raises(NotFound):
        users.get("nobody")


def test_the_list_is_paged(cast, ada):
    from lado.services import user as services
    from lado.services.audit import COMMAND_LINE

    for number in range(25):
        services.invite(
            email=f"{number}@x.test", name=f"Nr {number}", role=Role.LADO, by=COMMAND_LINE
        )
    assert "Next" in ada.get("/users").text
    first: Any = html.fromstring(ada.get("/users").text)
    (following,) = first.xpath("//a[@rel='next']/@href")
    second: Any = html.fromstring(ada.get(following).text)
    assert len(second.xpath("//tbody/tr")) == 7
    (back,) = second.xpath("//a[@rel='prev']/@href")
    assert len(html.fromstring(ada.get(back).text).xpath("//tbody/tr")) == 25
    for odd in ("0", "-1", "x", "9" * 30):
        assert ada.get(f"/users?after={odd}").status_code == 200
