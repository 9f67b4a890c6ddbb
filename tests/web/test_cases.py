"""The list of cases, and one case as a whole."""

from typing import Any

import pytest
from lxml import html
from sqlalchemy import select

from lado.extensions import db
from lado.models import AuditEvent, Case
from lado.rules.vocabulary import (
    CaseStatus,
    Children,
    DiscussionPurpose,
    OutcomeCode,
    ReferralDecision,
    TermGroup,
)
from lado.services import case as services
from lado.services import settings
from lado.services.case_owner import assign_owner
from lado.services.onward_referral import ReferralDetails, add_referral
from lado.services.restriction import restrict
from tests.case_parts import (
    PROGRESS,
    agree,
    begin,
    conclude_case,
    fill_case,
    make_action,
    make_discussion,
    make_outcome,
    open_case,
    send_minutes,
    settle,
)
from tests.contacts import adult, decide, log, position
from tests.factories import days_ago, make_case, make_person, term_id
from tests.support.hostile import AS_TEXT, HOSTILE, attack

READ = (
    "", "/allegations", "/children", "/discussions", "/actions", "/strands", "/learning",
    "/notes", "/chronology",
)  # fmt: skip


@pytest.fixture
def case(cast):
    return make_case(received_on=days_ago(3))


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.lado)


def text(response) -> str:
    return response.get_data(as_text=True)


def at(case, rest=""):
    return f"/cases/{case.public_id}{rest}"


def day(name, number):
    when = days_ago(number)
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


class TestList:
    def test_an_empty_one_says_so(self, client):
        assert "No case is recorded yet" in text(client.get("/cases"))

    def test_shows_who_and_where_it_stands(self, client, case):
        make_action(case, due_on=days_ago(1))
        page = text(client.get("/cases"))
        assert str(case.person.name) in page
        assert case.reference in page
        assert "Overdue" in page

    def test_is_narrowed_by_the_address(self, client, cast, case):
        other = make_case(by=cast.other_lado)
        page = text(client.get("/cases?mine=yes&status=open&overdue="))
        assert case.public_id in page
        assert other.public_id not in page
        assert "No case fits this" in text(client.get("/cases?status=concluded"))

    def test_what_is_odd_in_the_address_is_answered_in_words(self, client, case):
        for odd in ("status=x", "band=%00", "sort=x&after=-4", "before=9", "sector=no"):
            assert client.get(f"/cases?{odd}").status_code == 200

    def test_is_paged(self, client, cast):
        for _ in range(27):
            make_case()
        first: Any = html.fromstring(text(client.get("/cases")))
        (following,) = first.xpath("//a[@rel='next']/@href")
        assert "Showing 26 to 27 of 27" in text(client.get(following))


class TestReading:
    @pytest.mark.parametrize("rest", READ)
    def test_each_page_opens_and_is_an_event(self, client, case, rest):
        client.get(at(case, rest))
        (viewed,) = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "case.viewed"))
        assert viewed.record == case.public_id

    @pytest.mark.parametrize("rest", READ)
    def test_of_a_full_case(self, client, cast, case, rest):
        fill_case(case, cast.lado)
        assert client.get(at(case, rest)).status_code == 200

    def test_the_next_thing_stands_at_the_top(self, client, case):
        make_action(case, due_on=days_ago(1), description="Ring the school")
        page = text(client.get(at(case)))
        assert "Ring the school" in page
        assert page.index("Overdue") < page.index("The case</h2>")

    def test_who_it_is_about_is_not_in_the_title(self, client, case):
        page = text(client.get(at(case)))
        title = page[page.index("<title>") : page.index("</title>")]
        assert case.person.name.surname in page
        assert case.person.name.surname not in title

    def test_what_makes_it_complex_is_derived(self, client, cast):
        about = adult(
            make_person(),
            further_positions=[position("Sports coach", "Sport and leisure", "Sample Swifts")],
            organisation_itself=True,
        )
        case = open_case(cast.lado, about, received_on=days_ago(5))
        assert "Institutional, Multiple roles" in text(client.get(at(case)))

    def test_the_meeting_has_the_councils_own_name(self, client, cast, case):
        settings.change({"discussion_name": "AMM meeting"}, by=cast.administrator)
        assert "AMM meetings" in text(client.get(at(case)))
        assert "Schedule the next AMM meeting" in text(client.get(at(case, "/discussions")))

    def test_an_unnamed_adult_is_called_by_their_role(self, client, cast):
        case = open_case(cast.lado, adult(), received_on=days_ago(5))
        assert "Teacher, not named" in text(client.get(at(case)))


class TestAccess:
    @pytest.mark.parametrize("rest", READ)
    def test_a_restricted_case_is_not_there_for_a_stranger(self, client_for, cast, case, rest):
        restrict(case, to=[cast.manager], version=case.version, by=cast.lado)
        assert client_for(cast.other_lado).get(at(case, rest)).status_code == 404
        assert client_for(cast.lado).get(at(case, rest)).status_code == 200

    def test_ones_own_case_is_not_there(self, client_for, cast, case):
        cast.manager.person_id = case.person_id
        db.session.commit()
        client = client_for(cast.manager)
        assert client.get(at(case)).status_code == 404
        assert case.reference not in text(client.get("/cases"))

    @pytest.mark.parametrize(
        "rest",
        [
            "/allegations/1/edit", "/allegations/1/outcome", "/children/1/edit",
            "/discussions/1", "/discussions/1/record", "/discussions/1/edit",
            "/discussions/1/rearrange", "/discussions/1/cancel", "/discussions/1/circulate",
            "/actions/1/finish", "/actions/1/waive", "/referrals/1", "/notes/1/correct",
            "/strands/9",
        ],
    )  # fmt: skip
    def test_a_part_of_another_case_is_not_there(self, client, cast, case, rest):
        fill_case(make_case(), cast.lado)
        expected = 200 if rest.startswith("/allegations/1") else 404
        assert client.get(at(case, rest)).status_code == expected

    @pytest.mark.parametrize("who", ["member", "auditor", "administrator"])
    def test_other_roles_have_no_such_page(self, client_for, cast, case, who):
        client = client_for(getattr(cast, who))
        assert client.get(at(case)).status_code == 403
        assert client.get("/cases").status_code == 403

    def test_business_support_reads_and_records_but_does_not_judge(self, client_for, cast, case):
        client = client_for(cast.support)
        assert client.get(at(case)).status_code == 200
        assert client.get(at(case, "/discussions/schedule")).status_code == 200
        for rest in ("/allegations/add", "/close", "/owner", "/restrict", "/facts"):
            assert client.get(at(case, rest)).status_code == 403


class TestOwner:
    def test_is_given_to_somebody(self, client, cast, case):
        page = client.follow(
            client.post_form(at(case, "/owner"), {"owner": cast.other_lado.public_id})
        )
        assert "Case given to Orla Testwell" in text(page)
        assert case.owner == cast.other_lado

    def test_two_at_once_is_said_with_what_they_saved(self, client, cast, case):
        form = client.form(at(case, "/owner"))
        sent = dict(form.form_values())
        assign_owner(case, owner=cast.manager, version=case.version, by=cast.manager)
        answer = client.http.post(
            at(case, "/owner"), data=sent | {"owner": cast.other_lado.public_id}
        )
        page = text(answer)
        assert "Somebody else saved this" in page
        assert "Mabel Testwell" in page


class TestFacts:
    def test_are_changed(self, client, case):
        answer = client.post_form(
            at(case, "/facts"), {"children": "counted", "children_count": "3"}
        )
        client.follow(answer)
        db.session.refresh(case)
        assert (case.children, case.children_count) == (Children.COUNTED, 3)

    def test_a_number_is_asked_for(self, client, case):
        page = text(client.post_form(at(case, "/facts"), {"children": "counted"}))
        assert "Enter how many children, 1 or more" in page

    def test_of_a_concluded_case_are_refused(self, client, case):
        conclude_case(case)
        assert client.get(at(case, "/facts")).status_code == 409

    def test_take_no_harm(self, client, case):
        attack(client, at(case, "/facts"), {"children": "multiple"})


class TestRestriction:
    def test_names_people_and_is_lifted(self, client, client_for, cast, case):
        client.follow(client.post_form(at(case, "/restrict"), {"named": [cast.manager.public_id]}))
        assert client_for(cast.other_lado).get(at(case)).status_code == 404
        page = client.follow(client.post_form(at(case, "/lift-restriction")))
        assert "All who work with cases" in text(page)
        assert client_for(cast.other_lado).get(at(case)).status_code == 200

    def test_says_what_it_leaves_open_of_what_the_reader_may_see(self, client, client_for, cast):
        told = log(cast.lado, *(adult(make_person()) for _ in range(2)))
        for subject in told.subjects:
            decide(subject, cast.lado, PROGRESS)
        one, other = (subject.case for subject in told.subjects)
        restrict_one = text(client.get(at(one, "/restrict")))
        of_consultation = f"/consultations/{told.public_id}/restrict"
        restrict_it = text(client.get(of_consultation))
        for page in (restrict_one, restrict_it):
            assert f'href="{at(other, "/restrict")}"' in page
            assert f'href="/people/{one.person.public_id}/restrict"' in page
        assert "a consultation that belongs to both" in restrict_one
        assert other.person.public_id not in restrict_one
        assert "it holds what it took over from here" in restrict_it
        assert f'href="{at(one, "/restrict")}"' in restrict_it

        # That two cases belong together is told by their consultation only.
        restrict(told, to=[cast.manager], version=told.version, by=cast.lado)
        stranger = text(client_for(cast.other_lado).get(at(one, "/restrict")))
        assert "Restrict the case" in stranger
        assert other.reference not in stranger

    def test_says_nothing_of_what_is_closed_with_it(self, client, cast):
        case = open_case(cast.lado, adult())
        assert "What stays visible" not in text(client.get(at(case, "/restrict")))


class TestReportingRestriction:
    def test_is_recorded_warned_of_and_lifted(self, client, case):
        page = client.follow(client.post_form(at(case, "/reporting-restriction")))
        assert "nothing may be published" in text(page)
        lifted = client.post_form(
            at(case, "/reporting-restriction"), {"reason": "Charged"} | day("lifted_on", 0)
        )
        assert "Lifted on" in text(client.follow(lifted))

    def test_is_said_not_to_be_needed(self, client, case):
        none = at(case, "/reporting-restriction/none")
        assert "Enter why no reporting restriction" in text(client.post_form(none))
        page = text(client.follow(client.post_form(none, {"reason": "Not a pupil"})))
        assert "Not needed: Not a pupil" in page
        attack(client, none, {"reason": "x"})

    def test_lifting_takes_no_harm(self, client, case):
        for hostile in (AS_TEXT, HOSTILE["NUL"], HOSTILE["oversized"]):
            if not case.reporting_restriction or case.reporting_restriction_lifted_on:
                services.impose_reporting_restriction(case, version=case.version, by=case.owner)
            sent = {"reason": hostile} | day("lifted_on", 0)
            assert client.post_form(at(case, "/reporting-restriction"), sent).status_code < 400
            db.session.refresh(case)


class TestNotes:
    def test_are_added_and_corrected(self, client, case):
        client.follow(client.post_form(at(case, "/notes/add"), {"text": "Rang the school."}))
        page = text(client.get(at(case, "/notes/1/correct")))
        assert "Rang the school." in page
        corrected = client.post_form(at(case, "/notes/1/correct"), {"text": "Wrote to it."})
        page = text(client.follow(corrected))
        assert "Note 2, a correction" in page

    def test_what_was_typed_comes_back(self, client, case):
        page = text(
            client.post_form(at(case, "/notes/add"), {"text": "Long story", "happened_on-day": ""})
        )
        assert "Long story" in page
        assert "must include a day" in page

    def test_take_no_harm(self, client, case):
        attack(client, at(case, "/notes/add"), {"text": "x"})


class TestChronology:
    def test_is_narrowed_by_kind(self, client, case):
        page = text(client.get(at(case, "/chronology?kind=case")))
        assert "Case opened" in page
        assert "received</h2>" not in page
        assert client.get(at(case, "/chronology?kind=nonsense")).status_code == 200


class TestClosing:
    def test_what_stands_open_is_shown_with_links(self, client, case):
        make_action(case)
        page = text(client.get(at(case, "/close")))
        assert "Allegation 1 has no outcome" in page
        assert "#allegation-1" in page
        assert "Action 1 is still open" in page

    def test_without_an_outcome_is_refused_with_the_words_kept(self, client, case):
        page = text(
            client.post_form(
                at(case, "/close"),
                {"reason_id": reason("Concluded with an outcome"), "note": "My summary"},
            )
        )
        assert "Something still stands open" in page
        assert "My summary" in page

    def test_with_a_reason_that_needs_none(self, client, case):
        settle(case)
        answer = client.post_form(at(case, "/close"), {"reason_id": reason("Subject died")})
        assert "Case concluded" in text(client.follow(answer))
        assert case.status is CaseStatus.CONCLUDED

    def test_what_needs_sign_off_is_requested_and_signed_off(self, client, client_for, cast, case):
        make_outcome(settle(case).primary_allegation, outcome=OutcomeCode.SUBSTANTIATED)
        sent = ReferralDetails(
            term_id(TermGroup.REFERRAL_BODY, "Ofsted"), days_ago(1), ReferralDecision.REFER,
            decided_by="We", referred_on=days_ago(1),
        )  # fmt: skip
        add_referral(case, sent, by=cast.lado)
        assert "A manager must sign" in text(client.get(at(case, "/close")))
        answer = client.post_form(
            at(case, "/close"), {"reason_id": reason("Concluded with an outcome")}
        )
        page = text(client.follow(answer))
        assert "Closure requested" in page
        assert "Withdraw request" in page
        assert client.get(at(case, "/sign-off")).status_code == 403
        manager = client_for(cast.manager)
        page = text(manager.get(at(case, "/sign-off")))
        assert "Requested by" in page
        assert "Referrals that are sent and not closed" in page
        assert "Ofsted, sent" in page
        page = text(manager.follow(manager.post_form(at(case, "/sign-off"))))
        assert "the case is concluded" in page

    def test_is_declined_and_withdrawn_with_a_note(self, client, client_for, cast, case):
        settle(case)
        for who, rest in ((cast.manager, "/decline-closure"), (cast.lado, "/withdraw-closure")):
            make_outcome(case.primary_allegation, outcome=OutcomeCode.SUBSTANTIATED)
            client.post_form(at(case, "/close"), {"reason_id": reason("Concluded with an outcome")})
            answering = client_for(who)
            assert "Enter why" in text(answering.post_form(at(case, rest)))
            answering.follow(answering.post_form(at(case, rest), {"note": "Not yet"}))
            db.session.refresh(case)
            assert case.status is CaseStatus.OPEN
        assert "Closure declined: Not yet" in text(client.get(at(case, "/notes")))

    def test_is_offered_where_nothing_else_is_due(self, client, case):
        offered = "See what is still open, and conclude the case"
        begin(settle(case))
        assert offered not in text(client.get(at(case)))
        held = make_discussion(case, purpose=DiscussionPurpose.FINAL, next_review_on=None)
        agree(held)
        send_minutes(held, "All who came")
        links = html.fromstring(text(client.get(at(case)))).iter("a")
        assert {a.text: a.get("href") for a in links}[offered] == at(case, "/close")

    def test_is_undone_by_reopening(self, client, case):
        conclude_case(case)
        assert client.get(at(case, "/close")).status_code == 409
        assert "Enter why the case is reopened" in text(client.post_form(at(case, "/reopen")))
        sent = {"reason": "New facts"} | day("review_on", -7)
        page = client.follow(client.post_form(at(case, "/reopen"), sent))
        assert "New facts" in text(page)
        assert "review agreed when the case was reopened" in text(page)
        assert db.session.get(Case, case.id).status is CaseStatus.OPEN

    def test_takes_no_harm(self, client, case):
        make_discussion(case, held_on=days_ago(1))
        attack(client, at(case, "/close"), {"note": "x"})
        for hostile in (AS_TEXT, HOSTILE["NUL"], HOSTILE["oversized"]):
            if case.status is CaseStatus.OPEN:
                conclude_case(case, gate=False)
            sent = {"reason": hostile} | day("review_on", -7)
            answer = client.post_form(at(case, "/reopen"), sent)
            assert answer.status_code < 400
            db.session.refresh(case)


def reason(label):
    return str(term_id(TermGroup.CLOSURE_REASON, label))
