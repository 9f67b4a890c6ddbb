"""A restricted record that may be about whom somebody asks: whom to speak to, and no more."""

from datetime import date

import pytest

from lado.queries.closed_match import speak_to
from lado.rules.matching import Called, Identity
from lado.services import conflict
from lado.services.restriction import restrict
from tests.contacts import adult, decide, log
from tests.factories import make_person

BORN = date(1980, 5, 3)
ASKED = Identity([Called("Smith", "Ann")], BORN)


@pytest.fixture
def ann(cast):
    return make_person(surname="Smith", forename="Ann", date_of_birth=BORN, by=cast.manager)


def test_a_lado_learns_whom_to_speak_to_and_nobody_else_learns_anything(cast, ann):
    restrict(ann, to=[cast.manager, cast.other_lado], version=ann.version, by=cast.manager)
    assert speak_to(cast.lado, ASKED) == [cast.manager.name, cast.other_lado.name]
    assert speak_to(cast.other_lado, ASKED) == []
    for other in (cast.support, cast.member, cast.auditor, cast.administrator):
        assert speak_to(other, ASKED) == []
    assert speak_to(cast.lado, Identity([Called("Smith", "Ann")])) == []
    assert speak_to(cast.lado, Identity([Called("Brown", "Joe")], BORN)) == []


@pytest.mark.parametrize("thing", ["consultation", "case"])
def test_a_restricted_record_about_somebody_who_is_not_counts_too(cast, ann, thing):
    consultation = log(cast.manager, adult(ann))
    decide(consultation.subjects[0], cast.manager, "Progress to strategy discussion")
    record = consultation if thing == "consultation" else consultation.subjects[0].case
    assert speak_to(cast.lado, ASKED) == []
    restrict(record, to=[cast.manager], version=record.version, by=cast.manager)
    assert speak_to(cast.lado, ASKED) == [cast.manager.name]


def test_of_a_record_about_somebody_close_nothing_is_said(cast, ann):
    restrict(ann, to=[cast.manager], version=ann.version, by=cast.manager)
    conflict.declare(ann, user=cast.lado, themselves=False, connection="Sister",
                     version=ann.version, by=cast.manager)  # fmt: skip
    assert speak_to(cast.lado, ASKED) == []
    assert speak_to(cast.other_lado, ASKED) == [cast.manager.name]


def test_nobody_learns_that_a_record_may_be_about_themselves(cast):
    words = cast.lado.name.split()
    own = make_person(surname=words[-1], forename=words[0], date_of_birth=BORN, by=cast.manager)
    restrict(own, to=[cast.manager], version=own.version, by=cast.manager)
    asked = Identity([Called(words[-1], words[0])], BORN)
    assert speak_to(cast.lado, asked) == []
    assert speak_to(cast.other_lado, asked) == [cast.manager.name]
