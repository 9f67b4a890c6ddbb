from datetime import date

import pytest

from lado.rules.chasing import chaser
from lado.rules.vocabulary import Chased

DUE = date(2026, 11, 6)


def test_an_action_is_chased_by_reference_number_and_day_alone() -> None:
    text = chaser(Chased.ACTION, 3, reference="PT-2026-0001", due_on=DUE, today=date(2026, 11, 9))
    assert text.startswith("Our reference: PT-2026-0001\n\nAction 3 was due on 6 November 2026.")


@pytest.mark.parametrize("today", [date(2026, 11, 5), DUE])
def test_what_is_not_late_yet_is_due(today: date) -> None:
    text = chaser(Chased.MINUTES, 2, reference="PT-2026-0001", due_on=DUE, today=today)
    assert "The minutes of meeting 2 are due on 6 November 2026." in text


@pytest.mark.parametrize("what", [Chased.STRAND, Chased.REFERRAL])
def test_nobody_is_said_to_have_promised_an_answer_by_our_own_day(what: Chased) -> None:
    text = chaser(what, 1, reference="PT-2026-0001", due_on=DUE, today=date(2026, 11, 9))
    assert "We noted 6 November 2026 as the day to ask you" in text
    assert "due" not in text


def test_minutes_that_went_out_once_are_chased_as_corrected() -> None:
    told = {"reference": "PT-2026-0001", "due_on": DUE, "today": date(2026, 11, 9)}
    assert "The corrected minutes of meeting 2 were due" in chaser(
        Chased.MINUTES, 2, again=True, **told
    )
