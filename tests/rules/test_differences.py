from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lado.rules.differences import compared

texts = st.lists(
    st.sampled_from(["he ", "said\n", "that ", "nothing", " ", "\n\n"]), max_size=12
).map("".join)


def joined(parts, *, only_same=False):
    return "".join(part.text for part in parts if not (only_same and part.differs))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts, texts)
def test_the_parts_are_the_texts_and_what_is_not_marked_is_in_both(one, other):
    mine, theirs = compared(one, other)
    assert (joined(mine), joined(theirs)) == (one, other)
    assert joined(mine, only_same=True) == joined(theirs, only_same=True)


def test_only_the_words_that_differ_are_marked():
    mine, theirs = compared("She saw it on Monday.", "She saw it on Tuesday, twice.")
    assert [part.text for part in mine if part.differs] == ["Monday."]
    assert [part.text for part in theirs if part.differs] == ["Tuesday, twice."]


def test_long_texts_that_have_nothing_in_common_are_not_compared_word_by_word():
    mine, theirs = compared("a " * 10_000, "b " * 10_000)
    assert [len(mine), len(theirs)] == [1, 1]
