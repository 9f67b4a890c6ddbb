"""What is typed is kept, and goes in the same transaction in which the form is saved."""

import json
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from lado.errors import NotFound, Refused
from lado.extensions import db
from lado.models import AuditEvent, Consultation, Draft
from lado.queries import drafts
from lado.rules.drafts import LONGEST_DRAFT, MOST_DRAFTS, DraftForm
from lado.services import draft as services
from lado.services import session
from lado.services.draft import Place, SavedBefore, Window, finished_with
from tests.contacts import log
from tests.support.accounts import NOON, events, last_event

LOG = Place(DraftForm.CONSULTATION_LOG)


def window(name="a", page="1", after=""):
    return Window(name * 22, page * 22, after * 22)


def keep(by, text="Words", at=None):
    return services.save(at or window(), place=LOG, typed=[("summary", text)], by=by)


def kept(by):
    """The texts of the drafts, in their order."""
    query = select(Draft.typed).where(Draft.author_id == by.id).order_by(Draft.id)
    return [dict(json.loads(typed)).get("summary") for typed in db.session.scalars(query)]


def consultations():
    return db.session.scalar(select(func.count()).select_from(Consultation))


def test_a_window_goes_on_with_its_own_draft_and_leaves_no_event(cast):
    for text in ("W", "Wo", "Wor\x00d"):
        keep(cast.lado, text)
    assert kept(cast.lado) == ["Wor\x00d"]
    assert events() == []


def test_what_a_second_window_changed_meanwhile_is_not_written_over(cast):
    keep(cast.lado, "First")
    keep(cast.lado, "Second", window(page="2", after="1"))
    own = keep(cast.lado, "First, and more")
    keep(cast.lado, "First, and more still")
    assert kept(cast.lado) == ["Second", "First, and more still"]
    assert own.public_id == window().page


def test_nobody_else_reads_or_writes_it(cast):
    keep(cast.lado)
    with pytest.raises(NotFound):
        drafts.get(cast.other_lado, "a" * 22)
    with pytest.raises(NotFound):
        keep(cast.other_lado, "Mine now")
    place = Place(DraftForm.CASE_NOTE, "c" * 22)
    with pytest.raises(NotFound):
        services.save(window(), place=place, typed=[], by=cast.lado)
    assert kept(cast.lado) == ["Words"]


def test_it_goes_with_the_record_or_stays_without_it(cast, monkeypatch):
    keep(cast.lado)
    with monkeypatch.context() as broken:
        broken.setattr("lado.services.draft._draft_of", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError), finished_with(window(), LOG, by=cast.lado):
            log(cast.lado)
    assert (consultations(), drafts.how_many(cast.lado)) == (0, 1)
    with finished_with(window(), LOG, by=cast.lado):
        log(cast.lado)
    assert (consultations(), drafts.how_many(cast.lado)) == (1, 0)
    assert kept(cast.lado) == [None]


def test_the_same_form_sent_twice_is_saved_once_and_a_late_draft_is_not_kept(cast):
    with finished_with(window(), LOG, by=cast.lado):
        log(cast.lado)
    with pytest.raises(SavedBefore), finished_with(window(), LOG, by=cast.lado):
        log(cast.lado)
    assert consultations() == 1
    assert keep(cast.lado, "Late") is None
    assert kept(cast.lado) == [None]


def test_it_is_bounded_in_length_and_number(cast):
    with pytest.raises(Refused):
        keep(cast.lado, "x" * LONGEST_DRAFT)
    for number in range(MOST_DRAFTS):
        keep(cast.lado, at=Window(f"{number:022}", f"{number:022}"))
    with pytest.raises(Refused):
        keep(cast.lado)
    keep(cast.lado, "Still possible", Window(f"{7:022}", f"{7:022}"))
    assert drafts.how_many(cast.lado) == MOST_DRAFTS


def test_an_untouched_draft_is_deleted_when_somebody_signs_in(cast):
    with time_machine.travel(NOON, tick=False) as travel:
        keep(cast.lado, "Old")
        travel.shift(timedelta(days=1))
        keep(cast.lado, "Newer", window("b"))
        assert [each.warned_of for each in drafts.listed(cast.lado)] == [False, False]
        travel.shift(timedelta(days=29))
        session.start(cast.manager)
        assert kept(cast.lado) == ["Old", "Newer"]
        assert [each.warned_of for each in drafts.listed(cast.lado)] == [True, True]
        travel.shift(timedelta(seconds=1))
        session.start(cast.manager)
        assert kept(cast.lado) == ["Newer"]
    expired = select(AuditEvent.detail).where(AuditEvent.action == "draft.expired")
    assert db.session.scalars(expired).all() == [{"drafts": 1}]


def test_throwing_it_away_leaves_an_event_without_a_word_of_it(cast):
    services.discard(keep(cast.lado, "Secret words"), by=cast.lado)
    assert kept(cast.lado) == []
    assert (last_event().action, last_event().detail) == ("draft.discarded", {})
