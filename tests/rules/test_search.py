"""What is typed into the search, and what is shown of a text."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from lado.rules.folding import fold, folded_words
from lado.rules.search import Term, found_in, parse, snippet

WORDS = st.lists(st.sampled_from(["arm", "Zoë", "O’Brien", "PT/12-7", "held"]), min_size=1)


def test_words_phrases_and_what_is_left_out() -> None:
    wanted = parse('Zoë "held by the arm" -police -"on site" O’Brien C-2026-00012 x')
    assert wanted.terms == (
        Term(("zoe",), exact=False),
        Term(("held", "by", "the", "arm"), exact=True),
        Term(("obrien",), exact=False),
        Term(("c", "2026", "00012"), exact=False),
        Term(("x",), exact=True),
    )
    assert wanted.excluded == (Term(("police",), exact=False), Term(("on", "site"), exact=True))
    assert parse("“held by").terms == (Term(("held", "by"), exact=True),)
    assert parse("mother-in-law").excluded == ()


@given(st.text())
def test_whatever_is_typed_is_words_or_nothing(text: str) -> None:
    wanted = parse(text)
    for term in (*wanted.terms, *wanted.excluded):
        assert term.words
        assert all(word.isalnum() for word in term.words)


@given(st.text())
def test_folded_words_are_those_of_the_folded_text(text: str) -> None:
    found = folded_words(text)
    assert " ".join(word for word, _, _ in found) == fold(text)
    assert all(0 <= start < stop <= len(text) for _, start, stop in found)
    assert found == sorted(found, key=lambda each: each[1:])


@given(st.text())
def test_folding_letter_by_letter_is_folding_the_text(text: str) -> None:
    """Composed or decomposed, it folds the same."""
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text(), WORDS, st.text())
def test_a_snippet_says_the_text_and_marks_what_was_looked_for(
    before: str, words: list[str], after: str
) -> None:
    text = f"{before} {' '.join(words)} {after}"
    terms = parse(words[0]).terms
    pieces = snippet(text, terms)
    shown = "".join(piece.text for piece in pieces)
    assert shown.removeprefix("… ").removesuffix(" …") in text
    marked = [piece.text for piece in pieces if piece.marked]
    assert marked
    assert all(found_in(piece, terms) for piece in marked)


def test_of_a_long_text_the_part_around_the_word_is_shown() -> None:
    text = f"{'before ' * 50}he held her arm tightly{' after' * 50}"
    pieces = snippet(text, parse("ARM tight").terms)
    assert [piece.text for piece in pieces if piece.marked] == ["arm", "tightly"]
    shown = "".join(piece.text for piece in pieces)
    assert shown.startswith("… before")
    assert shown.endswith("after …")
    assert len(shown) < 300
