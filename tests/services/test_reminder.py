"""Whoever waits is claimed by one run."""

from threading import Barrier

from lado import clock
from lado.queries import reminders
from lado.services import reminder
from lado.services.audit import COMMAND_LINE
from tests.case_parts import make_action
from tests.factories import days_ago, make_case
from tests.support.race import race


def test_of_two_runs_at_once_one_claims_each_user(app, cast):
    for user in (cast.lado, cast.other_lado):
        make_action(make_case(by=user), user, due_on=days_ago(3))
    today, both_have_looked = clock.today(), Barrier(2)

    def run() -> list[str]:
        due = reminders.due_today(today)
        both_have_looked.wait()
        claimed = reminder.claim(due, today=today, by=COMMAND_LINE)
        return sorted(user.email for user in claimed)

    claimed, errors = race(app, run, run)
    assert errors == []
    assert sorted(claimed) == [[], sorted([cast.lado.email, cast.other_lado.email])]
    assert reminders.due_today(today) == []
