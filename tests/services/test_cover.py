"""Who is on duty, who deals with what, and handing it over (R-63)."""

from datetime import date

import pytest
from sqlalchemy import select

from lado.errors import Invalid
from lado.extensions import db
from lado.models import Associate, AuditEvent
from lado.queries import cover
from lado.queries.hand_over import work_of
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import TermGroup
from lado.services.action import ActionDetails, add_action
from lado.services.consultation_owner import assign
from lado.services.duty import set_on_duty, take_off_duty
from lado.services.follow_up import FollowUpDetails, add
from lado.services.hand_over import HandedOver, give, key_of
from lado.services.restriction import restrict
from tests.contacts import log
from tests.factories import days_ago, make_case, make_consultation, make_person, term_id

MONDAY = date(2026, 12, 21)


def event(action):
    query = select(AuditEvent).where(AuditEvent.action == action).order_by(AuditEvent.id.desc())
    return db.session.scalars(query).first()


def test_a_rota_has_working_days_only_and_shows_gaps_and_overlaps(app, cast):
    """Christmas Day 2026 is a Friday; Boxing Day is made up for on Monday 28 December."""
    lado, other = cast.lado, cast.other_lado
    assert cover.gaps_ahead(MONDAY) == []
    assert set_on_duty(lado, first=MONDAY, last=date(2026, 12, 31), by=cast.manager) == 7
    assert set_on_duty(lado, first=MONDAY, last=MONDAY, by=lado) == 0
    set_on_duty(other, first=MONDAY, last=MONDAY, by=other)
    assert take_off_duty(lado, first=date(2026, 12, 22), last=date(2026, 12, 27), by=lado) == 3
    week = cover.rota(MONDAY, date(2026, 12, 29))
    assert [each.day.day for each in week if each.is_gap] == [22, 23, 24]
    assert [each.day.day for each in week if each.is_overlap] == [21]
    assert cover.on_duty(date(2026, 12, 29)) == [lado]
    assert cover.gaps_ahead(date(2026, 12, 24))[:2] == [date(2026, 12, 24), date(2027, 1, 4)]
    assert event(AuditAction.DUTY_TAKEN_OFF).detail == {"user": lado.id, "days": 3}
    lado.active = False
    db.session.commit()
    assert cover.rota(date(2026, 12, 29), date(2026, 12, 29))[0].is_gap


@pytest.mark.parametrize(
    ("who", "first", "last", "field"),
    [
        ("support", MONDAY, MONDAY, "user"),
        ("lado", MONDAY, date(2026, 12, 20), "last"),
        ("lado", MONDAY, date(2028, 12, 20), "last"),
        ("lado", date(2026, 12, 25), date(2026, 12, 28), "last"),
    ],
)
def test_what_is_no_duty_is_refused(app, cast, who, first, last, field):
    with pytest.raises(Invalid) as refused:
        set_on_duty(getattr(cast, who), first=first, last=last, by=cast.manager)
    assert list(refused.value.messages) == [field]


def test_whoever_may_decide_deals_with_what_they_log_and_it_can_be_given_on(app, cast):
    assert log(cast.lado).owner is cast.lado
    taken = log(cast.support)
    assert taken.owner is None
    assign(taken, owner=cast.other_lado, version=taken.version, by=cast.support)
    assert event(AuditAction.CONSULTATION_ASSIGNED).detail == {"to": cast.other_lado.id}
    with pytest.raises(Invalid):
        assign(taken, owner=cast.support, version=taken.version, by=cast.lado)
    assign(taken, owner=None, version=taken.version, by=cast.lado)
    assert taken.owner is None


def test_nobody_gets_what_they_may_not_know_of(app, cast):
    """A record about an associate of theirs, or one that they are not named on."""
    lado, other = cast.lado, cast.other_lado
    known, neighbour = make_case(by=lado), make_consultation(person=make_person(), by=lado)
    closed = make_case(by=lado)
    restrict(closed, to=[cast.manager], version=closed.version, by=lado)
    db.session.add(
        Associate(user_id=other.id, person_id=neighbour.subjects[0].person_id, connection="Cousin")
    )
    db.session.commit()
    with pytest.raises(Invalid):
        assign(neighbour, owner=other, version=neighbour.version, by=lado)
    details = ActionDetails(
        "Ring back", lado.name, term_id(TermGroup.AGENCY, "Police"), days_ago(-3)
    )
    add_action(known, details, by=lado)
    assert work_of(lado, reader=cast.manager).can_be_given == 4
    assert give(lado, to=other, by=cast.manager) == HandedOver(given=2, kept=2)
    assert (known.owner, known.actions[0].owner) == (other, other.name)
    assert (neighbour.owner, closed.owner) == (lado, lado)
    assert event(AuditAction.USER_WORK_GIVEN).detail == {"to": other.id, "given": 2, "kept": 2}


def test_an_action_is_somebodys_whatever_letters_their_name_has(app, cast):
    cast.lado.name = "Élodie Ångström"
    db.session.commit()
    for owner in ("élodie ångström", "ÉLODIE ÅNGSTRÖM", "Elodie Angstrom"):
        details = ActionDetails("Ring", owner, term_id(TermGroup.AGENCY, "Police"), days_ago(-3))
        add_action(make_case(by=cast.manager), details, by=cast.manager)
    assert len(work_of(cast.lado, reader=cast.manager).actions) == 3


def test_only_what_was_chosen_and_may_be_seen_is_given(app, cast):
    lado, manager = cast.lado, cast.manager
    first, second, closed = log(lado), log(lado), log(lado)
    restrict(closed, to=[manager], version=closed.version, by=lado)
    give(lado, to=manager, chosen=[key_of(second)], by=lado)
    assert (first.owner, second.owner) == (lado, manager)
    with pytest.raises(Invalid):
        give(lado, to=manager, chosen=["case-nonsense"], by=lado)
    with pytest.raises(Invalid):
        give(lado, to=lado, by=lado)
    assert closed not in work_of(lado, reader=cast.other_lado).consultations


def test_follow_ups_are_given_too_but_not_of_what_the_other_may_not_know_of(app, cast):
    lado, manager = cast.lado, cast.manager
    known, closed = log(lado), log(lado)
    both = [
        add(each, details=FollowUpDetails("Ring the school", days_ago(-3), lado), by=lado)
        for each in (known, closed)
    ]
    restrict(closed, to=[manager], version=closed.version, by=lado)
    assert work_of(lado, reader=lado).follow_ups == both
    assert work_of(lado, reader=cast.other_lado).follow_ups == both[:1]
    keys = [key_of(each) for each in both]
    assert give(lado, to=cast.other_lado, chosen=keys, by=lado) == HandedOver(given=1, kept=1)
    assert [each.owner_id for each in both] == [cast.other_lado.id, lado.id]


def test_a_restricted_consultation_keeps_an_owner_who_sees_it(app, cast):
    theirs = log(cast.other_lado)
    with pytest.raises(Invalid) as refused:
        restrict(theirs, to=[cast.manager], version=theirs.version, by=cast.lado)
    assert "owner" in refused.value.messages["named"]
