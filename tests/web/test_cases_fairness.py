"""Safety measures, who was told, packs, help for a child and no learning on screen."""

import pytest

from lado.rules.vocabulary import OutcomeCode, TermGroup
from lado.services.case_parts import ChildDetails, add_child
from tests.case_parts import add_fair_parts, make_outcome
from tests.factories import term_id, the_case, with_case
from tests.support.hostile import attack
from tests.web.test_cases_parts import at, choose, day, text


@pytest.fixture
def new_database(prepared):
    return prepared(with_case(9))


@pytest.fixture
def case(cast):
    return the_case()


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.lado)


def test_a_measure_goes_from_considered_to_ended(client, case):
    suspension = choose(TermGroup.SAFETY_MEASURE, "Suspension")
    sent = {"term_id": suspension, "decision": "in_place"} | day("considered_on", 3)
    add = at(case, "/safety-measures/add")
    page = text(client.post_form(add, sent))
    for words in ("Enter who decided", "Enter the reasons", "Enter when it is reviewed"):
        assert words in page
    sent |= {"decided_by": "The head", "reasons": "The class"}
    sent |= day("started_on", 3) | day("review_on", -4)
    assert "Enter what else was considered" in text(client.post_form(add, sent))
    sent["alternatives"] = "None possible: the school is small"
    page = text(client.follow(client.post_form(add, sent)))
    assert "In place" in page
    assert "neutral" not in page.lower()
    sent = {"decided": "Goes on"} | day("next_review_on", -9)
    page = text(client.follow(client.post_form(at(case, "/safety-measures/1/review"), sent)))
    assert "Goes on" in page
    ended = at(case, "/safety-measures/1/end")
    page = text(client.follow(client.post_form(ended, {"reason": "Back at work"})))
    assert "Back at work" in page
    assert "Change measure 1" not in page
    for rest in ("edit", "review", "end"):
        assert client.get(at(case, f"/safety-measures/1/{rest}")).status_code == 409
    attack(client, add, {"term_id": suspension})


def test_who_has_been_told_shows_each_step_and_what_stood_before(client, cast, case):
    add_child(case, ChildDetails(view="Wants to stay"), by=cast.lado)
    add = at(case, "/told/add?row=child-outcome_told-1")
    page = text(client.post_form(add, {"withheld_reason": "Kept"}))
    assert "Choose whether it has been done" in page
    assert "Kept" in page
    not_yet = {"was_told": "no", "withheld_reason": "Police asked"}
    not_yet |= day("withheld_on", 5) | day("look_again_on", 1)
    page = text(client.follow(client.post_form(add, not_yet)))
    assert "To be looked at again now" in page
    assert "Police asked" in page
    assert "Wants to stay" in page
    done = {"was_told": "yes", "told_by": "Her social worker", "told_how": "in_person"}
    page = text(client.follow(client.post_form(add, done)))
    assert "To be looked at again now" not in page
    assert "by <bdi>Her social worker</bdi>" in page
    assert "Before: not yet" in page
    assert "Enter when it was done" in text(
        client.post_form(add, done | dict.fromkeys(day("told_on", 1), ""))
    )
    attack(client, add, {"was_told": "yes"})


def test_the_strand_shows_the_police_consulted_and_warns_of_a_settlement(client, case):
    assert "not recorded that the police were consulted" in text(client.get(at(case, "/strands")))
    sent = {"status": "ongoing", "consulted_with": "Sgt Fable", "reference": "CR/1"}
    client.post_form(at(case, "/strands/1"), sent | day("consulted_on", 1))
    settled = choose(TermGroup.EMPLOYER_OUTCOME, "Settlement agreement")
    sent = {"status": "ongoing", "result_id": settled} | day("reported_on", 1)
    page = text(client.follow(client.post_form(at(case, "/strands/3"), sent)))
    assert "CR/1" in page
    assert "A settlement agreement goes against the guidance" in page
    assert "not recorded that the police were consulted" not in page


def test_the_pack_of_a_referral_is_given_out_as_a_file(client, cast, case):
    add_fair_parts(case, cast.lado)
    for file_format, starts in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client.http.get(at(case, f"/referrals/1/pack/{file_format}"))
        assert answer.data.startswith(starts)
        name = f"{case.reference}-referral-1.{file_format}"
        assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert client.http.get(at(case, "/referrals/1/pack/exe")).status_code == 404
    form = client.form(at(case, "/referrals/add?body=ofsted"))
    chosen = str(term_id(TermGroup.REFERRAL_BODY, "Ofsted"))
    assert ("body_id", chosen) in list(form.form_values())


def test_help_for_the_child_is_recorded_after_a_false_allegation(client, case):
    help_page = at(case, "/allegations/1/child-help")
    assert client.get(help_page).status_code == 409
    make_outcome(case.primary_allegation, outcome=OutcomeCode.FALSE)
    assert "Record what was decided" in text(client.get(at(case, "/allegations")))
    sent = {"help": "not_needed", "decided_by": "Social care"} | day("considered_on", 0)
    assert "Enter the reasons" in text(client.post_form(help_page, sent))
    sent["reasons"] = "Seen at home"
    page = text(client.follow(client.post_form(help_page, sent)))
    assert "Considered, no referral needed" in page
    assert "Seen at home" in page


def test_no_learning_is_said_with_its_reason(client, case):
    page = text(client.post_form(at(case, "/learning/none")))
    assert "Enter why there is no learning" in page
    sent = {"reason": "Looked at with the school"}
    page = text(client.follow(client.post_form(at(case, "/learning/none"), sent)))
    assert "Looked at with the school" in page
