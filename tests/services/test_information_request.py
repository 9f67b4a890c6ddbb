"""An answer is drawn and given, and never changes after that."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from lado.errors import Conflict, Invalid, Refused
from lado.extensions import db
from lado.models import InformationRequest
from lado.queries import reports
from lado.reports.stored import disclose, judged_answer, published_before, reply_of
from lado.services import information_request as service
from lado.services.information_request import RequestDetails
from lado.services.publication import Judged, figures_hash
from tests.reports.example import quarter
from tests.service_parts import drawn_answer, make_information_request, make_report
from tests.support.cast import Cast


@pytest.fixture
def request_(cast: Cast) -> InformationRequest:
    return make_information_request(cast.lado)


def give(request: InformationRequest, cast: Cast, judged: Judged | None = None) -> None:
    judged = judged or judged_answer(request)
    service.give(request, judged=judged, version=request.version, by=cast.lado)


def details_of(request: InformationRequest) -> RequestDetails:
    return RequestDetails(request.number, request.received_on, request.question)


def test_an_answer_is_given_with_its_definitions_and_kept(
    request_: InformationRequest, cast: Cast
) -> None:
    before = reply_of(request_)
    give(request_, cast)
    db.session.expire_all()
    assert reply_of(request_) == before
    assert request_.figures_sha256 == figures_hash(request_.figures or {})
    assert "received date is in the period" in str(request_.figures)
    assert request_.question not in str(request_.figures)


@pytest.mark.parametrize(
    "act",
    [
        lambda request, by: service.change(
            request, details=details_of(request), version=request.version, by=by
        ),
        lambda request, by: service.draw(request, drawn_answer(), version=request.version, by=by),
        lambda request, by: service.give(request, judged=Judged(), version=request.version, by=by),
    ],
)
def test_an_answer_that_was_given_never_changes(
    request_: InformationRequest, cast: Cast, act: Callable[..., Any]
) -> None:
    give(request_, cast)
    before = (request_.figures, request_.answered_at, request_.figures_sha256, request_.version)
    with pytest.raises(Refused, match="stays as it was"):
        act(request_, cast.manager)
    db.session.refresh(request_)
    after = (request_.figures, request_.answered_at, request_.figures_sha256, request_.version)
    assert after == before


def test_what_was_answered_is_held_against_a_later_report(
    request_: InformationRequest, cast: Cast
) -> None:
    """The report is of the same quarter: it hides what the answer hid."""
    comparison = quarter()
    give(request_, cast)
    (answered,) = published_before()
    assert answered.disclosure.hidden
    assert answered.disclosure.hidden <= disclose(comparison).hidden


def test_two_who_publish_at_once_judge_without_each_other_and_one_is_refused(
    request_: InformationRequest, cast: Cast
) -> None:
    other = make_information_request(cast.manager, "FOI 18")
    judged = judged_answer(request_), judged_answer(other)
    give(request_, cast, judged[0])
    with pytest.raises(Refused, match="in the meantime"):
        give(other, cast, judged[1])
    give(other, cast)
    assert reports.published_so_far() == 2
    third = make_information_request(cast.manager, "FOI 19")
    found = judged_answer(third)
    make_report(cast.lado)
    with pytest.raises(Refused, match="in the meantime"):
        give(third, cast, found)


def test_what_gives_something_away_or_cannot_be_hidden_is_refused_in_words(
    request_: InformationRequest, cast: Cast
) -> None:
    with pytest.raises(Refused, match="2 could be worked out"):
        give(request_, cast, Judged(exposed=2))
    unsafe = replace(drawn_answer(), record={"answer": {}, "refused": "It cannot be made safe."})
    service.draw(request_, unsafe, version=request_.version, by=cast.lado)
    with pytest.raises(Refused, match="It cannot be made safe"):
        give(request_, cast)
    undrawn = service.log(details=RequestDetails("9", request_.received_on, "What?"), by=cast.lado)
    with pytest.raises(Refused, match="Choose what is counted"):
        service.give(undrawn, judged=Judged(), version=undrawn.version, by=cast.lado)


def test_a_number_has_one_unanswered_request_and_may_be_answered_again(
    request_: InformationRequest, cast: Cast
) -> None:
    with pytest.raises(Invalid, match="number"):
        service.log(details=details_of(request_), by=cast.manager)
    give(request_, cast)
    again = service.log(details=details_of(request_), by=cast.manager)
    assert again.id != request_.id


def test_the_second_of_two_editors_is_noticed(request_: InformationRequest, cast: Cast) -> None:
    seen = request_.version
    service.change(request_, details=details_of(request_), version=seen, by=cast.lado)
    service.draw(request_, drawn_answer(), version=request_.version, by=cast.lado)
    with pytest.raises(Conflict):
        service.draw(request_, drawn_answer(), version=seen, by=cast.manager)
