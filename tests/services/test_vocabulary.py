from datetime import date

import pytest
import time_machine

from lado.errors import Invalid, Refused
from lado.queries import vocabulary
from lado.rules.vocabulary import DecisionStage, TermGroup
from lado.services import vocabulary as services
from lado.services.vocabulary import TermDetails

pytestmark = pytest.mark.sqlite_only

TODAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def chess(cast):
    return services.add(
        TermGroup.SECTOR, details=TermDetails("Chess clubs", ["Chess"]), by=cast.administrator
    )


def labels(group=TermGroup.SECTOR, on=None):
    return [term.label for term in vocabulary.terms(group, on=on)]


def test_a_new_term_comes_last_with_a_code_of_its_own(cast, chess):
    assert labels()[-1] == "Chess clubs"
    assert chess.code == "chess_clubs"
    second = services.add(
        TermGroup.SECTOR, details=TermDetails("Chess-clubs!"), by=cast.administrator
    )
    assert second.code == "chess_clubs_2"


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (TermDetails(""), "label"),
        (TermDetails("chess  CLUBS"), "label"),
        (TermDetails("CHESS"), "label"),
        (TermDetails("not  Recorded"), "label"),
        (TermDetails("Awaiting decision"), "label"),
        (TermDetails("No outcome needed"), "label"),
        (TermDetails("TOTAL"), "label"),
        (TermDetails("Draughts; chequers"), "label"),
        (TermDetails("Draughts [old]"), "label"),
        (TermDetails("Draughts @ home"), "label"),
        (TermDetails("Draughts", ["chess clubs"]), "synonyms"),
        (TermDetails("Draughts", [str(number) for number in range(51)]), "synonyms"),
        (TermDetails("Draughts", ["x" * 201]), "synonyms"),
        (TermDetails("Draughts", stage=DecisionStage.ADVICE), "stage"),
        (TermDetails("Draughts", needs_outcome=True), "needs_outcome"),
        (TermDetails("Draughts", parent_id=1), "parent_id"),
        (TermDetails("A", valid_from=date(2026, 2, 2), valid_to=date(2026, 2, 1)), "valid_to"),
    ],
)
def test_what_a_sector_cannot_be(cast, chess, details, field):
    with pytest.raises(Invalid) as invalid:
        services.add(TermGroup.SECTOR, details=details, by=cast.administrator)
    assert set(invalid.value.messages) == {field}


@pytest.mark.parametrize(
    ("group", "field"),
    [
        (TermGroup.DECISION, "stage"),
        (TermGroup.CLOSURE_REASON, "needs_outcome"),
        (TermGroup.SUBSECTOR, "parent_id"),
        (TermGroup.SUBCATEGORY, "parent_id"),
    ],
)
def test_some_lists_ask_for_more(cast, group, field):
    with pytest.raises(Invalid) as invalid:
        services.add(group, details=TermDetails("New"), by=cast.administrator)
    assert set(invalid.value.messages) == {field}


def test_a_sub_sector_belongs_to_a_sector(cast, chess):
    term = services.add(
        TermGroup.SUBSECTOR, details=TermDetails("Junior", parent_id=chess.id),
        by=cast.administrator,
    )  # fmt: skip
    assert term.parent is chess


def test_words_and_days_change_but_not_what_it_counts_as(cast, term):
    advice = term(TermGroup.DECISION, "Advice only")
    details = TermDetails("Guidance", stage=DecisionStage.PROGRESS)
    services.change(advice, details=details, version=advice.version, by=cast.administrator)
    assert (advice.label, advice.stage) == ("Guidance", DecisionStage.ADVICE)


def test_a_retired_term_is_offered_until_the_end_of_the_day(cast, chess):
    services.retire(chess, by=cast.administrator)
    assert "Chess clubs" in labels(on=TODAY)
    assert "Chess clubs" not in labels(on=date(2026, 3, 2))
    assert [t.label for t in vocabulary.terms(TermGroup.SECTOR, on=date(2027, 1, 1),
                                              keep=[chess.id])][-1] == "Chess clubs"  # fmt: skip
    with pytest.raises(Refused):
        services.retire(chess, by=cast.administrator)
    services.bring_back(chess, by=cast.administrator)
    assert "Chess clubs" in labels(on=date(2027, 1, 1))
    with pytest.raises(Refused):
        services.bring_back(chess, by=cast.administrator)


def test_a_term_to_come_cannot_be_retired(cast, chess):
    services.change(
        chess,
        details=TermDetails("Chess", valid_from=date(2027, 1, 1)),
        version=chess.version,
        by=cast.administrator,
    )
    with pytest.raises(Refused):
        services.retire(chess, by=cast.administrator)


def test_the_order_moves_one_place_at_a_time(cast, chess):
    before = labels()
    services.move(chess, up=True, by=cast.administrator)
    assert labels() == [*before[:-2], before[-1], before[-2]]
    services.move(chess, up=False, by=cast.administrator)
    assert labels() == before
    with pytest.raises(Refused):
        services.move(chess, up=False, by=cast.administrator)


def test_a_word_is_found_by_label_or_synonym(chess):
    assert vocabulary.find(TermGroup.SECTOR, " CHESS clubs ") is chess
    assert vocabulary.find(TermGroup.SECTOR, "chess") is chess
    assert vocabulary.find(TermGroup.SECTOR, "draughts") is None
