"""From an empty system to a published report, as those who use it would go."""

import re
import time
from datetime import timedelta
from io import BytesIO

import pdfplumber
import pytest
from flask import Flask
from passlib.totp import TOTP

from lado import clock
from lado.rules.notices import NoticeHow
from lado.rules.vocabulary import ReferralBasis, ReferralDecision, StrandStatus
from lado.services import invitation
from tests.e2e.conftest import Visitor, VisitorFor

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
    r"Strategy discussions held 1\b",
    r"Unfounded 1\b",
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


def hold_a_discussion(lado: Visitor) -> None:
    lado.follow("Strategy discussions")
    lado.press("Record one that was held without being scheduled")
    lado.press("Save")
    assert "There is a problem" in lado.words()
    lado.fill(**{
        "participants-0-name": "Pat Constable",
        "minutes-decisions": "The school looks into it",
        "actions-0-description": "Take statements",
        "actions-0-owner": "Hetty Fable",
    })  # fmt: skip
    lado.choose("participants-0-agency_id", "Police")
    lado.choose("participants-0-attendance", "Attended")
    lado.choose("actions-0-agency_id", "School")
    lado.date("held_on", DAY)
    lado.date("actions-0-due_on", DAY + timedelta(days=7))
    lado.date("next_review_on", DAY + timedelta(days=21))
    lado.press("Save")
    lado.press("Agree minutes")
    lado.press("Record circulation")
    lado.date("sent-0-sent_on", DAY)
    lado.press("Save")
    assert "Minutes circulated" in lado.words()


def finish_the_action(lado: Visitor) -> None:
    lado.follow("Actions")
    lado.follow("Done")
    lado.date("done_on", DAY)
    lado.fill(result="Two statements were taken")
    lado.press("Save")


def conclude_it(lado: Visitor) -> None:
    lado.follow("Allegations")
    lado.press("Record the outcome of allegation 1")
    lado.press("Record the outcome")
    assert "There is a problem" in lado.words()
    lado.tick("Unfounded")
    lado.date("decided_on", DAY)
    lado.fill(reasons="Three people saw that it did not happen")
    lado.press("Record the outcome")
    lado.follow("Overview")
    lado.press("Conclude the case")
    lado.page.locator("main select[name=reason_id]").select_option(index=1)
    lado.date("concluded_on", DAY)
    lado.press("Conclude the case")
    assert "Something still stands open" in lado.words()
    settle_it(lado)
    lado.follow("Overview")
    lado.press("Conclude the case")
    assert "Nothing stands open" in lado.words()
    lado.page.locator("main select[name=reason_id]").select_option(index=1)
    lado.date("concluded_on", DAY)
    lado.press("Conclude the case")
    assert "Case concluded" in lado.words()


def settle_it(lado: Visitor) -> None:
    """What the closure's page lists, beside the outcome."""
    lado.page.get_by_role("link", name="Cancel").click()
    lado.follow("Strands")
    for agency in ("police", "children's social care", "employer"):
        lado.follow(f"Change: {agency}")
        lado.tick(StrandStatus.NOT_APPLICABLE.label)
        lado.press("Save")
    for body in ("Disclosure and Barring Service", "Teaching Regulation Agency"):
        lado.press("Add an onward referral")
        lado.choose("body_id", body)
        if body.startswith("Disclosure"):
            lado.tick(ReferralBasis.DUTY.label)
        lado.date("considered_on", DAY)
        lado.tick(ReferralDecision.NO_REFERRAL.label)
        lado.fill(decided_by="Hetty Fable", reasons="Nothing of it was true")
        lado.press("Save")
    lado.follow("Told")
    to_do = lado.page.locator(".govuk-summary-list__row", has_text="Still to do").get_by_role(
        "link"
    )
    while to_do.count():
        to_do.first.click()
        lado.tick("Yes")
        lado.date("told_on", DAY)
        lado.fill(told_by="Hetty Fable")
        lado.tick(NoticeHow.LETTER.label)
        lado.press("Save")
    lado.follow("Learning")
    lado.follow("Record that there is no learning")
    lado.date("said_on", DAY)
    lado.fill(reason="It did not happen")
    lado.press("Save")


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
    manager.go(path)
    manager.press("Approve report")
    lado.go(path)
    lado.press("Publish report")
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

    log_a_consultation(lado)
    decide_it(lado)
    hold_a_discussion(lado)
    finish_the_action(lado)
    conclude_it(lado)
    with pdfplumber.open(BytesIO(publish_a_report(lado, manager))) as pdf:
        printed = "\n".join(page.extract_text() for page in pdf.pages)
    for line in JOURNEY_FIGURES:
        assert re.search(line, printed), line
    assert "Sampleton" not in printed
    assert administrator.go("/reports") == 403
    assert administrator.go("/cases") == 403
