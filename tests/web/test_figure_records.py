"""From a count to the records behind it."""

import re
from collections.abc import Callable

import pytest
from lxml import html
from sqlalchemy import select

from lado.extensions import db
from lado.models import Case
from lado.services.restriction import restrict
from tests.support.cast import Cast
from tests.support.client import Client

Browser = Callable[..., Client]
Q4 = "/reports/figures/2012-13-q4"


@pytest.fixture
def new_database(register_database: Callable[[], str]) -> Callable[[], str]:
    return register_database


def links_of(page: str) -> dict[tuple[str, str], tuple[str, str]]:
    """By caption and row, the first link: its words and its address."""
    found = {}
    for table in html.document_fromstring(page).xpath("//table"):
        caption = " ".join(table.find("caption").text_content().split())
        for row in table.xpath(".//tbody/tr[.//td//a]"):
            link = row.xpath(".//td//a")[0]
            label = " ".join(row.find("th").text_content().split())
            found[caption, label] = (" ".join(link.text_content().split()), str(link.get("href")))
    return found


def total(page: str) -> int:
    number = re.search(r"found: ([\d,]+)\.", page)
    assert number, page
    return int(number[1].replace(",", ""))


def test_each_count_leads_to_as_many_records(cast: Cast, client_for: Browser) -> None:
    client = client_for(cast.lado)
    links = links_of(client.get(Q4).get_data(as_text=True))
    for caption, label in (
        ("Consultations", "Consultations received"),
        ("Consultations", "Conversion rate"),
        ("Consultations by month", "January 2013"),
        ("Result of police enquiries", "Not recorded"),
        ("Flow of cases", "Concluded"),
        ("Outcomes of cases concluded", "Unfounded"),
        ("Outcomes of cases concluded", "Total"),
        ("Outcomes of the cases opened in the period", "Opened"),
        ("Outcomes of the cases opened in the period", "Concluded of these"),
    ):
        words, address = links[f"{caption}, 2012-13 Q4", label]
        count = re.search(r"\((\d+) of", words) or re.match(r"(\d+)", words)
        assert count
        assert total(client.get(address).get_data(as_text=True)) == int(count[1]), label
        assert re.fullmatch(r"/reports/figures/2012-13-q4(/[\w-]+){1,3}", address)


def test_what_a_reader_may_not_know_of_is_left_out(cast: Cast, client_for: Browser) -> None:
    address = f"{Q4}/cases-open-at-end"
    before = client_for(cast.lado).get(address).get_data(as_text=True)
    reference = re.search(r"PT-\d{4}-\d{4}", before)
    assert reference
    case = db.session.scalars(select(Case).where(Case.reference == reference[0])).one()
    restrict(case, to=[cast.manager], version=case.version, by=cast.manager)
    after = client_for(cast.lado).get(address).get_data(as_text=True)
    assert reference[0] not in after
    assert total(after) == total(before) - 1
    assert "may be shorter than the figure" in before
    assert "may be shorter than the figure" in after


def test_an_address_that_no_count_has_leads_nowhere(cast: Cast, client_for: Browser) -> None:
    client = client_for(cast.manager)
    for end in (
        "consultations-received/x",
        "consultations-received/x/y",
        "consultations-conversion/x",
        "consultations-by-sector/1/2",
        "consultations-by-sector/none-of-these",
        "decisions-audited/otherwise",
    ):
        assert client.get(f"{Q4}/{end}").status_code == 404, end


def test_what_peers_thought_is_for_those_who_audit(cast: Cast, client_for: Browser) -> None:
    address = f"{Q4}/decisions-by-view"
    assert client_for(cast.manager).get(address).status_code == 200
    assert client_for(cast.lado).get(address).status_code == 404


def test_what_was_followed_for_longer_is_listed_as_long(cast: Cast, client_for: Browser) -> None:
    concluded = f"{Q4}/outcomes-of-cases-opened/concluded"
    client = client_for(cast.lado)
    later = total(client.get(f"{concluded}?as_at=2013-06-30").get_data(as_text=True))
    assert later > total(client.get(concluded).get_data(as_text=True))
    for wrong in ("2013-03-30", "soon"):
        assert client.get(f"{concluded}?as_at={wrong}").status_code == 404


def test_only_who_reads_records_is_led_to_them(cast: Cast, client_for: Browser) -> None:
    auditor = client_for(cast.auditor)
    assert not links_of(auditor.get(Q4).get_data(as_text=True))
    assert auditor.get(f"{Q4}/cases-open-at-end").status_code == 403


@pytest.mark.parametrize(
    "path",
    ["cases-none", "consultations-by-sector/999999", "consultations-by-sector/x",
     "consultations-sector-by-context/not_recorded/x"],
)  # fmt: skip
def test_what_no_figure_has_is_not_found(cast: Cast, client_for: Browser, path: str) -> None:
    assert client_for(cast.lado).get(f"{Q4}/{path}").status_code == 404
