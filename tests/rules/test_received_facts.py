"""What another authority recorded is read with care: it fits, or is said not to."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lado.rules.received_discussion import received_discussions
from lado.rules.received_facts import SentFacts, sent_facts
from lado.rules.received_transfer import NotATransfer, received
from lado.rules.threshold import Limb
from lado.rules.vocabulary import DatePrecision, DisclosureClass, VoiceSought
from tests.document_parts import sent_records

TODAY = date(2026, 11, 26)


def read(**case: object) -> SentFacts:
    return sent_facts(received(json.dumps(sent_records(**case)).encode()), today=TODAY)


def test_an_allegation_comes_as_it_was_recorded() -> None:
    told = {
        "is_primary": True, "category": "Neglect", "description": "Left alone", "place": "The hall",
        "limbs": ["harm", "risk"], "primary_limb": "risk", "happened_precision": "between",
        "happened_from": "2026-03-01", "happened_to": "2026-03-09", "children": [2, 1],
        "text_agency": "Police", "disclosure": "withhold",
        "outcomes": [{"outcome": "unfounded", "decided_on": "2026-05-01", "reasons": "Seen"}],
    }  # fmt: skip
    (allegation,) = read(allegations=[told]).allegations
    assert (allegation.description, allegation.place) == ("Left alone", "The hall")
    assert (allegation.limbs, allegation.primary_limb) == ([Limb.HARM, Limb.RISK], Limb.RISK)
    assert allegation.happened_from == date(2026, 3, 1)
    assert allegation.happened_to == date(2026, 3, 9)
    assert allegation.children == {1, 2}
    assert allegation.judged_on == date(2026, 5, 1)
    assert "Reasons: Seen" in allegation.judged
    assert (allegation.source.agency, allegation.source.disclosure) == ("Police", "withhold")


@pytest.mark.parametrize(
    ("part", "told", "doubt"),
    [
        ("allegations", {"limbs": ["sorcery"]}, "“sorcery” is not a word that is known"),
        ("allegations", {"happened_precision": "about", "happened_from": "2030-01-01"}, "no day"),
        ("allegations", {"happened_precision": "between", "happened_from": "2026-01-01"}, "full"),
        ("allegations", {"description": "x" * 20_001}, "longer than 20,000 characters"),
        ("child_records", {"age": 400}, "400 is not possible"),
        ("child_records", {"age": 10**4000}, "is not possible"),
        ("child_records", {"voice": "not_sought"}, "still to be sought"),
        ("child_records", {"name": "x" * 201}, "longer than 200 characters"),
    ],
)
def test_what_does_not_fit_is_left_out_and_said(
    part: str, told: dict[str, object], doubt: str
) -> None:
    facts = read(**{part: [told]})
    assert any(doubt in line for line in facts.doubts), facts.doubts
    assert all(len(line) < 200 for line in facts.doubts)


def test_an_allegation_without_words_says_that_it_was_not_told_or_kept_back() -> None:
    unsaid, kept_back = read(allegations=[{}, {"withheld": True}]).allegations
    assert unsaid.description == "Elsewhere Council did not say what is alleged."
    assert kept_back.description == "Elsewhere Council kept back what is alleged."
    assert unsaid.source.disclosure is DisclosureClass.CONSULT


def test_each_position_comes_once_and_that_of_the_case_first() -> None:
    school = {"role": "Teacher", "sector": "Maintained school", "organisation": {"name": "A"}}
    coach = {"role": "Coach", "sector": "Sport", "held_from": "2020-01-01", "held_to": "2019-01-01"}
    facts = read(position=school, person={"positions": [coach, school, coach, {}]})
    assert [each.words for each in facts.positions] == ["Teacher, A", "Coach"]
    assert facts.positions[1].held_from is None


@pytest.mark.parametrize(
    ("records", "why"),
    [
        (sent_records(allegations=[{}] * 201), "holds 201, and no more than 200"),
        (sent_records(child_records=[{}] * 5_000), "holds 5,000, and no more than 500"),
        (sent_records(discussions=[{"versions": [{}] * 51}]), "Versions of minutes"),
        (sent_records(person={"positions": [{}] * 101}), "Positions"),
        (sent_records(reference=""), "holds no records"),
        ({"format": "lado-transfer", "version": 1}, "holds no records"),
        (sent_records() | {"version": 2}, "later version"),
    ],
)
def test_what_cannot_be_a_case_is_refused_in_words(records: dict[str, object], why: str) -> None:
    with pytest.raises(NotATransfer, match=why):
        received(json.dumps(records).encode())


@pytest.mark.parametrize(
    "records",
    [b"", b"\xff\xfe{", b"[" * 100_000, b'{"a":' * 60 + b"1" + b"}" * 60, b"9" * 5_000],
    ids=["nothing", "no text", "deep", "nested", "a huge number"],
)
def test_what_is_no_text_of_records_is_refused(records: bytes) -> None:
    with pytest.raises(NotATransfer):
        received(records)


def test_records_within_records_too_deep_to_read_are_refused() -> None:
    deep: object = "x"
    for _ in range(40):
        deep = [deep]
    with pytest.raises(NotATransfer):
        read(notes=[{"text": deep}])


def test_minutes_come_by_version_the_newest_first_and_as_they_were() -> None:
    def version(number: int, words: str, **more: object) -> dict[str, object]:
        said = {"decisions": words, "weather": "Fine [[but he said]]"}
        minutes = {"held_on": "2026-03-03", "chair": "Kim", "said": said,
                   "attendance": [{"name": "A Fable", "agency": "Police", "attendance": "Came"}],
                   "actions": [{"description": "Ask", "owner": "Head", "due_on": "2026-04-01"}],
                   }  # fmt: skip
        return {"number": number, "agreed_on": "2026-03-05", "minutes": minutes, **more}

    corrected = {"corrected_on": "2026-03-09", "correction_reason": "A wrong word"}
    sent_to = {"circulations": [{"recipient": "The head", "sent_on": "2026-03-06"}]}
    held = {
        "number": 1, "held_on": "2026-03-03", "status": "circulated", "purpose": "initial",
        "minutes": [{"heading": "decisions", "text": "Second"}],
        "versions": [version(1, "First", **corrected, **sent_to), version(2, "Second")],
    }  # fmt: skip
    written = {"held_on": "2026-04-03", "minutes": [{"heading": "decisions", "text": "Third"}]}
    planned = {"scheduled_on": "2026-12-01", "status": "scheduled"}
    told = json.dumps(sent_records(discussions=[held, planned, written])).encode()
    first, second = received_discussions(received(told))
    assert [each.number for each in first.versions] == [2, 1]
    assert dict(first.versions[1].said) == {"Decisions": "First", "Weather": "Fine but he said"}
    facts = dict(first.versions[1].facts)
    assert facts["Corrected since"] == "9 March 2026: A wrong word"
    assert facts["Who got it"] == "The head, 6 March 2026"
    assert first.versions[0].actions == ["Ask, Head, by 1 April 2026"]
    assert first.versions[0].attendance == ["A Fable, Police: Came"]
    assert [(each.number, each.said) for each in second.versions] == [(0, [("Decisions", "Third")])]


WORDS = ["harm", "between", "exact", "not_sought", "2026-03-01", "9999-12-31", "\x00\ud800 ", ""]
PLAIN = st.sampled_from([*WORDS, None, True, -1, 9, 10**30, 0.5]) | st.text(max_size=6)
ANYTHING = PLAIN | st.lists(PLAIN, max_size=3) | st.dictionaries(st.sampled_from(WORDS), PLAIN)
KEYS = (
    "limbs", "primary_limb", "happened_precision", "happened_from", "happened_to", "children",
    "description", "place", "outcomes", "age", "name", "voice", "voice_reason", "number", "held_on",
    "minutes", "versions", "participants", "withheld", "category", "disclosure", "positions",
    "names", "organisation", "role", "held_from", "held_to", "is_primary", "non_recent",
)  # fmt: skip
ROWS = st.lists(st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=8), max_size=1)


@given(
    allegations=ROWS, child_records=ROWS, discussions=ROWS,
    person=st.fixed_dictionaries({"positions": ROWS, "names": ANYTHING}),
)  # fmt: skip
def test_whatever_is_told_fits_a_record_here(**case: object) -> None:
    sent = received(json.dumps(sent_records(**case)).encode())
    facts = sent_facts(sent, today=TODAY)
    for each in facts.allegations:
        first, last = each.happened_from, each.happened_to
        match each.happened_precision:
            case DatePrecision.NOT_KNOWN:
                assert (first, last) == (None, None)
            case DatePrecision.BETWEEN:
                assert first
                assert last
                assert first <= last <= TODAY
            case _:
                assert first
                assert first <= TODAY
                assert last is None
        assert each.description.strip()
        assert len(each.place) <= 200
        assert (each.primary_limb in each.limbs) if each.limbs else each.primary_limb is None
    for child in facts.children:
        assert child.age is None or 0 <= child.age <= 25
        assert child.voice is not VoiceSought.NOT_SOUGHT or child.voice_reason
    for position in facts.positions:
        first, last = position.held_from, position.held_to
        assert not (first and last) or first <= last
    for held in received_discussions(sent):
        assert "\x00" not in repr(held)
    json.dumps([words for _, words in sent.sections()])
