"""A case's timescales, its delay and chasers, the work list, and what of a case is printed."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pdfplumber
import pytest
from sqlalchemy import select, update

from lado import clock
from lado.extensions import db
from lado.models import AuditEvent, Case
from lado.rules.audit import AuditAction
from lado.rules.timescales import add_months
from lado.rules.vocabulary import ReferralBasis, ReferralDecision, StrandStatus, TermGroup
from lado.services import case as services
from lado.services.case_parts import ChildDetails, StrandDetails, add_child, change_strand
from lado.services.onward_referral import ReferralDetails, add_referral
from tests.case_parts import fill_case, make_action, make_discussion, make_measure, make_withheld
from tests.document_parts import make_authority
from tests.factories import days_ago, make_case, term_id
from tests.web.test_cases_parts import day

CALLER = "Quenby Hollowfield"


@pytest.fixture
def case(cast):
    """Known here for long, and late."""
    made = make_case(received_on=days_ago(120), referrer_name=CALLER, referrer_may_be_named=False)
    known = datetime(2026, 1, 1, tzinfo=UTC)
    db.session.execute(update(Case).where(Case.id == made.id).values(entered_at=known))
    db.session.commit()
    return made


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.lado)


def text(response) -> str:
    return " ".join(response.get_data(as_text=True).split())


def at(case, rest=""):
    return f"/cases/{case.public_id}{rest}"


def printed(response) -> str:
    assert response.status_code == 200
    with pdfplumber.open(BytesIO(response.data)) as pdf:
        return " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)


def printings() -> int:
    query = select(AuditEvent).where(AuditEvent.action == AuditAction.CASE_PRINTED)
    return len(db.session.scalars(query).all())


def test_timescales_say_how_each_stands_and_which_months_lack_a_reason(client, case):
    page = text(client.get(at(case, "/timescales")))
    assert "National LADO Network minimum standards" in page
    assert "Overdue by" in page
    assert "No reason is recorded for" in page
    assert "All timescales of this case" in text(client.get(at(case)))


def test_a_reason_for_delay_is_given_for_several_months_and_kept_when_wrong(client, case):
    page = text(client.post_form(at(case, "/delay"), {"text": "They wait for a phone"}))
    assert "Choose the reason" in page
    assert "They wait for a phone" in page
    sent = {"text": "They wait for a phone",
            "term_id": str(term_id(TermGroup.DELAY_REASON, "Police investigation"))}  # fmt: skip
    page = text(client.follow(client.post_form(at(case, "/delay"), sent)))
    assert "No reason is recorded" not in page
    assert page.count("They wait for a phone") >= 3
    assert "Reason for delay in" in text(client.get(at(case, "/chronology?kind=delay")))


def test_a_chaser_names_nobody_and_is_recorded(client, case, cast):
    make_action(case, description="Ask about the bruise", owner="A Fable", due_on=days_ago(2))
    page = client.get(at(case, "/actions/1/chase")).get_data(as_text=True)
    text_to_send = page.partition('id="chaser">')[2].partition("</pre>")[0]
    assert f"Our reference: {case.reference}" in text_to_send
    for word in ("bruise", "Fable", case.person.name.surname, cast.lado.name):
        assert word not in text_to_send
    page = text(client.follow(client.post_form(at(case, "/actions/1/chase"))))
    assert "You chased action 1" in page
    assert "secure email" in page
    make_discussion(case)
    done = client.post_form(at(case, "/discussions/1/chase"), {"how": "phone"})
    assert "Minutes chased" in text(client.follow(done))


def test_an_employers_days_start_its_timescales_and_it_is_chased(client, case):
    form = at(case, "/strands/3")
    assert "How does the employer deal with it?" not in text(client.get(at(case, "/strands/1")))
    wrong = text(client.post_form(form, {"way": "hearing", "lead": "The head of Kept"}))
    assert "Enter when this was settled" in wrong
    assert "The head of Kept" in wrong
    sent = {"status": "ongoing", "way": "investigation", "hearing_needed": "yes"}
    sent |= day("way_on", 60) | day("report_on", 50) | day("hearing_decided_on", 45)
    page = text(client.follow(client.post_form(form, sent)))
    assert "Investigation first, settled" in page
    assert "Needed, decided" in page
    assert "Disciplinary hearing, by" in page
    page = text(client.get(at(case, "/timescales")))
    assert "Keeping Children Safe in Education 2015, paragraph 175; Working Together" in page
    assert "Employer acts without formal discipline" not in page
    assert "Waiting for the employer: the hearing" in text(client.get(at(case)))
    assert "Waiting for the employer: the hearing" in text(client.get("/work-list?agency=employer"))
    told = text(client.get(at(case, "/chronology?kind=strand")))
    way = "how they deal with it: investigation first"
    for words in ("a hearing is needed", "had the investigator’s report", way):
        assert f"Employer: {words}" in told, words
    assert "Disciplinary hearing" in printed(client.get(at(case, "/summary/pdf")))
    page = client.get(at(case, "/strands/3/chase")).get_data(as_text=True)
    chaser = page.partition('id="chaser">')[2].partition("</pre>")[0]
    assert f"Our reference: {case.reference}\n\nYour next step was due on" in chaser
    for word in ("hearing", "employer", case.person.name.surname):
        assert word not in chaser
    client.follow(client.post_form(at(case, "/strands/3/chase")))
    assert "Employer chased, secure email" in text(client.get(at(case, "/chronology?kind=delay")))
    ended = {"status": "ended"} | day("ended_on", 1)
    client.follow(client.post_form(form, ended))
    assert client.get(at(case, "/strands/3/chase")).status_code == 409


def test_the_list_of_cases_names_each_month_without_a_reason(client, case):
    # Received 120 days ago: late for some 90 days, up to this month.
    first, this = add_months(days_ago(120), 1) + timedelta(days=1), clock.today()
    over = this.replace(day=1) - timedelta(days=1)
    assert f"No reason for delay: {first:%B %Y} to {over:%B %Y}<" in text(client.get("/cases"))
    assert f"{first:%B %Y} to {this:%B %Y}" in text(client.get("/work-list"))
    waits = str(term_id(TermGroup.DELAY_REASON, "Police investigation"))
    client.post_form(at(case, "/delay"), {"text": "They wait", "term_id": waits})
    assert "No reason for delay" not in text(client.get("/cases"))


def test_the_work_list_leads_there_and_is_saved_as_it_is_shown(client, case, client_for, cast):
    make_action(case, description="Ask about the bruise", due_on=days_ago(2))
    page = text(client.get("/work-list"))
    assert "Action 1: Ask about the bruise" in page
    assert "Reason for delay" not in page
    assert "Give the reason for delay" in page
    saved = text(client.get("/work-list/save-list?as=csv"))
    assert "Action 1: Ask about the bruise" in saved
    others = client_for(cast.other_lado)
    assert "Nothing waits." in text(others.get("/work-list"))
    assert "bruise" in text(others.get("/work-list?team=yes"))
    assert "bruise" in text(others.get(f"/work-list?owner={cast.lado.public_id}"))
    assert "Nothing waits." in text(others.get(f"/work-list?owner={cast.other_lado.public_id}"))


def test_the_chronology_is_narrowed_to_several_kinds_and_to_days(client, case):
    services.add_note(case, happened_on=days_ago(5), text="A late word", by=case.owner)
    both = text(client.get(at(case, "/chronology?kind=case&kind=note")))
    assert "Case opened" in both
    assert "A late word" in both
    assert "received</h2>" not in both
    day = days_ago(10)
    since = f"since-day={day.day}&since-month={day.month}&since-year={day.year}"
    recent = text(client.get(at(case, f"/chronology?{since}")))
    assert "A late word" in recent
    assert "Case opened" not in recent
    until = text(client.get(at(case, f"/chronology?{since.replace('since', 'until')}")))
    assert "A late word" not in until
    wrong = text(client.get(at(case, "/chronology?since-day=1")))
    assert "The first day must include a month and year" in wrong
    narrowed = printed(client.get(at(case, f"/chronology/pdf?kind=note&{since}")))
    assert "A late word" in narrowed
    assert "Only a part of it: notes" in narrowed
    assert "Case opened" not in narrowed


def test_what_is_printed_names_no_confidential_referrer_and_warns_of_a_restriction(
    client, case, cast
):
    fill_case(case, cast.lado)
    services.add_note(case, happened_on=days_ago(1), text=f"{CALLER} rang again", by=cast.lado)
    assert CALLER in text(client.get(at(case, "/chronology")))
    before = printings()
    for path in ("/chronology/pdf", "/summary/pdf"):
        said = printed(client.get(at(case, path)))
        assert case.reference in said
        assert "Hollowfield" not in said
        assert "Reporting restriction" not in said
    services.impose_reporting_restriction(case, version=case.version, by=cast.lado)
    for path in ("/chronology/pdf", "/summary/pdf"):
        assert "Reporting restriction" in printed(client.get(at(case, path)))
    assert printings() == before + 4
    assert client.get(at(case, "/summary/exe")).status_code == 404
    assert (
        client.get(at(case, "/summary/docx"))
        .headers["Content-Disposition"]
        .endswith(f"{case.reference}-summary.docx")
    )


def test_reasons_for_delay_of_all_cases_are_given_on_one_page_each_for_itself(client, case, cast):
    other = make_case(received_on=days_ago(120))
    known = datetime(2026, 1, 1, tzinfo=UTC)
    db.session.execute(update(Case).where(Case.id == other.id).values(entered_at=known))
    db.session.commit()
    work = text(client.get("/work-list"))
    assert "Reasons for delay: 2 cases" in work
    assert "Give the reason for delay" not in work
    assert case.person.name.surname in work  # of another row
    waits = str(term_id(TermGroup.DELAY_REASON, "Police investigation"))

    def sent(each, **other):
        return {f"{each.public_id}-{name}": value for name, value in other.items()}

    nothing = text(client.post_form("/work-list/delays", {}))
    assert "Enter the reason for at least one case" in nothing
    typed = sent(case, term_id=waits, text="They wait") | sent(other, text="Half a sentence")
    page = text(client.post_form("/work-list/delays", typed))
    assert f"{other.reference}: Choose the reason" in page
    assert "Half a sentence" in page
    assert "Reasons for delay recorded: 1" in page
    assert "They wait" not in page
    again = sent(other, term_id=waits, text="Now whole") | sent(case, text="Twice")
    late = text(client.post_form("/work-list/delays", again))
    assert "A reason was given meanwhile" in late
    assert "Twice" in late
    assert "No case lacks a reason for delay" in text(client.get("/work-list/delays"))
    events = select(AuditEvent).where(AuditEvent.action == AuditAction.DELAY_EXPLAINED)
    told = {event.record for event in db.session.scalars(events)}
    assert told == {case.public_id, other.public_id}


def test_a_summary_says_where_all_of_it_stands_and_what_reference_is_missing(client, case, cast):
    add_child(case, ChildDetails(name="Flo Testchild", age=9, view="Be left alone"), by=cast.lado)
    make_measure(case, cast.lado)
    make_withheld(case, cast.lado)
    make_authority(case, cast.lado)
    police, details = case.strands[0], StrandDetails(StrandStatus.ONGOING, reference="CR/1234/26")
    change_strand(police, details, version=police.version, by=cast.lado)
    body = term_id(TermGroup.REFERRAL_BODY, "Disclosure and Barring Service")
    sent = ReferralDetails(body, days_ago(2), ReferralDecision.REFER, decided_by="The head",
                           basis=ReferralBasis.DUTY, referred_on=days_ago(1))  # fmt: skip
    add_referral(case, sent, by=cast.lado)
    said = printed(client.get(at(case, "/summary/pdf")))
    for words in ("Flo Testchild 9 Be left alone", "1 Suspension In place", "Police asked",
                  "CR/1234/26", "Elsewhere Council: transferred out", "Not recorded"):  # fmt: skip
        assert words in said, words
