"""From an opened case to its closure, as a LADO and a manager would go."""

from datetime import date, timedelta

from lado.rules.notices import NoticeHow
from lado.rules.vocabulary import (
    ChasedHow,
    DiscussionPurpose,
    LearningKind,
    ReferralBasis,
    ReferralDecision,
    StrandStatus,
)
from tests.e2e.conftest import Visitor

DBS_REFERENCE = "DBS-TEST-1"


def go(lado: Visitor, manager: Visitor, day: date) -> None:
    """All on one day. The LADO has the case open; the manager is signed in."""
    for purpose in DiscussionPurpose:
        hold_a_discussion(lado, purpose, day)
    chase_and_finish_the_action(lado, day)
    substantiate(lado, day)
    ask_for_closure(lado, day)
    assert "Something still stands open" in lado.words()
    lado.page.get_by_role("link", name="Cancel").click()
    settle_strands(lado)
    refer_to_the_dbs(lado, day)
    tell_everybody(lado, day)
    add_learning(lado)
    lado.follow("Overview")
    lado.press("Conclude the case")
    assert "Nothing stands open" in lado.words()
    lado.page.get_by_role("link", name="Cancel").click()
    ask_for_closure(lado, day)
    assert "Closure requested" in lado.words()
    path = lado.page.url.removeprefix(lado.home)
    # Whoever asked for it does not sign it off: not by a button, and not by the address.
    assert "Sign off" not in lado.words()
    assert lado.go(path + "/sign-off") == 403
    manager.go(path)
    manager.press("Sign off closure")
    manager.press("Sign off the closure")
    assert "the case is concluded" in manager.words()
    lado.go(path)
    lado.follow("Chronology")
    assert "chased, phone" in lado.words()


def hold_a_discussion(lado: Visitor, purpose: DiscussionPurpose, day: date) -> None:
    lado.follow("Strategy discussions")
    lado.press("Record one that was held without being scheduled")
    lado.press("Save")
    assert "There is a problem" in lado.words()
    lado.fill(**{
        "participants-0-name": "Pat Constable",
        "minutes-decisions": f"What was decided at the {purpose.label.lower()} one",
    })  # fmt: skip
    lado.tick(purpose.label)
    lado.choose("participants-0-agency_id", "Police")
    lado.choose("participants-0-attendance", "Attended")
    lado.date("held_on", day)
    if purpose is DiscussionPurpose.INITIAL:
        lado.fill(**{
            "actions-0-description": "Take statements",
            "actions-0-owner": "The head teacher",
        })  # fmt: skip
        lado.choose("actions-0-agency_id", "School")
        lado.date("actions-0-due_on", day + timedelta(days=7))
    if purpose is not DiscussionPurpose.FINAL:
        lado.date("next_review_on", day + timedelta(days=21))
    lado.press("Save")
    lado.press("Agree minutes")
    lado.press("Record circulation")
    lado.date("sent-0-sent_on", day)
    lado.press("Save")
    assert "Minutes circulated" in lado.words()


def chase_and_finish_the_action(lado: Visitor, day: date) -> None:
    lado.follow("Actions")
    lado.follow("Chase")
    assert "Sampleton" not in lado.page.locator("#chaser").inner_text()
    lado.date("chased_on", day)
    lado.tick(ChasedHow.PHONE.label)
    lado.press("Save")
    lado.follow("Actions")
    lado.follow("Done")
    lado.date("done_on", day)
    lado.fill(result="Two statements were taken")
    lado.press("Save")


def substantiate(lado: Visitor, day: date) -> None:
    lado.follow("Allegations")
    lado.press("Record the outcome of allegation 1")
    lado.press("Record the outcome")
    assert "There is a problem" in lado.words()
    lado.tick("Substantiated")
    lado.date("decided_on", day)
    lado.fill(reasons="Two people saw it")
    lado.press("Record the outcome")
    lado.follow("Overview")


def ask_for_closure(lado: Visitor, day: date) -> None:
    lado.press("Conclude the case")
    lado.page.locator("main select[name=reason_id]").select_option(index=1)
    lado.date("concluded_on", day)
    lado.press("Request closure")


def settle_strands(lado: Visitor) -> None:
    lado.follow("Strands and referrals")
    for agency in ("police", "children's social care", "employer"):
        lado.follow(f"Change: {agency}")
        lado.tick(StrandStatus.NOT_APPLICABLE.label)
        lado.fill(not_applicable_reason="Not concerned")
        lado.press("Save")


def refer_to_the_dbs(lado: Visitor, day: date) -> None:
    """Sent, with its reference as proof; the regulator was considered."""
    lado.follow("Strands and referrals")
    for body in ("Disclosure and Barring Service", "Teaching Regulation Agency"):
        sent = body.startswith("Disclosure")
        lado.press("Add an onward referral")
        lado.choose("body_id", body)
        lado.date("considered_on", day)
        lado.fill(decided_by="Hetty Fable", reasons="By the findings of the school")
        if sent:
            lado.tick(ReferralBasis.DUTY.label)
            lado.date("referred_on", day)
            lado.fill(reference=DBS_REFERENCE)
        lado.tick((ReferralDecision.REFER if sent else ReferralDecision.NO_REFERRAL).label)
        lado.press("Save")
    assert DBS_REFERENCE in lado.words()


def tell_everybody(lado: Visitor, day: date) -> None:
    lado.follow("Who was told")
    to_do = lado.page.locator(".govuk-summary-list__row", has_text="Still to do").get_by_role(
        "link"
    )
    while to_do.count():
        to_do.first.click()
        lado.tick("Yes")
        lado.date("told_on", day)
        lado.fill(told_by="Hetty Fable")
        lado.tick(NoticeHow.LETTER.label)
        lado.press("Save")


def add_learning(lado: Visitor) -> None:
    lado.follow("Learning")
    lado.press("Add a learning point")
    lado.page.locator("main select[name=theme_id]").select_option(index=1)
    lado.tick(LearningKind.GOOD_PRACTICE.label)
    lado.fill(description="The school rang on the same day")
    lado.press("Save")
