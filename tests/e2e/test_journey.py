"""From an empty system to a published report, as those who use it would go."""

import re
import time

import pytest
from flask import Flask
from passlib.totp import TOTP

from lado.services import invitation
from tests.e2e.conftest import Visitor, VisitorFor

pytestmark = pytest.mark.e2e

PASSWORD = "seven grey pigeons"


def take_up(visitor: Visitor, link: str, **typed: str) -> list[str]:
    """Follow a one-time link to the end, once with a mistake. Gives the recovery codes."""
    path = "/" + link.strip().split("/", 3)[3]
    visitor.go(path)
    visitor.press("Continue")
    assert "There is a problem" in visitor.page.locator("main").inner_text()
    visitor.fill(password=PASSWORD, **typed)
    visitor.press("Continue")
    assert visitor.heading() == "Set up your authenticator app"
    key = re.sub(r"[^A-Z2-7]", "", visitor.page.locator(".lado-key").first.inner_text())
    visitor.fill(code=TOTP(key=key).generate(time=int(time.time())).token)
    visitor.press("Continue")
    assert visitor.heading() == "Your recovery codes"
    codes = visitor.page.locator(".lado-codes li").all_inner_texts()
    # A link that looks like a button, and says so to those who cannot see it.
    visitor.press("I have kept them")
    return codes


def invite(administrator: Visitor, name: str, email: str, role: str) -> str:
    administrator.go("/users/invite")
    administrator.fill(name=name, email=email)
    administrator.page.get_by_label(role, exact=True).check()
    administrator.press("Make the link")
    return administrator.page.locator(".lado-key").inner_text()


def sign_in_again(visitor: Visitor, email: str, code: str) -> None:
    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.go("/sign-in")
    visitor.fill(email=email, password=PASSWORD)
    visitor.press("Sign in")
    visitor.fill(code=code)
    visitor.press("Sign in")
    assert visitor.heading() == "What waits for you"


def publish_a_report(lado: Visitor, manager: Visitor) -> bytes:
    lado.go("/reports/draw")
    lado.press("Draw the report")
    assert "There is a problem" in lado.page.locator("main").inner_text()
    lado.page.locator("main select[name=chosen]").select_option(index=2)
    lado.press("Draw the report")
    assert "There is a problem" not in lado.page.locator("main").inner_text()
    path = lado.page.url.removeprefix(lado.home)
    manager.go(path)
    manager.press("Approve report")
    lado.go(path)
    lado.press("Publish report")
    with lado.page.expect_download() as download:
        lado.page.get_by_role("link", name="Download as PDF").click()
    return download.value.path().read_bytes()


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without scripts"])
def test_from_an_empty_system_to_a_published_report(
    app: Flask, visitor_for: VisitorFor, scripted: bool
) -> None:
    link = f"http://127.0.0.1/invitation?token={invitation.first_link()}"
    administrator, lado, manager = (visitor_for(scripted=scripted) for _ in range(3))
    take_up(administrator, link, name="Ada Testwell", email="ada@example.test")
    codes = take_up(lado, invite(administrator, "Lada Testwell", "lada@example.test", "LADO"))
    take_up(manager, invite(administrator, "Mabel Testwell", "mabel@example.test", "Manager"))
    sign_in_again(lado, "lada@example.test", codes[0])

    assert publish_a_report(lado, manager).startswith(b"%PDF")
    assert administrator.go("/reports") == 403
