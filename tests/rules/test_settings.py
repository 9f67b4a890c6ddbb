import pytest
from hypothesis import given
from hypothesis import strategies as st

from lado.rules.settings import SETTINGS, parse
from lado.rules.timescales import TIMESCALES


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_the_default_is_a_value_that_could_be_typed(setting):
    assert parse(setting.key, str(setting.default)) == setting.default


def test_each_timescale_can_be_set_but_the_bands_of_reports():
    fixed = [rule.name.value for rule in TIMESCALES.values() if rule.setting not in SETTINGS]
    assert fixed == ["conclusion_most", "conclusion_nearly_all", "conclusion_all"]
    for rule in TIMESCALES.values():
        if rule.name.value not in fixed:
            assert SETTINGS[rule.setting].default == rule.amount


def test_a_text_is_trimmed():
    assert parse("council_name", "  Wiltshire   Council ") == "Wiltshire Council"


@pytest.mark.parametrize("text", ["", "   ", "x" * 101, "a\0b", "a\N{RIGHT-TO-LEFT OVERRIDE}b"])
def test_a_text_that_cannot_stand_on_a_page_is_refused(text):
    with pytest.raises(ValueError, match=r"^Council's name: "):
        parse("council_name", text)


@pytest.mark.parametrize("text", ["", "0", "-1", "1.5", "twelve", "1201", "9" * 10_000, "²", "١٢"])
def test_what_is_no_fitting_whole_number_is_refused(text):
    with pytest.raises(ValueError, match=r"^Non-recent.*enter a whole number from 1 to 1200\.$"):
        parse("non_recent_after_months", text)


@pytest.mark.parametrize("text", ["[5]", "c²", "[x]", "[Z]", "[u]", "-", "\N{EN DASH}", "none"])
def test_a_symbol_that_says_something_else_is_refused(text):
    with pytest.raises(ValueError, match=r"^Symbol of a hidden count: .*(no digits|such as \[c\])"):
        parse("public_symbol", text)
    assert parse("public_symbol", " * ") == "*"


def size_or_refusal(key, text):
    try:
        value = parse(key, text)
    except ValueError as error:
        return str(error)
    return value if isinstance(value, int) else len(value)


@given(st.sampled_from(sorted(SETTINGS)), st.text())
def test_any_text_becomes_a_value_in_bounds_or_a_sentence(key, text):
    result = size_or_refusal(key, text)
    if isinstance(result, str):
        assert result.endswith(".")
    else:
        assert SETTINGS[key].minimum <= result <= SETTINGS[key].maximum
