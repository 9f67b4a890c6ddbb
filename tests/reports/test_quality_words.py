"""The paragraph on the quality of the data, beside figures that were made by hand."""

from lado.reports.disclosure import Disclosure, PublicRule
from lado.reports.document import Document
from lado.reports.measures.quality import measure_of
from lado.reports.quality_words import quality_words
from lado.reports.sheets import sheets_of
from lado.reports.tidy import build_json
from lado.reports.values import Rate
from lado.rules.data_quality import CONTRADICTORY, MISSING
from tests.reports.example import quarter

NONE = {measure_of(fault): Rate(0, 40) for fault in (*MISSING, *CONTRADICTORY)} | {
    "quality.contradictory_consultations": Rate(0, 40),
    "quality.contradictory_cases": Rate(0, 12),
}


def test_the_three_largest_shares_come_first_with_their_counts() -> None:
    found = NONE | {
        "quality.no_method": Rate(4, 40),
        "quality.no_setting": Rate(30, 40),
        "quality.no_age": Rate(9, 18),
        "quality.no_role": Rate(39, 40),
        "quality.no_outcome": Rate(0, 0),
        "quality.contradictory_consultations": Rate(3, 40),
        "quality.age_unlikely": Rate(1, 40),
    }
    assert quality_words(found, None) == (
        f"Of {len(MISSING) - 1} facts that the report looks for, 4 are missing in some records. "
        "Missing most often: Role (97.5%, 39 of 40); Setting (75.0%, 30 of 40); "
        "Age of the adult (9 of 18). "
        "Facts that do not go together are in 3 of 40 consultations received and 0 of 12 cases "
        "overseen, and 1 of 40 adults named have an unlikely age."
    )


def test_how_often_a_published_report_was_corrected_is_told() -> None:
    for version, words in (
        (1, "No published report for this period has been corrected."),
        (2, "corrected once, with this version."),
        (4, "corrected 3 times, with this version."),
    ):
        assert quality_words(NONE, version).endswith(words)
    assert "corrected" not in quality_words(NONE, None)


def test_a_report_drawn_before_it_was_counted_has_no_paragraph() -> None:
    assert quality_words({"consultations.received": 3}, 1) == ""


def test_the_full_edition_has_it_in_its_files_and_the_public_one_nowhere() -> None:
    full = Document(quarter(**{name.replace(".", "__"): rate for name, rate in NONE.items()}), "C")
    nothing_hidden = Disclosure(PublicRule(5, "c", False, 0), frozenset(), frozenset())
    public = full.in_public(nothing_hidden, "")
    words = quality_words(NONE, None)
    for document, there in ((full, True), (public, False)):
        notes = [str(row) for sheet in sheets_of(document) for row in sheet.rows]
        assert any(words in note for note in notes) is there
        assert (words in build_json(document).decode()) is there
        assert any(section.words for section in document.sections) is there
