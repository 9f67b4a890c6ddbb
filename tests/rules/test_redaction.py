from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from lado.rules.redaction import PARTS, WITHHELD, has_passage, in_full, is_matched, withheld
from lado.rules.requests import BY_AGENCY, OTHERS, asked_of
from lado.rules.shipped_terms import SHIPPED_TERMS
from lado.rules.vocabulary import TermGroup
from lado.rules.written_minutes import Agreed, Attended, WrittenMinutes

words = st.text(st.characters(exclude_characters="[]", exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.tuples(words, words), max_size=5), words)
def test_a_copy_has_all_but_the_passages_and_the_whole_has_no_marks(pairs, end):
    text = "".join(f"{open_to_all}[[{kept}]]" for open_to_all, kept in pairs) + end
    assert is_matched(text)
    assert has_passage(text) == bool(pairs)
    assert in_full(text) == "".join(before + kept for before, kept in pairs) + end
    assert withheld(text) == "".join(before + WITHHELD for before, _ in pairs) + end


@given(st.lists(st.sampled_from(["[[", "]]", "[", "]", "x", "\n"]), max_size=9))
def test_nothing_between_marks_is_shown_where_the_marks_match(parts):
    text = "".join(parts)
    if is_matched(text):
        assert "[[" not in withheld(text).replace(WITHHELD, "")


def test_marks_without_their_other_are_noticed():
    assert not any(map(is_matched, ("[[", "]]", "]] [[", "[[ [[ ]]", "[[ [[ ]] ]]")))
    assert all(map(is_matched, ("", "[one]", "[[a]] and [[b]]")))


@given(words, words, st.none() | st.dates())
def test_minutes_that_are_kept_come_back_as_they_were(name, said, day):
    minutes = WrittenMinutes(
        held_on=date(2026, 3, 4),
        purpose="Initial",
        joint=True,
        chair=name,
        next_review_on=day,
        attendance=[Attended(name, "", "Police", "Attended")],
        said={"decisions": said},
        actions=[Agreed(1, said, name, "School", date(2026, 4, 5))],
    )
    assert WrittenMinutes.from_json(minutes.as_json()) == minutes


def test_the_lists_of_requests_are_for_agencies_that_there_are_and_codes_fit_the_table():
    codes = {term.code for term in SHIPPED_TERMS if term.group is TermGroup.AGENCY}
    assert set(BY_AGENCY) <= codes
    for requests in (*BY_AGENCY.values(), OTHERS):
        assert len({each.code for each in requests}) == len(requests)
        assert all(len(each.code) <= 40 for each in requests)
    assert asked_of(None) == asked_of("a council's own") == OTHERS


def test_what_domain_procedures_ask_of_an_employer_is_on_its_list():
    """Previous concerns, training, DBS number and date, employment history, incident reports."""
    asked = " ".join(each.label for each in asked_of("school")).lower()
    for words_ in ("concerns", "training", "dbs certificate: its number, its date",
                   "employment history", "incident reports"):  # fmt: skip
        assert words_ in asked


def test_parts_fit_the_table():
    assert all(len(code) <= 40 for code in PARTS)
