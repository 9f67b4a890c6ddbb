"""From an empty system to a published report, as those who use it would go."""

import re
import time
from datetime import timedelta

import pytest
from flask import Flask
from passlib.totp import TOTP

from lado import clock
from lado.rules.quarters import year_of
from lado.services import invitation
from tests.e2e import case_journey
from tests.e2e.conftest import Visitor, VisitorFor
from tests.reports.test_pages import text_of

pytestmark = pytest.mark.e2e

PASSWORD = "seven grey pigeons"
# All happens on one day that is over, so that a report of it can be published.
DAY = clock.today() - timedelta(days=1)
# One of each was recorded, and nothing else.
JOURNEY_FIGURES = (
    r"Consultations received 1\b",
    r"Progressed to a strategy( discussion)? 1\b",
    r"Opened 1\b",
    r"Concluded 1\b",
    r"Open at end 0\b",
    r"Strategy discussions held 3\b",
    r"Substantiated 1\b",
)


def take_up(visitor: Visitor, link: str, **typed: str) -> list[str]:
    """Follow a one-time link to the end, once with a mistake. Gives the recovery codes."""
    path = "/" + link.strip().split("/", 3)[3]
    visitor.go(path)
    visitor.press("Continue")
    assert "There is a problem" in visitor.words()
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


def log_a_consultation(lado: Visitor) -> None:
    lado.go("/consultations")
    lado.press("Log a consultation")
    lado.press("Log consultation")
    assert "There is a problem" in lado.words()
    lado.fill(**{
        "referrer_name": "Hetty Fable",
        "adults-0-surname": "Sampleton",
        "adults-0-forename": "Abel",
        "adults-0-organisation": "Fable Primary School",
        "summary": "A pupil said that he took her by the arm",
    })  # fmt: skip
    lado.date("received_on", DAY)
    lado.choose("adults-0-role_id", "Teacher")
    lado.choose("adults-0-category_id", "Physical abuse")
    lado.press("Log consultation")
    lado.tick("Add “Fable Primary School” as a new organisation")
    lado.press("Log consultation")
    lado.choose("adults-0-sector_id", "Maintained school")
    lado.press("Log consultation")
    assert "Consultation logged" in lado.words()


def decide_it(lado: Visitor) -> None:
    lado.press("Record decision")
    lado.press("Record decision")
    assert "There is a problem" in lado.words()
    lado.tick("Looked; nothing found")
    lado.page.locator("main [name=limbs]").first.check()
    lado.choose("term_id", "Progress to strategy discussion")
    lado.date("decided_on", DAY)
    lado.fill(reasons="A child may have been harmed", advice="Keep him away from the class")
    lado.press("Record decision")
    assert "is open" in lado.words()
    lado.follow("PT-")


def publish_a_report(lado: Visitor, manager: Visitor) -> bytes:
    """Of the day alone on which all of the journey happened."""
    lado.go("/reports/draw")
    lado.press("Draw the report")
    assert "There is a problem" in lado.words()
    lado.choose("chosen", "Other dates")
    lado.date("first_day", DAY)
    lado.date("last_day", DAY)
    lado.press("Draw the report")
    assert "There is a problem" not in lado.words()
    path = lado.page.url.removeprefix(lado.home)
    lado.follow("Write the commentary")
    lado.press("Start from a draft")
    lado.press("Save the commentary")
    assert "The number of consultations received was" in lado.words()
    manager.go(path)
    manager.press("Approve report")
    lado.go(path)
    lado.press("Publish report")
    lado.page.get_by_label("I have read the public edition").check()
    lado.press("Publish report")
    with lado.page.expect_download() as download:
        lado.page.get_by_role("link", name="Download as PDF").click()
    return download.value.path().read_bytes()


def read_as_the_sub_group(member: Visitor) -> None:
    """What was published, and nothing else."""
    member.go("/")
    member.follow(f"{DAY.day} {DAY:%B %Y}")
    assert "The number of consultations received was" in member.words()
    assert member.go("/consultations") == 403
    assert member.go("/information-requests") == 403


def answer_a_question(lado: Visitor) -> None:
    lado.go("/reports")
    lado.follow("Information requests")
    lado.press("Log a request")
    lado.fill(number="FOI 12", question="How many referrals were there in this year?")
    lado.date("received_on", DAY)
    lado.press("Save")
    lado.press("Choose what is counted")
    lado.choose("counted", "Consultations received")
    lado.press("Continue")
    lado.tick("Financial year")
    lado.fill(first_year=year_of(DAY).same_last_year().label)
    lado.press("Draw the answer")
    assert "How many referrals" in lado.words()
    lado.press("Give this answer")
    lado.page.get_by_label("I have read the answer").check()
    lado.press("Give this answer")
    assert "Answered" in lado.words()


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without scripts"])
def test_from_an_empty_system_to_a_published_report(
    app: Flask, visitor_for: VisitorFor, scripted: bool
) -> None:
    link = f"http://127.0.0.1/invitation?token={invitation.first_link()}"
    administrator, lado, manager, member = (visitor_for(scripted=scripted) for _ in range(4))
    take_up(administrator, link, name="Ada Testwell", email="ada@example.test")
    codes = take_up(lado, invite(administrator, "Lada Testwell", "lada@example.test", "LADO"))
    take_up(manager, invite(administrator, "Mabel Testwell", "mabel@example.test", "Manager"))
    take_up(member, invite(administrator, "Mona Testwell", "mona@example.test", "Sub-group member"))
    sign_in_again(lado, "lada@example.test", codes[0])

    log_a_consultation(lado)
    decide_it(lado)
    case_journey.go(lado, manager, DAY)
    printed = " ".join(" ".join(text_of(publish_a_report(lado, manager))).split())
    for line in JOURNEY_FIGURES:
        assert re.search(line, printed), line
    assert "Sampleton" not in printed
    read_as_the_sub_group(member)
    answer_a_question(lado)
    assert administrator.go("/reports") == 403
    assert administrator.go("/cases") == 403
