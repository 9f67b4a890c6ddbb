"""The pages of documents and of transfer files."""

import re
import shutil
from io import BytesIO

import pytest
from sqlalchemy import select

from lado.document_store import DocumentStore
from lado.extensions import db
from lado.models import Consultation, Document, Note, OtherAuthority
from lado.rules.vocabulary import TermGroup
from tests.case_parts import PROGRESS
from tests.contacts import log
from tests.document_parts import CONTENT, attach, make_authority, receive_transfer, sent_records
from tests.factories import make_case, term_id
from tests.web.test_consultations import decision

NAMED = "Report on Pat Testwell.txt"
TOLD = {"title": "School report", "kind": "report", "disclosure": "consult"}


def test_a_document_is_attached_listed_and_downloaded_under_our_name(app, cast, client_for):
    case = make_case()
    browser, base = client_for(cast.support), f"/cases/{case.public_id}/documents"
    form = f"{base}/add"
    wrong = browser.post_form(form, TOLD | {"file": (BytesIO(b"MZ"), "a.exe")})
    assert "This kind of file is not kept here" in wrong.text
    assert 'value="School report"' in wrong.text
    assert "Choose it again" in wrong.text
    browser.follow(browser.post_form(form, TOLD | {"file": (BytesIO(CONTENT), NAMED)}))
    page = browser.get(base).text
    for shown in ("School report", NAMED, "Ask the agency it came from first"):
        assert shown in page
    changed = {"disclosure": "withhold", "dated_on-day": "1", "dated_on-month": "6",
               "dated_on-year": "2026"}  # fmt: skip
    page = browser.follow(browser.post_form(f"{base}/1/edit", changed)).text
    for shown in ("School report", "1 Jun 2026", "Withhold"):
        assert shown in page
    answer = browser.http.get(f"{base}/1")
    assert answer.data == CONTENT
    name = f"{case.reference}-document-1.txt"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.content_length == len(CONTENT)
    assert "Pat" not in str(answer.headers)
    assert browser.http.get(f"{base}/2").status_code == 404
    assert browser.http.get(f"{base}/1/withdraw").status_code == 403


def cut(store, file):
    file.write_bytes(file.read_bytes()[:-1])


def tamper(store, file):
    content = bytearray(file.read_bytes())
    content[-20] ^= 1
    file.write_bytes(content)


def lose_the_folder(store, file):
    shutil.rmtree(store.folder)


def lose_the_key(store, file):
    store.key_file.path.unlink()


def spoil_the_key(store, file):
    store.key_file.path.write_text("not a key")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (cut, "is damaged: it was cut short or changed since it was stored"),
        (tamper, "is damaged: it was cut short or changed since it was stored"),
        (lose_the_folder, "The stored file of this document is missing"),
        (lose_the_key, "the file of keys must be put back"),
        (spoil_the_key, "The file document_keys is damaged. Put it back from its copy"),
    ],
)
def test_page_and_command_say_why_a_document_cannot_be_read(app, cast, client_for, spoil, words):
    case = make_case()
    document = attach(case, cast.lado)
    store = DocumentStore(app.config["LADO"].instance)
    spoil(store, store.folder / document.stored_as)
    answer = client_for(cast.lado).get(f"/cases/{case.public_id}/documents/1")
    assert answer.status_code == 409
    assert words in answer.text
    checked = app.test_cli_runner().invoke(args=["documents", "check"])
    assert checked.exit_code == 2
    assert words in checked.output


def test_one_withdraws_it_and_another_deletes_its_content(cast, client_for):
    consultation = make_case().subjects[0].consultation
    attach(consultation, cast.lado)
    base = f"/consultations/{consultation.public_id}"
    lado, manager = client_for(cast.lado), client_for(cast.manager)
    lado.follow(lado.post_form(f"{base}/documents/1/withdraw", {"reason": "Of another case"}))
    assert "/documents/1/delete" not in lado.get(base).text
    assert "/documents/1/delete" in manager.get(base).text
    refused = lado.post_form(f"{base}/documents/1/delete")
    assert "You withdrew this document" in refused.text
    manager.follow(manager.post_form(f"{base}/documents/1/delete"))
    assert "Content deleted" in manager.get(base).text
    document = db.session.scalars(select(Document)).one()
    assert document.deleted_by.name == cast.manager.name


def test_a_larger_file_than_elsewhere_is_taken_and_a_huge_one_is_not(cast, client_for):
    case = make_case()
    browser, form = client_for(cast.lado), f"/cases/{case.public_id}/documents/add"
    large = CONTENT + bytes([32]) * (21 * 2**20)
    browser.follow(browser.post_form(form, TOLD | {"file": (BytesIO(large), "a.txt")}))
    too_large = bytes([32]) * (26 * 2**20)
    answer = browser.post_form(form, TOLD | {"file": (BytesIO(too_large), "a.txt")})
    assert "must be 25 MB or smaller" in answer.text


def test_who_may_not_use_the_page_sends_no_large_file(cast, client_for):
    """It is refused by what it says of itself: nothing of it is there to be read."""
    case = make_case()
    consultation = case.subjects[0].consultation
    pages = ("/transfers", f"/cases/{case.public_id}/documents/add",
             f"/consultations/{consultation.public_id}/documents/add")  # fmt: skip
    sent = {"content_type": "multipart/form-data; boundary=x",
            "environ_overrides": {"CONTENT_LENGTH": str(2**30)}}  # fmt: skip
    for user, status in ((None, 413), (cast.auditor, 403), (cast.administrator, 403)):
        http = client_for(user).http
        for page in pages:
            answer = http.post(page, input_stream=BytesIO(), **sent)
            assert (page, answer.status_code) == (page, status)


def test_a_note_says_where_it_came_from_and_what_may_be_disclosed(cast, client_for):
    case = make_case()
    base = f"/cases/{case.public_id}/notes"
    police = str(term_id(TermGroup.AGENCY, "Police"))
    told = {"text": "They told us", "agency_id": police, "disclosure": "consult"}
    browser = client_for(cast.lado)
    page = browser.follow(browser.post_form(f"{base}/add", told)).text
    assert "from: Police" in page
    assert "ask the agency it came from first" in page


def test_a_case_goes_out_and_comes_in(cast, client_for):
    case = make_case()
    attach(case, cast.lado)
    make_authority(case, cast.lado)
    lado, manager = client_for(cast.lado), client_for(cast.manager)
    base = f"/cases/{case.public_id}/authorities/1"
    made = lado.post_form(f"{base}/send").text
    words = re.search(r"<code>([a-z0-9-]{29})</code>", made)[1]
    assert words not in lado.get(f"/cases/{case.public_id}/links").text
    sent = lado.http.get(f"{base}/file")
    name = f"{case.reference}-transfer-1.lado"
    assert sent.headers["Content-Disposition"] == f"attachment; filename={name}"

    wrong = {"file": (BytesIO(sent.data), name), "passphrase_code": "aaaaa"}
    answer = manager.post_form("/transfers", wrong).text
    assert "not the passphrase of this file" in answer
    for damaged in (sent.data[:-1], sent.data[:-60] + b"x" + sent.data[-59:], b"PK", b"x"):
        told = {"file": (BytesIO(damaged), name), "passphrase_code": words}
        assert "cut short or changed on its way" in manager.post_form("/transfers", told).text
    right = {"file": (BytesIO(sent.data), name), "passphrase_code": words.upper()}
    opened = manager.post_form("/transfers", right)
    page = manager.follow(opened).text
    assert case.reference in page
    assert lado.http.get(opened.location).status_code == 404
    to_log = re.search(r'href="(/consultations/add\?transfer=[^"]+)"', page)[1]
    surname = case.person.name.surname
    assert f'value="{surname}"' in manager.get(to_log).text
    choice = {"adults-0-known": "new", "adults-0-surname": "Elsewise"}
    manager.follow(manager.post_form(to_log, choice, containing="summary"))
    newest = db.session.scalars(select(Consultation).order_by(Consultation.id.desc())).first()
    assert newest.origin == "transfer"
    assert "Transferred in from" in newest.summary
    shown = manager.get(f"/consultations/{newest.public_id}").text
    assert "Transferred in from them" in shown
    assert db.session.scalars(select(Document.consultation_id)).all() == [None, newest.id]
    notes = db.session.scalars(select(Note).where(Note.consultation_id == newest.id)).all()
    assert notes
    assert all(note.origin == "transfer" for note in notes)
    assert len(db.session.scalars(select(OtherAuthority)).all()) == 2
    decide = f"/consultations/{newest.public_id}/adults/1/decide"
    (allegation,) = case.allegations
    page = manager.get(decide).text
    assert "this comes with the case and need not be typed" in page
    assert allegation.description in page
    gone = manager.get(to_log).text
    assert "no longer here" in gone


def test_a_category_that_is_in_no_list_here_is_asked_for_where_it_progresses(cast, client_for):
    consultation = log(cast.lado)
    told = [{"category": "Sorcery", "description": "<b>Said</b>", "limbs": ["harm"]}]
    receive_transfer(consultation, sent_records(allegations=told))
    browser = client_for(cast.lado)
    url = f"/consultations/{consultation.public_id}/adults/1/decide"
    page = browser.get(url).text
    assert "To be chosen: they call it “Sorcery”" in page
    assert "&lt;b&gt;Said&lt;/b&gt;" in page
    typed = decision(PROGRESS, limbs="harm", earlier_weight="Nothing bears on it")
    assert "Choose the category of what is called otherwise" in browser.post_form(url, typed).text
    chosen = {"sent_category_id": str(term_id(TermGroup.CATEGORY, "Neglect"))}
    browser.follow(browser.post_form(url, typed | chosen))
    case = consultation.subjects[0].case
    shown = browser.get(f"/cases/{case.public_id}/allegations").text
    assert "Elsewhere Council" in shown
    assert "Neglect" in shown


def test_links_are_made_on_their_pages(cast, client_for):
    one, other = make_case(), make_case()
    browser, base = client_for(cast.lado), f"/cases/{one.public_id}"
    told = {"reference": other.reference.lower(), "reason": "One trip"}
    page = browser.follow(browser.post_form(f"{base}/matter/join", told)).text
    assert other.reference in page
    page = browser.follow(browser.post_form(f"{base}/matter/leave", {"reason": "Not there"})).text
    assert "Not there" in page
    told = {"part": "joint", "authority": "Elsewhere", "told": "Kim", "told_on-day": "1",
            "told_on-month": "6", "told_on-year": "2026"}  # fmt: skip
    page = browser.follow(browser.post_form(f"{base}/authorities/add", told)).text
    assert "Dealt with jointly" in page
    page = browser.follow(
        browser.post_form(f"{base}/authorities/1", {"contact": "Their LADO"})
    ).text
    assert "Their LADO" in page
