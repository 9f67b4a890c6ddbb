"""The search's page, and lists that lead back to themselves and out of the system."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from lxml import html
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from lado import clock
from lado.extensions import db
from lado.models import AuditEvent
from lado.queries import keyset
from lado.rules.permissions import Role
from lado.services.restriction import restrict
from tests.advice_parts import log_enquiry
from tests.contacts import adult, log
from tests.factories import make_case, make_organisation, make_person


def text(response):
    return response.get_data(as_text=True)


def tree(response) -> Any:
    return html.fromstring(text(response))


def back_of(response):
    (back,) = tree(response).xpath("//a[@class='govuk-back-link']/@href")
    return back


def events(action):
    return db.session.scalars(select(AuditEvent).where(AuditEvent.action == action)).all()


def cells(client, url, columns):
    """Of each row of a list, page by page, the first `columns` as a reader sees them."""
    rows = []
    while url:
        page = tree(client.get(url))
        rows += [
            [" ".join(cell.text_content().split()) for cell in row.xpath("td")[:columns]]
            for row in page.xpath("//tbody/tr")
        ]
        url = next(iter(page.xpath("//a[@rel='next']/@href")), None)
    return rows


def test_a_reference_that_is_quoted_leads_to_its_record(client_for, cast):
    case = make_case(by=cast.lado)
    consultation = case.subjects[0].consultation
    enquiry = log_enquiry(cast.lado)
    case.imported_reference = "PT/12-7"
    db.session.commit()
    client = client_for(cast.support)
    for typed, place in (
        (consultation.reference.lower(), f"/consultations/{consultation.public_id}"),
        (case.reference, f"/cases/{case.public_id}"),
        (" pt/12-7 ", f"/cases/{case.public_id}"),
        (enquiry.reference, f"/enquiries/{enquiry.public_id}"),
    ):
        assert client.post_form("/search", {"words": typed}).location == place
    for typed in ("", "C-1999-00001", "%", "-only", '"'):
        assert client.post_form("/search", {"words": typed}).status_code == 200
    restrict(case, to=[cast.manager], version=case.version, by=cast.lado)
    assert "Nothing that you have access to" in text(
        client.post_form("/search", {"words": "PT/12-7"})
    )


def test_the_digits_of_a_reference_bring_its_records_before_all_that_mention_them(client_for, cast):
    first, enquiry = log(cast.lado, received_on=date(2025, 2, 3)), log_enquiry(cast.lado)
    assert (first.reference, enquiry.reference[6:]) == ("C-2025-00001", "-00001")
    older, same = log(cast.lado, received_on=date(2024, 2, 3)), log(cast.lado)
    mentions = log(cast.lado, summary="As in 00001 and C-2025-00001, and at 1 Mock Street")
    for typed in ("00001", " 1 "):
        found = tree(client_for(cast.lado).post_form("/search", {"words": typed}))
        assert found.xpath("//main//section/h2/text()")[:2] == ["Consultations", "Enquiries"]
        links = found.xpath("//main//section[1]//li/a/text()")
        quoted = [same.reference, first.reference, older.reference]
        assert links == [*quoted, mentions.reference]
    restrict(first, to=[cast.manager], version=first.version, by=cast.lado)
    shown = text(client_for(cast.other_lado).post_form("/search", {"words": "00001"}))
    assert f">{first.reference}<" not in shown


def test_what_is_found_is_shown_as_text_with_the_words_marked(client_for, cast):
    person = make_person(surname="Searchwell", forename="Sam")
    made = log(cast.lado, adult(person), summary="Sam <i>grabbed</i> a child & ran")
    client = client_for(cast.lado)
    answer = client.post_form("/search", {"words": "GRAB sam"})
    assert "<mark>Sam</mark> &lt;i&gt;<mark>grabbed</mark>" in text(answer)
    assert made.reference in text(answer)
    page = tree(client.post_form("/search", {"words": "searchwell"}))
    assert page.xpath("//main//section/h2/text()") == ["People", "Consultations"]
    answer = client.post_form("/search", {"words": "searchwell", "kind": "person"})
    assert tree(answer).xpath("//main//section/h2/text()") == ["People"]
    assert [event.detail for event in events("search.done")] == [
        {"found": 1}, {"found": 2}, {"found": 1},
    ]  # fmt: skip
    assert client.get("/search?words=searchwell").status_code == 200
    assert "Searchwell" not in str(client.http._cookies)
    odd = {"words": "sam", "received_from-day": "2", "received_from-month": "1",
           "received_from-year": "2026", "received_to-day": "1", "received_to-month": "1",
           "received_to-year": "2026"}  # fmt: skip
    assert "must not be before" in text(client.post_form("/search", odd))


@pytest.mark.parametrize(("area", "columns"), [("consultations", 1), ("cases", 2)])
def test_a_list_is_saved_as_it_is_shown(client_for, cast, area, columns, monkeypatch):
    monkeypatch.setattr(keyset, "BATCH", 2)
    made = [
        make_case(
            by=cast.lado,
            person=make_person(surname=f"=Cell{day}"),
            received_on=clock.today() - timedelta(days=day),
        )
        for day in (3, 1, 2, 2, 30)
    ]
    consultations = [case.subjects[0].consultation for case in made]
    hidden, own = made[0], made[1]
    record = hidden if area == "cases" else hidden.subjects[0].consultation
    restrict(record, to=[cast.manager], version=record.version, by=cast.lado)
    reader = client_for(cast.other_lado)
    cast.other_lado.person_id = own.person_id
    db.session.commit()
    for query in (
        "",
        "sort=nonsense",
        "sort=received",
        "sort=-reference&status=open",
        "status=decided&mine=",
    ):
        shown = cells(reader, f"/{area}?{query}", columns)
        saved = reader.get(f"/{area}/save-list?as=csv&{query}")
        if saved.status_code == 302:  # a status that the list does not know is refused by both
            assert shown == []
            continue
        rows = list(csv.reader(io.StringIO(saved.data.decode("utf-8-sig"))))[1:]
        assert [row[0] for row in rows] == [row[0] for row in shown]
        assert events(f"{area.removesuffix('s')}.list_saved")[-1].detail == {"rows": len(rows)}
        book = reader.get(f"/{area}/save-list?as=xlsx&{query}").data
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0)
        assert [row[0] for row in sheet.to_python()[1:]] == [row[0] for row in rows]
    saved = reader.get(f"/{area}/save-list?as=csv")
    assert saved.headers["Content-Disposition"].endswith(
        f"filename={area}-{clock.today():%Y-%m-%d}.csv"
    )
    rows = list(csv.reader(io.StringIO(saved.data.decode("utf-8-sig"))))[1:]
    references = {row[0] for row in rows}
    of = made if area == "cases" else consultations
    assert references == {each.reference for each in of[2:]}
    assert all(row[2].startswith("Wren =Cell") for row in rows)
    cast.other_lado.role = Role.BUSINESS_SUPPORT
    db.session.commit()
    assert reader.get(f"/{area}/save-list?as=csv&status=open").status_code == 403
    assert "Save this list" not in text(reader.get(f"/{area}"))
    cast.other_lado.role = Role.AUDITOR
    db.session.commit()
    assert reader.get(f"/{area}?status=open").status_code == 403


def test_a_record_leads_back_to_its_list_as_it_was(client_for, cast):
    place = make_organisation()
    case = make_case(by=cast.lado, organisation=place)
    consultation = case.subjects[0].consultation
    client = client_for(cast.lado)
    for area, query, record in (
        ("consultations", f"status=decided&organisation={place.public_id}&sort=received",
         consultation),
        ("cases", "status=open&mine=yes", case),
        ("people", "sort=-name", case.person),
        ("organisations", "sort=-name", place),
    ):  # fmt: skip
        there = f"/{area}/{record.public_id}"
        back = back_of(client.get(there))
        assert back == f"/{area}"
        assert client.get(f"/{area}?{query}&name=Nobody").status_code == 200
        back = back_of(client.get(there))
        path, _, kept = back.partition("?")
        assert (path, sorted(kept.split("&"))) == (f"/{area}", sorted(query.split("&")))


def test_each_filter_can_be_dropped(client_for, cast):
    place = make_organisation("Ashfield Hall")
    log(cast.lado, setting=place)
    client = client_for(cast.lado)
    page = tree(client.get(f"/consultations?mine=yes&organisation={place.public_id}&status=open"))
    tags = page.xpath("//a[@class='moj-filter__tag']")
    assert [tag.text_content().removeprefix("Remove this filter: ") for tag in tags] == [
        "Status: Awaiting decision", "Mine to deal with", "Organisation: Ashfield Hall",
    ]  # fmt: skip
    assert tags[1].get("href") == f"/consultations?organisation={place.public_id}&status=open"
    assert "no such organisation" in text(client.get("/consultations?organisation=gone"))
