"""Advice confirmed in writing: what goes in, what is warned of, what is never changed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from lado import clock
from lado.errors import Conflict, Invalid, Refused
from lado.extensions import db
from lado.models import AuditEvent, FollowUp
from lado.queries import confirmations
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import SentHow
from lado.services import confirmation as service
from lado.services.confirmation import LetterDetails
from lado.services.follow_up import FollowUpDetails
from tests.advice_parts import add_follow_up, write_letter
from tests.contacts import RECEIVED, adult, decide, log
from tests.factories import make_person

LETTER = LetterDetails(recipient_name="Kim Fablewood", text="As advised.")


def details(letter, **other):
    return {"letter": letter, "version": other.pop("version", 1)} | other


@pytest.fixture
def told(cast):
    return log(
        cast.lado, referrer_name="Kim Fablewood", referrer_role="Head", referrer_may_be_named=False
    )


def test_what_is_filled_in_comes_from_the_record(told, cast):
    assert confirmations.values(told, to_caller=True, by=cast.support) == {
        "reference": told.reference, "received_on": "20 April 2026",
        "recipient_name": "Kim Fablewood", "caller_name": "Kim Fablewood", "caller_role": "Head",
        "advice": "", "decision": "", "lado_name": "Sufi Testwell", "council": "Your council",
        "follow_up_date": "",
    }  # fmt: skip
    decide(told.subjects[0], cast.lado, "Low-level concern", advice="Keep a record.")
    add_follow_up(told, cast.lado)
    found = confirmations.values(told, to_caller=True, by=cast.support)
    due = clock.today() + timedelta(days=3)
    assert (found["advice"], found["decision"]) == ("Keep a record.", "Low-level concern")
    assert (found["lado_name"], found["follow_up_date"]) == (
        "Lada Testwell", f"{due.day} {due:%B %Y}",
    )  # fmt: skip


@pytest.mark.parametrize(("may_be_named", "known"), [(True, True), (False, False), (None, False)])
def test_a_caller_who_did_not_agree_is_not_named_to_others(cast, may_be_named, known):
    told = log(cast.lado, referrer_name="Kim Fablewood", referrer_may_be_named=may_be_named)
    values = confirmations.values(told, to_caller=False, by=cast.lado)
    assert values["recipient_name"] == ""
    assert (values["caller_name"] == "Kim Fablewood") is known
    warned = confirmations.warnings(told, "Mrs Fablewood", to_caller=False, user=cast.lado)
    assert bool(warned) is not known
    assert not confirmations.warnings(told, "Mrs Fablewood", to_caller=True, user=cast.lado)


def test_a_letter_that_names_what_its_reader_may_not_know_needs_a_second_look(cast):
    person = make_person()
    earlier = log(cast.lado, adult(person), referrer_name="Wim Storyham")
    told = log(cast.lado, adult(person), referrer_name="Kim Fablewood")
    text = f"Suspension is a neutral act. Wim Storyham said so, see {earlier.reference}."
    with pytest.raises(Invalid) as refused:
        write_letter(told, cast.lado, text)
    assert set(refused.value.messages) == {"heeded"}
    assert len(confirmations.warnings(told, text, to_caller=True, user=cast.lado)) == 3
    assert write_letter(told, cast.lado, text, heeded=True).text == text

    earlier.restricted = True
    db.session.commit()
    assert len(confirmations.warnings(told, text, to_caller=True, user=cast.lado)) == 2


def test_nothing_is_kept_that_is_not_filled_in(told, cast):
    with pytest.raises(Invalid) as refused:
        write_letter(told, cast.lado, "Dear {recipient_name}, by {follow_up_date}")
    assert refused.value.messages == {"text": "Fill these in, or take them out: {follow_up_date}"}
    kept = write_letter(told, cast.lado, "Dear {recipient_name}")
    assert kept.text == "Dear Kim Fablewood"


def test_an_anonymous_caller_is_written_to_by_nobody(cast):
    told = log(cast.lado, anonymous=True)
    with pytest.raises(Refused):
        write_letter(told, cast.lado)
    assert write_letter(told, cast.lado, to_caller=False).number == 1


def test_a_letter_changes_until_it_was_sent_and_never_after(told, cast):
    letter = write_letter(told, cast.lado)
    with pytest.raises(Conflict):
        service.change(letter, **details(LETTER, version=7), by=cast.support)
    service.change(letter, **details(LETTER), by=cast.support)
    assert (letter.text, letter.written_by) == ("As advised.", cast.support)

    sent = {"sent_how": SentHow.POST, "version": letter.version, "by": cast.lado}
    for day in (clock.today() + timedelta(days=1), RECEIVED):
        with pytest.raises(Invalid, match="sent"):
            service.mark_sent(letter, sent_on=day, **sent)
    follow_up = FollowUpDetails("Ask again", clock.today(), cast.support)
    service.mark_sent(letter, sent_on=clock.today(), follow_up=follow_up, **sent)
    assert (letter.sent_by, letter.sent_how) == (cast.lado, SentHow.POST)
    assert db.session.scalars(select(FollowUp.owner_id)).all() == [cast.support.id]
    for act in (
        lambda: service.change(letter, **details(LETTER, version=letter.version), by=cast.lado),
        lambda: service.mark_sent(letter, sent_on=clock.today(), **sent),
    ):
        with pytest.raises(Refused, match="Write a further one"):
            act()
    assert write_letter(told, cast.lado).number == 2
    of_letters = AuditEvent.action.in_(
        [AuditAction.CONFIRMATION_WRITTEN, AuditAction.CONFIRMATION_SENT]
    )
    found = db.session.scalars(select(AuditEvent).where(of_letters).order_by(AuditEvent.id))
    assert [event.detail["confirmation"] for event in found] == [1, 1, 2]


def test_a_letter_needs_a_reader_and_a_text(told, cast):
    for empty in (replace(LETTER, recipient_name=" "), replace(LETTER, text=" ")):
        with pytest.raises(Invalid):
            write_letter(told, cast.lado, recipient_name=empty.recipient_name, text=empty.text)
    assert confirmations.confirmations_of(told) == []
