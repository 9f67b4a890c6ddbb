"""What is to be followed up on a consultation, by whom, and what came of it."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from lado import clock
from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import FollowUp
from lado.queries import follow_ups as queries
from lado.services import follow_up as service
from lado.services.follow_up import FollowUpDetails
from tests.advice_parts import add_follow_up
from tests.contacts import log, restrict_consultation


def make_overdue(follow_up, days=1):
    day = clock.today() - timedelta(days=days)
    db.session.execute(update(FollowUp).where(FollowUp.id == follow_up.id).values(due_on=day))
    db.session.commit()


def test_it_ends_once_done_or_dropped_with_a_reason(cast):
    told = log(cast.lado)
    done, dropped = add_follow_up(told, cast.lado), add_follow_up(told, cast.lado)
    service.finish(done, done_on=clock.today(), result="All is well", by=cast.support)
    with pytest.raises(Invalid):
        service.drop(dropped, reason=" ", by=cast.lado)
    service.drop(dropped, reason="It became a case", by=cast.lado)
    assert (done.result, done.ended_by, done.is_open) == ("All is well", cast.support, False)
    assert (dropped.dropped_on, dropped.ended_by) == (clock.today(), cast.lado)
    with pytest.raises(Refused):
        service.finish(dropped, done_on=clock.today(), result="", by=cast.lado)


def test_its_owner_works_on_the_consultation(cast):
    told = log(cast.lado)
    restrict_consultation(told)
    tomorrow = clock.today() + timedelta(days=1)
    for owner in (cast.other_lado, cast.auditor):
        with pytest.raises(Invalid) as refused:
            service.add(told, details=FollowUpDetails("Ask", tomorrow, owner), by=cast.lado)
        assert set(refused.value.messages) == {"follow_up_owner"}
    nothing = FollowUpDetails(" ", clock.today() - timedelta(days=1), cast.lado)
    with pytest.raises(Invalid):
        service.add(told, details=nothing, by=cast.lado)


def test_the_owner_sees_the_overdue_first_and_a_manager_those_of_others(cast):
    today = clock.today()
    later, late = (add_follow_up(log(cast.lado), cast.lado) for _ in range(2))
    make_overdue(late)
    hidden = add_follow_up(log(cast.other_lado), cast.other_lado)
    make_overdue(hidden)
    restrict_consultation(hidden.consultation)
    own = queries.of_owner(cast.lado, today)
    assert [(w.record, w.late) for w in own.rows] == [(late, True), (later, False)]
    assert [w.record for w in queries.overdue_of_others(cast.manager, today).rows] == [late]
    service.finish(late, done_on=today, result="", by=cast.lado)
    assert queries.of_owner(cast.lado, today).total == 1
    assert not queries.overdue_of_others(cast.manager, today)
