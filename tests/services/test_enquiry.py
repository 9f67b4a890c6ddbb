"""Whether a person is known: what was asked, looked for, considered and told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lado import clock
from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import Associate, Enquiry
from lado.queries import access, enquiries
from lado.rules.enquiries import MayDisclose
from lado.rules.permissions import Permission
from lado.rules.vocabulary import EnquiryAnswer, EnquiryKind, NameKind, OutcomeCode, SentHow
from lado.services import enquiry as service
from lado.services import person as person_service
from lado.services import settings
from lado.services.enquiry import AnswerDetails
from lado.services.person import PersonDetails
from lado.services.restriction import restrict
from tests import contacts
from tests.advice_parts import enquiry_about, enquiry_details, log_enquiry
from tests.case_parts import make_outcome
from tests.factories import days_ago, make_case, make_person
from tests.support.accounts import last_event

NOTHING = AnswerDetails(EnquiryAnswer.NOTHING_HELD, "Nobody is meant.", clock.today())
TELLS = AnswerDetails(
    EnquiryAnswer.DISCLOSE, "They need it.", clock.today(), "It was substantiated."
)


def answer(enquiry, details, by):
    service.answer(enquiry, details=details, version=enquiry.version, by=by)


def visible(user):
    return list(db.session.scalars(access.visible(user, Enquiry)))


def test_enquiries_have_references_of_their_own_and_every_search_is_noted(cast):
    made = service.log(details=enquiry_details(received_on=date(2026, 1, 5)), by=cast.support)
    assert made.reference == "E-2026-00001"
    with pytest.raises(Refused, match="Search the records first"):
        answer(made, NOTHING, cast.lado)
    service.searched(made, found=0, by=cast.lado)
    changed = enquiry_details(received_on=date(2026, 1, 5), former_names="Sampleford\nJo Trial")
    service.change(made, details=changed, version=made.version, by=cast.support)
    service.searched(made, found=2, by=cast.support)
    assert [(s.number, s.names, s.found, s.searched_by) for s in made.searches] == [
        (1, "Mockridge", 0, cast.lado),
        (2, "Mockridge\nSampleford\nJo Trial", 2, cast.support),
    ]


def test_former_names_and_the_date_of_birth_find_people_that_the_user_may_know_of(cast):
    renamed = make_person(surname="Nowfield", forename="Ada", date_of_birth=date(1990, 5, 1))
    person_service.add_name(
        renamed, kind=NameKind.FORMER, surname="Oldfield", forename="Ada",
        version=renamed.version, by=cast.lado,
    )  # fmt: skip
    hidden = make_person(surname="Oldfield")
    hidden.restricted = True
    make_person(surname="Elsewhere")
    db.session.commit()
    asked = log_enquiry(cast.lado, surname="Unheard", former_names="Oldfield, Ada\n")
    assert [each.person for each in enquiries.candidates(cast.lado, asked)] == [renamed]


def test_a_closed_record_and_a_name_that_was_not_kept_are_looked_for_too(cast):
    settings.change({"naming_policy": "pseudonymous"}, by=cast.administrator)
    born = date(1990, 5, 1)
    unnamed = contacts.log(cast.lado, contacts.adult(PersonDetails("Oldfield", "Ada", born)))
    hidden = make_person(surname="Oldfield", forename="Ada", date_of_birth=born)
    restrict(hidden, to=[cast.manager], version=hidden.version, by=cast.manager)
    asked = log_enquiry(cast.lado, surname="Oldfield", forename="Ada", date_of_birth=born)
    found = enquiries.offered(cast.lado, asked)
    assert (found.candidates, found.speak_to) == ([], [cast.manager.name])
    assert [found.consultations[line.public_id] for line in found.unnamed] == [unnamed]
    assert enquiries.offered(cast.support, asked).speak_to == []


def test_what_was_offered_is_considered_or_not_and_the_rest_stays(cast):
    first, second, third = (make_person() for _ in range(3))
    asked = log_enquiry(cast.lado, first, second)
    service.consider(asked, records=[third], of=[second, third], by=cast.lado)
    assert [row.person for row in asked.considered] == [first, third]


def test_a_reference_tells_of_nothing_that_was_not_substantiated(cast):
    case = make_case(opened_on=days_ago(10))
    make_outcome(case.allegations[0], cast.lado, OutcomeCode.UNFOUNDED)
    asked = log_enquiry(cast.lado, case)
    (found,) = enquiries.findings(asked)
    assert (found.outcome, found.may) == (OutcomeCode.UNFOUNDED, MayDisclose.NO)
    with pytest.raises(Invalid) as refused:
        answer(asked, replace(TELLS, text="An allegation was unfounded."), cast.lado)
    assert set(refused.value.messages) == {"text"}
    asked.kind = EnquiryKind.OTHER_AUTHORITY
    db.session.commit()
    answer(asked, replace(TELLS, text="An allegation was unfounded."), cast.lado)
    assert asked.answer_text == "An allegation was unfounded."


def test_an_answer_has_reasons_and_nothing_changes_once_it_was_sent(cast):
    asked = log_enquiry(cast.lado)
    for wrong, field in (
        (replace(NOTHING, reasons=" "), "reasons"),
        (replace(TELLS, text=""), "text"),
        (replace(NOTHING, answered_on=clock.today() - timedelta(days=1)), "answered_on"),
    ):
        with pytest.raises(Invalid) as refused:
            answer(asked, wrong, cast.lado)
        assert set(refused.value.messages) == {field}
    sent = {"sent_on": clock.today(), "sent_how": SentHow.EMAIL, "by": cast.support}
    with pytest.raises(Refused, match="Decide the answer first"):
        service.mark_sent(asked, version=asked.version, **sent)
    answer(asked, TELLS, cast.lado)
    answer(asked, NOTHING, cast.lado)
    assert (asked.answer_text, asked.answered_by) == (None, cast.lado)
    service.mark_sent(asked, version=asked.version, **sent)
    assert enquiries.state_of(asked) is enquiries.EnquiryState.SENT
    with pytest.raises(Refused, match="was sent"):
        answer(asked, TELLS, cast.lado)
    with pytest.raises(Refused, match="was sent"):
        service.consider(asked, records=[], of=[], by=cast.lado)


def test_who_may_not_know_of_a_record_knows_of_no_enquiry_for_which_it_was_considered(cast):
    case = make_case(by=cast.other_lado)
    by_person = enquiry_about(case.person, cast.other_lado)
    by_case = log_enquiry(cast.other_lado, case)
    by_contact = log_enquiry(cast.other_lado, case.subjects[0].consultation)
    free = log_enquiry(cast.other_lado)
    assert visible(cast.lado) == [by_person, by_case, by_contact, free]
    db.session.add(
        Associate(user_id=cast.lado.id, person_id=case.person_id, connection="Neighbour")
    )
    db.session.commit()
    assert visible(cast.lado) == [free]
    assert len(visible(cast.support)) == 4
    case.restricted = True
    db.session.commit()
    assert visible(cast.support) == [by_person, free]
    assert access.get_enquiry(cast.support, free.public_id, Permission.CONSULTATION_VIEW) is free
    closed = set(db.session.scalars(access.closed_public_ids(cast.lado)))
    assert {by_person.public_id, by_case.public_id} < closed


def test_nobody_knows_of_an_enquiry_about_themselves_or_somebody_they_declared(cast):
    neighbour = make_person(surname="Fenwright", forename="Una")
    db.session.add(Associate(user_id=cast.lado.id, person_id=neighbour.id, connection="Neighbour"))
    db.session.commit()
    own = {"surname": "TESTWELL", "forename": "Lada"}
    close = {"surname": "Fenwright", "forename": "Una"}
    logged = [log_enquiry(cast.other_lado, **name) for name in (own, close)]
    assert visible(cast.lado) == []
    assert visible(cast.other_lado) == logged
    assert {each.public_id for each in logged} <= set(
        db.session.scalars(access.closed_public_ids(cast.lado))
    )
    free = log_enquiry(cast.lado)
    for name in (own, close):
        with pytest.raises(Invalid) as refused:
            service.log(details=enquiry_details(**name), by=cast.lado)
        assert set(refused.value.messages) == {"surname"}
        with pytest.raises(Invalid):
            service.change(
                free, details=enquiry_details(**name), version=free.version, by=cast.lado
            )
    assert visible(cast.lado) == [free]


def test_how_many_were_found_is_not_in_the_audit_trail(cast):
    """Its reader may not know of those who were found."""
    service.searched(log_enquiry(cast.lado), found=3, by=cast.manager)
    assert last_event().detail == {}
