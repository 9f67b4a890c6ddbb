from datetime import date

from lado.rules.drafts import FORMS, DraftForm, deleted_on, is_warned_of

SAVED = date(2026, 3, 1)


def test_each_form_says_who_may_use_it_and_all_but_the_first_call_are_about_a_record():
    assert set(FORMS) == set(DraftForm)
    assert [form for form, rule in FORMS.items() if not rule.about] == [DraftForm.CONSULTATION_LOG]


def test_a_draft_is_warned_of_for_the_last_seven_days():
    assert deleted_on(SAVED, 30) == date(2026, 3, 31)
    assert not is_warned_of(SAVED, 30, date(2026, 3, 23))
    assert is_warned_of(SAVED, 30, date(2026, 3, 24))
