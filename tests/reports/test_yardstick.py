"""The register of `tests/data`, loaded by command: each number of the expected figures comes out
of the command, and stands beside its label on the page and in the PDF."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from flask import Flask
from lxml import html

from lado.extensions import db
from lado.reports.contents import SECTIONS
from lado.reports.measures import BY_ID
from lado.rules.quarters import Period
from tests.conftest import make_app, make_config
from tests.factories import a_user
from tests.reports.example import EXPECTED, counted_there
from tests.support.cast import make_cast
from tests.support.client import Client

Number = tuple[str, ...]
Numbers = dict[tuple[str, str], Number]


@pytest.fixture(scope="module")
def loaded(
    register_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    app = make_app(make_config(register_database(), tmp_path_factory.mktemp("yardstick")))
    with app.app_context():
        make_cast()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("period", EXPECTED)
def test_the_command_gives_the_expected_figures(loaded: Flask, period: str) -> None:
    done = loaded.test_cli_runner().invoke(args=["report", "figures", period, "--format", "json"])
    assert counted_there(json.loads(done.stdout)) == EXPECTED[period]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("period", EXPECTED)
def test_each_expected_number_stands_on_the_page(loaded: Flask, period: str) -> None:
    address = f"/reports/figures/{period.lower().replace('/', '-')}"
    with loaded.app_context():
        page = Client(loaded, a_user()).get(address).get_data(as_text=True)
    found = on_page(page)
    expected = numbers(period)
    assert {place: found.get(place) for place in expected} == expected


@pytest.mark.sqlite_only
@pytest.mark.parametrize("period", ["2012-13", "2012-13/Q4"])
def test_each_expected_number_stands_in_the_pdf(loaded: Flask, period: str, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    words = ["report", "build", period, "--edition", "full", "--out", str(out)]
    done = loaded.test_cli_runner().invoke(args=words)
    assert done.exit_code == 0, done.stderr
    with pdfplumber.open(out) as pdf:
        lines = [line for page in pdf.pages for line in page.extract_text().splitlines()]
    expected = numbers(period)
    captions = {caption for caption, _ in expected}
    tables = by_caption(lines, captions)
    assert [place for place, number in expected.items()
            if not stands_in(tables[place[0]], place[1], number)] == []  # fmt: skip


def numbers(period: str) -> Numbers:
    """By the caption of the table and the label of the row."""
    figures = EXPECTED[period]
    captions = {
        measure: f"{plan.caption}, {Period.parse(period).label}"
        for section in SECTIONS
        for plan in section.tables
        if not plan.beside
        for measure in plan.measures
    }
    return {
        (captions[measure], label): number
        for measure, value in figures.items()
        if measure not in {"period", "as_at"}
        for label, number in rows(measure, value, figures)
    }


def rows(measure: str, value: Any, figures: dict[str, Any]) -> Iterator[tuple[str, Number]]:
    if measure == "strategy.per_case_overseen":
        parts = f"{figures['strategy.held']} / {figures['cases.overseen']}"
        yield BY_ID[measure].title, (f"{value:.2f}", parts)
    elif isinstance(value, int):
        yield BY_ID[measure].title, (str(value),)
    elif isinstance(value, list):
        yield BY_ID[measure].title, rate(*value)
    else:
        for label, count in value.items():
            yield (
                spelled(measure, label),
                rate(*count) if isinstance(count, list) else (str(count),),
            )


def spelled(measure: str, label: str) -> str:
    if measure == "consultations.by_month":
        return f"{date.fromisoformat(label + '-01'):%B %Y}"
    return "Concluded of these" if label == "concluded" else label


def rate(part: int, whole: int) -> Number:
    """A percentage stands only on a base of 20 or more."""
    counts = f"{part} of {whole}"
    return (f"{100 * part / whole:.1f}%", counts) if whole >= 20 else (counts,)


def on_page(page: str) -> Numbers:
    """The period's own number is in the first column."""
    found = {}
    for table in html.document_fromstring(page).xpath("//table"):
        caption = text_of(table.find("caption"))
        for row in table.xpath(".//tbody/tr"):
            first, *rest = text_of(row.find("td")).split(" (")
            found[caption, text_of(row.find("th"))] = (first, *(r.rstrip(")") for r in rest))
    return found


def text_of(element: Any) -> str:
    return " ".join(element.text_content().split())


def by_caption(lines: list[str], captions: set[str]) -> dict[str, list[list[str]]]:
    """The words of each line under the caption it stands under."""
    tables: dict[str, list[list[str]]] = {}
    current: list[list[str]] = []
    for line in lines:
        if line in captions:
            current = tables.setdefault(line, [])
        current.append(line.split())
    return tables


def stands_in(lines: list[list[str]], label: str, number: Number) -> bool:
    """In the first column. A long label goes on below, and so do the counts of a percentage,
    in brackets."""
    first, *counts = number
    words, below = label.split(), [word for part in counts for word in f"({part})".split()]
    for place, line in enumerate(lines):
        after = [word for later in lines[place + 1 : place + 3] for word in later]
        for size in range(1, len(words) + 1):
            beginning = [*words[:size], *first.split()]
            if begins(line, beginning) and goes_on(after, words[size:], below):
                return True
    return False


def goes_on(after: list[str], label: list[str], counts: list[str]) -> bool:
    return any(
        begins(after, [*label[:cut], *counts]) and set(label[cut:]) <= set(after)
        for cut in range(len(label) + 1)
    )


def begins(words: list[str], beginning: list[str]) -> bool:
    return words[: len(beginning)] == beginning
