"""Whatever leaves names nobody who told us and did not agree to be named (R-43)."""

import json

import pytest

from lado import clock
from lado.queries import transfer
from lado.rules.folding import fold
from lado.rules.vocabulary import (
    Attendance,
    DiscussionPurpose,
    ReferralBasis,
    ReferralDecision,
    TermGroup,
)
from lado.services import case as cases
from lado.services.onward_referral import ReferralDetails, add_referral
from lado.services.restriction import restrict
from tests.case_parts import (
    agree,
    join_case,
    make_action,
    make_discussion,
    open_case,
    participant,
    schedule_discussion,
)
from tests.contacts import PersonDetails, adult
from tests.factories import days_ago, term_id
from tests.papers.test_papers import words_of_docx

WORDS = {"quillon", "marchbanks", "jo", "ng"}


def words_left(text: str) -> set[str]:
    folded = set(fold(text).split())
    return {word for word in WORDS for form in (word, f"{word}s", f"{word}ss") if form in folded}


@pytest.mark.parametrize("asked", [False, None])
def test_nothing_that_leaves_names_a_caller_who_did_not_agree_or_was_not_asked(
    client_for, cast, asked
):
    case = open_case(
        cast.lado,
        adult(PersonDetails("Madeupson", "Kit")),
        summary="Mrs Marchbanks’s son was hurt; Quillon saw it",
        referrer_name="Quillon Marchbanks",
        referrer_may_be_named=asked,
    )
    closed = join_case(
        case, cast.lado, adult(case.person), referrer_name="Jo Ng", referrer_may_be_named=asked
    )
    restrict(closed, to=[cast.manager, cast.lado], version=closed.version, by=cast.lado)
    client = client_for(cast.other_lado)
    typed = dict(client.form(f"/cases/{case.public_id}/discussions/record").form_values())
    assert "Allegation 1" in typed["minutes-allegation"]
    cases.add_note(case, happened_on=clock.today(), text="Jo Ng’s sister rang", by=cast.lado)
    make_action(case, description="Ring the Marchbankses, and Ng", due_on=days_ago(-1))
    invited = [participant(name="Jo Ng", role="Ng’s own", attendance=Attendance.INVITED)]
    schedule_discussion(case, place="At Quillon's house", participants=invited)
    made = make_discussion(case, purpose=DiscussionPurpose.REVIEW)
    agree(made, cast.lado)
    body = term_id(TermGroup.REFERRAL_BODY, "Disclosure and Barring Service")
    details = ReferralDetails(body, clock.today(), ReferralDecision.REFER, decided_by="Jo Ng",
                              basis=ReferralBasis.DUTY)  # fmt: skip
    add_referral(case, details, by=cast.lado)

    def left(path: str) -> str:
        answer = client.get(f"/cases/{case.public_id}/{path}")
        assert answer.status_code == 200, path
        is_paper = path.endswith("docx")
        return words_of_docx(answer.data) if is_paper else answer.get_data(as_text=True)

    papers = ("chronology/docx", "summary/docx", "referrals/1/pack/docx", "discussions/1/agenda")
    entries = ("discussions/1/invitation/calendar", "discussions/1/agenda/docx")
    said = {path: left(path) for path in (*papers, *entries)}
    said["work list"] = client.get("/work-list/save-list?team=yes").get_data(as_text=True)
    said["minutes"] = typed["minutes-allegation"]
    told = transfer.records(cast.other_lado, case, [], withheld=False)
    said["transfer"] = json.dumps(told, ensure_ascii=False)
    for path, text in said.items():
        assert not words_left(text), path
    assert "Madeupson" in said["summary/docx"]
    assert told["case"]["person"]["names"][0]["surname"] == "Madeupson"


def test_a_caller_who_agreed_is_named(client_for, cast):
    case = open_case(
        cast.lado,
        adult(PersonDetails("Madeupson", "Kit")),
        summary="Mrs Marchbanks saw it",
        referrer_name="Quillon Marchbanks",
        referrer_may_be_named=True,
    )
    paper = client_for(cast.lado).get(f"/cases/{case.public_id}/chronology/docx").data
    assert "Marchbanks saw it" in words_of_docx(paper)
