from datetime import date
from functools import partial

from lado.rules.drafts import (
    FORMS,
    WITHOUT_RECORD,
    DraftForm,
    deleted_on,
    first_words,
    is_warned_of,
)

SAVED = date(2026, 3, 1)


def test_each_form_says_who_may_use_it_and_all_but_new_records_are_about_a_record():
    assert set(FORMS) == set(DraftForm)
    new = {DraftForm.CONSULTATION_LOG, DraftForm.ENQUIRY_LOG, DraftForm.TEMPLATE}
    assert set(WITHOUT_RECORD) == new


def test_a_call_is_told_by_role_and_place_or_else_by_what_was_said_and_never_by_the_name():
    told = partial(first_words, DraftForm.CONSULTATION_LOG)
    typed = {"adults-0-surname": "Webtest", "adults-0-role_id": " ", "summary": "He\nsaw it"}
    assert told(typed) == "He saw it"
    typed |= {"adults-0-role_id": "Cook", "adults-0-organisation": "Oak Primary"}
    assert told(typed) == "Cook, Oak Primary"
    assert told({"summary": "word " * 20}) == ("word " * 12).strip() + "…"
    assert told({}) == ""


def test_a_draft_is_warned_of_for_the_last_seven_days():
    assert deleted_on(SAVED, 30) == date(2026, 3, 31)
    assert not is_warned_of(SAVED, 30, date(2026, 3, 23))
    assert is_warned_of(SAVED, 30, date(2026, 3, 24))
