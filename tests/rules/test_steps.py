"""What stands next is short: the most pressing first, all of a kind as one where they are many."""

from datetime import date, timedelta

from lado.rules.steps import FROM_OPENING, MOST, SEVERAL, NextStep, Step, shortened

DAY = date(2026, 3, 2)


def step(kind: Step, days: int, number: int = 0) -> NextStep:
    return NextStep(kind, DAY + timedelta(days=days), number, "x")


def test_a_few_stay_as_they_are_in_the_order_of_their_days() -> None:
    few = [step(Step.ACTION, 3, 1), step(Step.POLICE, 0), step(Step.SEND, -2, 1)]
    assert [each.step for each in shortened(few)] == [Step.SEND, Step.POLICE, Step.ACTION]


def test_many_of_a_kind_become_one_that_is_due_with_the_first_of_them() -> None:
    many = [step(Step.ACTION, n, n) for n in range(1, MOST + 1)] + [step(Step.POLICE, 4)]
    short = shortened(many)
    assert [(each.step, each.count) for each in short] == [(Step.ACTION, MOST), (Step.POLICE, 1)]
    assert short[0].due_on == DAY + timedelta(days=1)
    assert short[0].words("meeting") == f"{MOST} actions are still open"


def test_each_kind_that_there_may_be_several_of_has_words_for_them() -> None:
    once = {
        Step.FIRST_DISCUSSION,
        Step.REOPENED,
        Step.REVIEW,
        Step.BODIES,
        Step.DELAY,
        Step.EMPLOYER,
    }
    assert set(SEVERAL) == set(Step) - once - set(FROM_OPENING)
