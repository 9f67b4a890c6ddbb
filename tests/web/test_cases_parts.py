"""Allegations, outcomes, children, strands, referrals, learning on screen."""

import pytest

from lado.rules.vocabulary import OutcomeCode, StrandStatus, TermGroup
from lado.services.case_allegations import change_allegation
from lado.services.case_parts import ChildDetails, add_child
from tests.case_parts import allegation_details, conclude_case, make_outcome
from tests.factories import days_ago, term_id, the_case, with_case
from tests.support.hostile import attack


@pytest.fixture
def new_database(prepared):
    return prepared(with_case(9))


@pytest.fixture
def case(cast):
    return the_case()


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


def choose(group, label):
    return str(term_id(group, label))


@pytest.fixture
def allegation(cast):
    return {
        "category_id": choose(TermGroup.CATEGORY, "Neglect"),
        "description": "Left alone in the hall",
        "limbs": ["harm"],
        "happened_precision": "not_known",
    }


class TestAllegations:
    def test_one_is_added(self, client, case, allegation):
        page = text(client.follow(client.post_form(at(case, "/allegations/add"), allegation)))
        assert "Allegation 2: Neglect" in page
        assert "Left alone in the hall" in page

    def test_what_is_missing_is_said_and_what_was_typed_stays(self, client, case):
        page = text(client.post_form(at(case, "/allegations/add"), {"place": "By the pool"}))
        assert "By the pool" in page
        for words in ("Enter what is alleged", "Choose the category", "how well it is known"):
            assert words in page

    def test_the_service_has_the_last_word(self, client, case, allegation):
        sent = allegation | {"limbs": ["harm", "offence"], "happened_precision": "exact"}
        page = text(client.post_form(at(case, "/allegations/add"), sent))
        assert "Choose which one applies most" in page
        assert "Enter when it happened" in page

    def test_one_is_changed_and_linked_to_children(self, client, cast, case, allegation):
        add_child(case, ChildDetails(name="A. Sample"), by=cast.lado)
        sent = allegation | {"children": ["1"], "limbs": ["harm", "risk"], "primary_limb": "risk"}
        client.follow(client.post_form(at(case, "/allegations/1/edit"), sent))
        form = client.form(at(case, "/allegations/1/edit"))
        values = list(form.form_values())
        assert ("primary_limb", "risk") in values
        assert ("children", "1") in values
        assert ("limbs", "harm") in values

    def test_two_at_once_see_what_the_other_saved(self, client, cast, case, allegation):
        sent = dict(client.form(at(case, "/allegations/1/edit")).form_values()) | allegation
        first = case.primary_allegation
        theirs = allegation_details(description="What they wrote", category_id=first.category_id)
        change_allegation(first, theirs, version=first.version, by=cast.manager)
        page = text(client.http.post(at(case, "/allegations/1/edit"), data=sent))
        assert "Somebody else saved this" in page
        assert "What they wrote" in page
        assert "Left alone in the hall" in page

    def test_another_becomes_primary(self, client, case, allegation):
        client.post_form(at(case, "/allegations/add"), allegation)
        page = client.follow(client.post_form(at(case, "/allegations"), {}))
        assert "Allegation 2: Neglect (primary)" in " ".join(text(page).split())

    def test_not_on_a_concluded_case(self, client, case):
        conclude_case(case)
        assert client.get(at(case, "/allegations/add")).status_code == 409
        assert "Add an allegation" not in text(client.get(at(case, "/allegations")))

    def test_take_no_harm(self, client, case, allegation):
        attack(client, at(case, "/allegations/1/edit"), {"description": "x"})
        attack(client, at(case, "/allegations/add"), allegation)


class TestOutcomes:
    def test_is_recorded_and_shown_with_its_reasons(self, client, case):
        sent = {"outcome": "unfounded", "reasons": "He was elsewhere"} | day("decided_on", 1)
        page = client.follow(client.post_form(at(case, "/allegations/1/outcome"), sent))
        assert "He was elsewhere" in text(page)
        assert case.primary_allegation.outcome.outcome is OutcomeCode.UNFOUNDED

    def test_malicious_asks_for_evidence_and_prompts_help_for_the_child(self, client, case):
        sent = {"outcome": "malicious", "reasons": "Invented"}
        page = text(client.post_form(at(case, "/allegations/1/outcome"), sent))
        assert "Enter the evidence that disproves the allegation" in page
        assert "Invented" in page
        sent["evidence"] = "A recording"
        page = client.follow(client.post_form(at(case, "/allegations/1/outcome"), sent))
        assert "may need help" in text(page)

    def test_to_change_it_needs_a_reason(self, client, case):
        make_outcome(case.primary_allegation, decided_on=days_ago(2))
        sent = {"outcome": "substantiated", "reasons": "New witness"}
        page = text(client.post_form(at(case, "/allegations/1/outcome"), sent))
        assert "Enter why the outcome has changed" in page
        sent["change_reason"] = "An appeal"
        page = text(client.follow(client.post_form(at(case, "/allegations/1/outcome"), sent)))
        assert "Changed because: An appeal" in page

    def test_take_no_harm(self, client, case):
        attack(client, at(case, "/allegations/1/outcome"), {"reasons": "x"})


class TestChildren:
    def test_are_added_and_changed(self, client, case):
        page = client.follow(client.post_form(at(case, "/children/add"), {"name": "A. Sample"}))
        assert "A. Sample" in text(page)
        answer = client.post_form(at(case, "/children/1/edit"), {"age": "9", "voice": "sought"})
        assert "Sought" in text(client.follow(answer))

    def test_a_view_not_sought_has_its_reason(self, client, case):
        page = text(client.post_form(at(case, "/children/add"), {"voice": "not_sought"}))
        assert "Enter why the child’s view was not sought" in page

    def test_take_no_harm(self, client, case):
        attack(client, at(case, "/children/add"), {"name": "x"})


class TestStrands:
    def test_has_its_status_and_result(self, client, case):
        sent = {
            "status": "ended",
            "lead": "Sgt Fable",
            "result_id": choose(TermGroup.POLICE_OUTCOME, "Convicted"),
        }
        sent |= day("ended_on", 1) | day("reported_on", 1)
        page = text(client.follow(client.post_form(at(case, "/strands/1"), sent)))
        assert "Convicted" in page
        assert case.strands[0].status is StrandStatus.ENDED

    def test_says_what_is_missing(self, client, case):
        page = text(client.post_form(at(case, "/strands/3"), {"status": "ended"}))
        assert "Enter when it ended" in page

    def test_also_of_a_concluded_case_by_business_support(self, client_for, cast, case):
        conclude_case(case)
        client = client_for(cast.support)
        sent = {"status": "not_applicable", "not_applicable_reason": ""}
        page = text(client.post_form(at(case, "/strands/2"), sent))
        assert "Enter why it is not applicable" in page
        sent["not_applicable_reason"] = "Nobody was hurt"
        client.follow(client.post_form(at(case, "/strands/2"), sent))

    def test_take_no_harm(self, client, case):
        attack(client, at(case, "/strands/1"), {"status": "ongoing"})


class TestReferrals:
    def test_are_considered_and_sent(self, client, case):
        body = choose(TermGroup.REFERRAL_BODY, "Disclosure and Barring Service")
        sent = {"body_id": body, "basis": "duty", "decision": "pending"} | day("considered_on", 3)
        client.follow(client.post_form(at(case, "/referrals/add"), sent))
        sent = {"decision": "refer", "decided_by": "The head", "reference": "B-1"}
        answer = client.post_form(at(case, "/referrals/1"), sent | day("referred_on", 1))
        page = text(client.follow(answer))
        assert "B-1" in page
        assert "The employer’s duty" in page or "The employer&#39;s duty" in page

    def test_says_what_is_missing(self, client, case):
        page = text(client.post_form(at(case, "/referrals/add"), {"decision": "no_referral"}))
        assert "Choose to whom" in page

    def test_take_no_harm(self, client, case):
        body = choose(TermGroup.REFERRAL_BODY, "Ofsted")
        attack(client, at(case, "/referrals/add"), {"body_id": body, "decision": "pending"})


class TestLearning:
    def test_is_added(self, client, case):
        theme = choose(TermGroup.LEARNING_THEME, "Induction")
        sent = {"theme_id": theme, "kind": "good_practice", "description": "Well done"}
        page = client.follow(client.post_form(at(case, "/learning/add"), sent))
        assert "Well done" in text(page)

    def test_takes_no_harm(self, client, case):
        attack(client, at(case, "/learning/add"), {"description": "x"})
