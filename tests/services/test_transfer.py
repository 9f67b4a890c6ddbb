"""A case goes out as one encrypted file, and comes in as a consultation elsewhere."""

import json
from datetime import date
from hashlib import sha256
from io import BytesIO

import pytest
from sqlalchemy import func, select

from lado import clock, sealed
from lado.document_store import DocumentStore
from lado.errors import Invalid, NotFound, Refused
from lado.extensions import db
from lado.models import AuditEvent, Consultation, Document, Note, OtherAuthority
from lado.queries.transfer import documents_to_send
from lado.rules.audit import AuditAction
from lado.rules.documents import FileType
from lado.rules.transfer import PURPOSE, as_drawn, new_passphrase
from lado.rules.vocabulary import DisclosureClass, Origin, StrandStatus
from lado.services import case as cases
from lado.services import conflict, declaration, restriction, settings, taking_in
from lado.services import received_transfer as receiving
from lado.services import transfer as services
from lado.services.action import change_action
from lado.services.case_parts import StrandDetails, change_strand
from lado.services.safety_measure import review_measure
from tests import case_parts, contacts
from tests.case_parts import AWKWARD
from tests.document_parts import (
    CONTENT,
    attach,
    make_authority,
    opened_transfer,
    packed,
    sent_records,
)
from tests.factories import days_ago, make_person

# Of the family: the surname is that of the person too.
CALLER = "Quillon Marchbanks Madeupson"


@pytest.fixture
def case(cast):
    """With something of everything, a caller who may not be named, and a document."""
    about = contacts.adult(contacts.PersonDetails("Madeupson", "Kit", date(1980, 5, 1)))
    made = case_parts.open_case(
        cast.lado,
        about,
        summary="He was seen in the hall.",
        referrer_name=CALLER,
        referrer_contact="0117 496 0000",
        referrer_may_be_named=False,
    )
    case_parts.fill_case(made, cast.lado)
    text = f"{CALLER.upper()} rang again"
    cases.add_note(made, happened_on=clock.today(), text=text, by=cast.lado)
    withhold = DisclosureClass.WITHHOLD
    secret = "Legal advice on the matter"
    cases.add_note(made, happened_on=clock.today(), text=secret, disclosure=withhold, by=cast.lado)
    attach(made, cast.lado)
    return made


def sent(case, by, *, withheld=False):
    """The file, and its passphrase."""
    authority = make_authority(case, by)
    chosen = documents_to_send(by, case)
    words = services.make(authority, chosen=chosen, withheld=withheld, by=by)
    return b"".join(services.download(authority, by=by)), words


def opened(file, words):
    """As docs/transfer.md describes it: the records, and what follows them."""
    secret = sealed.passphrase(as_drawn(words))
    plain = b"".join(sealed.unseal(BytesIO(file), [secret], PURPOSE))
    length = int.from_bytes(plain[:8], "big")
    return json.loads(plain[8 : 8 + length]), plain[8 + length :]


def keys(told):
    """Each name of a value, however deep."""
    if isinstance(told, dict):
        for key, value in told.items():
            yield key
            yield from keys(value)
    if isinstance(told, list):
        for each in told:
            yield from keys(each)


def test_what_is_sent_is_all_of_the_case_and_nothing_of_our_database(case, cast):
    told, documents = opened(*sent(case, cast.lado))
    assert documents == CONTENT
    assert (told["format"], told["version"]) == ("lado-transfer", 1)
    assert told["case"]["reference"] == case.reference
    assert told["case"]["person"]["names"][0]["surname"] == "Madeupson"
    assert told["case"]["person"]["date_of_birth"] == "1980-05-01"
    for part, rows in (
        ("allegations", case.allegations), ("child_records", case.child_records),
        ("strands", case.strands), ("discussions", case.discussions), ("actions", case.actions),
        ("referrals", case.referrals), ("learning_points", case.learning_points),
    ):  # fmt: skip
        assert len(told["case"][part]) == len(rows) > 0, part
    assert told["case"]["discussions"][0]["minutes"][0]["text"] == AWKWARD
    assert told["consultations"][0]["summary"] == "He was seen in the hall."
    assert told["documents"][0]["size"] == len(CONTENT)
    names = set(keys(told))
    assert not {name for name in names if name == "id" or name.endswith("_id")}
    assert not names & {"public_id", "stored_as", "version_id"}
    for record in (case, case.person, case.subjects[0].consultation):
        assert record.public_id not in json.dumps(told)


def test_a_caller_who_may_not_be_named_and_what_is_withheld_stay_here(case, cast):
    told, _ = opened(*sent(case, cast.lado))
    text = json.dumps(told)
    assert "marchbanks" not in text.lower()
    assert "0117 496 0000" not in text
    assert "quillon" not in text.lower()
    assert "[name withheld] rang again" in text
    assert told["case"]["person"]["names"][0]["surname"] == "Madeupson"
    assert "Legal advice" not in text
    told, _ = opened(*sent(case, cast.lado, withheld=True))
    assert "Legal advice" in json.dumps(told)
    assert "marchbanks" not in json.dumps(told).lower()


def test_what_one_may_not_know_of_names_nobody_and_leaves_by_a_deliberate_choice(case, cast):
    told_of = case_parts.join_case(
        case, cast.lado, contacts.adult(case.person),
        referrer_name="Zenobia Hushby", referrer_may_be_named=False,
    )  # fmt: skip
    text = "Zenobia Hushby rang again"
    cases.add_note(case, happened_on=clock.today(), text=text, by=cast.lado)
    attach(told_of, cast.lado, content=b"Her letter", title="Second")
    named = [cast.lado, cast.manager]
    restriction.restrict(told_of, to=named, version=told_of.version, by=cast.lado)
    told, _ = opened(*sent(case, cast.other_lado))
    assert "hushby" not in json.dumps(told).lower()
    assert [each["title"] for each in told["documents"]] == ["Letter"]
    with pytest.raises(Invalid, match="restricted or marked to be withheld") as refusal:
        sent(case, cast.lado)
    assert set(refusal.value.messages) == {"documents"}
    told, documents = opened(*sent(case, cast.lado, withheld=True))
    assert documents == CONTENT + b"Her letter"
    assert "hushby" not in json.dumps(told).lower()


def test_a_restricted_case_is_sent_by_a_deliberate_choice(case, cast):
    cases.impose_reporting_restriction(case, version=case.version, by=cast.lado)
    restriction.restrict(case, to=[cast.manager], version=case.version, by=cast.lado)
    with pytest.raises(Invalid, match="restricted to named people"):
        sent(case, cast.lado)
    told, _ = opened(*sent(case, cast.lado, withheld=True))
    (warning,) = told["warnings"]
    assert warning.startswith("Reporting restriction:")


def test_a_stolen_file_is_unreadable_and_a_day_later_gone(case, cast, app):
    file, words = sent(case, cast.lado)
    for known in (b"Madeupson", CONTENT[:12], case.reference.encode(), b"lado-transfer", b"{"):
        assert known not in file[46:] or len(known) == 1
    for other in (new_passphrase(), words[:-1], ""):
        with pytest.raises(sealed.WrongSecret):
            opened(file, other)
    assert opened(file, f" {words.upper().replace('-', ' ')} ")
    store = DocumentStore(app.config["LADO"].instance)
    authority = db.session.scalars(select(OtherAuthority)).one()
    store.remove(authority.pack_stored_as)
    with pytest.raises(Refused, match="deleted, a day after"):
        services.download(authority, by=cast.lado)


def test_what_cannot_be_opened_is_refused_in_words_and_changes_nothing(case, cast, app):
    file, words = sent(case, cast.lado)
    folder = DocumentStore(app.config["LADO"].instance).folder
    before = {each.name for each in folder.iterdir()}
    changed = bytearray(file)
    changed[-100] ^= 1
    odd = BytesIO()
    secret = sealed.passphrase(as_drawn(words))
    sealed.seal([(2).to_bytes(8, "big") + b"[]"], odd, secret, PURPOSE)
    for data, passphrase, field, why in (
        (file, new_passphrase(), "passphrase_code", "not the passphrase"),
        (file[:-1], words, "file", "cut short or changed"),
        (bytes(changed), words, "file", "cut short or changed"),
        (b"PK\3\4", words, "file", "cut short or changed"),
        (b"", words, "file", "cut short or changed"),
        (odd.getvalue(), words, "file", "holds no records"),
    ):
        with pytest.raises(Invalid, match=why) as refusal:
            receiving.open_file(BytesIO(data), passphrase=passphrase, by=cast.manager)
        assert set(refusal.value.messages) == {field}
    assert {each.name for each in folder.iterdir()} == before
    query = select(func.count(AuditEvent.id)).where(
        AuditEvent.action == AuditAction.TRANSFER_REFUSED.value
    )
    assert db.session.scalar(query) == 6


def test_what_was_sent_is_taken_in(case, cast):
    file, words = sent(case, cast.lado)
    name = receiving.open_file(BytesIO(file), passphrase=words, by=cast.manager)
    with pytest.raises(NotFound):
        receiving.look(name, by=cast.lado)
    opened_here = receiving.look(name, by=cast.manager)
    seen = opened_here.sent
    assert (seen.reference, seen.about) == (case.reference, "Kit Madeupson")
    consultation = taking_in.take_in(
        opened_here,
        contact=contacts.contact(summary="Taken in", taken_by=cast.manager),
        adults=[contacts.adult(contacts.PersonDetails("Madeupson", "Kit", date(1980, 5, 1)))],
        children=[],
        by=cast.manager,
    )
    assert consultation.origin is Origin.TRANSFER
    document = db.session.scalars(
        select(Document).where(Document.consultation_id == consultation.id)
    ).one()
    assert (document.title, document.origin) == ("Letter", Origin.TRANSFER)
    assert document.sha256 == documents_to_send(cast.lado, case)[0].sha256
    authority = db.session.scalars(
        select(OtherAuthority).where(OtherAuthority.consultation_id == consultation.id)
    ).one()
    assert case.reference in authority.contact
    notes = db.session.scalars(select(Note).where(Note.consultation_id == consultation.id)).all()
    everything = "\n".join(note.text for note in notes)
    for words_of in ("He was seen in the hall.", "rang again", AWKWARD):
        assert all(line.strip() in everything for line in words_of.splitlines()), words_of
    with pytest.raises(NotFound):
        receiving.look(name, by=cast.manager)
    people = select(func.count(Consultation.id))
    assert db.session.scalar(people) == 2


def test_the_course_of_strands_actions_and_measures_goes_too_and_older_files_read_without(
    case, cast
):
    strand = case.strands[0]
    for number, said in ((4, "Still with the reviewing officer"), (2, "Counsel says no charge")):
        heard = StrandDetails(StrandStatus.ONGOING, heard_on=days_ago(number), said=said)
        change_strand(strand, heard, version=strand.version, by=cast.lado)
    strand.updates[-1].disclosure = DisclosureClass.WITHHOLD
    db.session.commit()
    action = case.actions[0]
    before = action.due_on
    details = case_parts.action_details(due_on=days_ago(-30), owner="The deputy")
    change_action(action, details, reason="The head is ill", by=cast.lado)
    measure = case_parts.make_measure(case, cast.lado)
    review_measure(measure, reviewed_on=days_ago(1), decided="Stays at home",
                   next_review_on=days_ago(-9), version=measure.version, by=cast.lado)  # fmt: skip
    told, documents = opened(*sent(case, cast.lado))
    first, second = told["case"]["strands"][0]["updates"][-2:]
    assert first["heard_on"] == days_ago(4).isoformat()
    assert "text" not in second
    change = told["case"]["actions"][0]["changes"][-1]
    assert change["due_on"] == before.isoformat()
    assert change["changed_on"] == clock.today().isoformat()
    assert change["changed_by"] == cast.lado.name

    course = ("Still with the reviewing officer", "The head is ill", "Stays at home")
    name = opened_transfer(told, cast.manager, documents)
    told_here = "\n".join(notes_of(take_in(name, cast.manager)))
    assert [words in told_here for words in course] == [True] * 3
    assert "Counsel" not in told_here

    for part, key in (("strands", "updates"), ("actions", "changes"),
                      ("safety_measures", "reviews")):  # fmt: skip
        for each in told["case"][part]:
            del each[key]
    name = opened_transfer(told, cast.manager, documents)
    told_here = "\n".join(notes_of(take_in(name, cast.manager)))
    assert "The deputy" in told_here
    assert [words in told_here for words in course] == [False] * 3


KIT = {"kind": "current", "surname": "Madeupson", "forename": "Kit"}


def take_in(name, by):
    return taking_in.take_in(
        receiving.look(name, by=by),
        contact=contacts.contact(summary="Taken in", taken_by=by),
        adults=[contacts.adult(contacts.PersonDetails("Madeupson", "Kit"))],
        children=[],
        by=by,
    )


def with_documents(*files, **records):
    """Records that name the documents, and the documents."""
    rows = [
        {"title": title, "file_name": name, "size": len(data), "sha256": sha256(data).hexdigest()}
        for title, name, data in files
    ]
    return sent_records() | {"documents": rows} | records, b"".join(each[2] for each in files)


def folder_of(app):
    return {each.name for each in DocumentStore(app.config["LADO"].instance).folder.iterdir()}


def notes_of(consultation):
    query = select(Note.text).where(Note.consultation_id == consultation.id).order_by(Note.id)
    return db.session.scalars(query).all()


def test_a_document_that_would_not_be_attached_here_is_left_out_and_listed(cast, app):
    settings.change({"document_megabytes": "1", "documents_most": "2"}, by=cast.administrator)
    told = with_documents(
        ("Huge", "huge.txt", b"a" * 1_048_577), ("Program", "a.exe", b"MZ"),
        ("Broken", "a.docx", b"PK no archive"), ("First", "a.txt", CONTENT),
        ("Second", "b.txt", CONTENT), ("Third", "c.txt", CONTENT),
    )  # fmt: skip
    consultation = take_in(opened_transfer(told[0], cast.lado, told[1]), cast.lado)
    kept = db.session.scalars(select(Document).order_by(Document.id)).all()
    assert [each.title for each in kept] == ["First", "Second"]
    assert folder_of(app) == {each.stored_as for each in kept}
    left = next(text for text in notes_of(consultation) if "were not taken in" in text)
    for line in ("Huge: It is larger than 1 MB", "Program: ", "Broken: ", "Third: There are 2"):
        assert f"\n{line}" in left


def test_nothing_is_left_of_documents_where_taking_in_goes_wrong(cast, app, monkeypatch):
    told = with_documents(("First", "a.txt", CONTENT), ("Second", "b.txt", CONTENT))
    name = opened_transfer(told[0], cast.lado, told[1])

    def fails_at_the_second(file_name, file):
        if file_name == "b.txt":
            raise RuntimeError
        return FileType.TXT

    monkeypatch.setattr(taking_in, "recognise", fails_at_the_second)
    with pytest.raises(RuntimeError):
        take_in(name, cast.lado)
    assert folder_of(app) == {name}
    monkeypatch.undo()
    assert len(take_in(name, cast.lado).subjects) == 1


def test_what_is_longer_than_its_place_is_cut_there_and_whole_in_a_note(cast):
    long = {"from": f"F{'f' * 400}", "title": f"T{'t' * 400}", "reference": f"R{'r' * 400}"}
    told = with_documents((long["title"], "a.txt", CONTENT), **{"from": long["from"]})
    told[0]["case"] = {"reference": long["reference"]}
    consultation = take_in(opened_transfer(told[0], cast.lado, told[1]), cast.lado)
    authority = db.session.scalars(select(OtherAuthority)).one()
    document = db.session.scalars(select(Document)).one()
    for value in (authority.authority, authority.contact, document.title):
        assert len(value) == 200
    everything = "\n".join(notes_of(consultation))
    assert all(words in everything for words in long.values())


def test_each_look_and_throwing_away_is_noted_with_the_senders_reference(cast, client_for):
    name, browser = opened_transfer(sent_records(), cast.lado), client_for(cast.lado)
    assert browser.get(f"/transfers/{name}").status_code == 200
    assert browser.get(f"/consultations/add?transfer={name}").status_code == 200
    browser.post_form(f"/transfers/{name}")  # from its page, which is looked at again
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.record == name)).all()
    looked, gone = "transfer.viewed", "transfer.discarded"
    assert [each.action for each in events] == [looked, looked, looked, gone]
    assert {each.detail["reference"] for each in events} == {"EC-1"}


def test_whoever_may_be_close_to_whom_it_is_about_neither_opens_nor_reads_it(cast, app):
    records = sent_records(person={"names": [KIT], "date_of_birth": "1980-05-01"})
    file, words = BytesIO(), new_passphrase()
    sealed.seal([packed(records)], file, sealed.passphrase(as_drawn(words)), PURPOSE)
    name = receiving.open_file(file, passphrase=words, by=cast.manager)
    declaration.declare(surname="Madeupson", forename="Kit", connection="Cousin", by=cast.manager)
    known = make_person(surname="Madeupson", forename="Kit")
    conflict.declare(
        known, user=cast.other_lado, themselves=False, connection="Aunt", version=known.version,
        by=cast.lado,
    )  # fmt: skip
    with pytest.raises(NotFound):
        receiving.look(name, by=cast.manager)
    for close in (cast.manager, cast.other_lado):
        with pytest.raises(Invalid, match="Give it to somebody else"):
            receiving.open_file(file, passphrase=words, by=close)
    assert folder_of(app) == {name}
    assert receiving.open_file(file, passphrase=words, by=cast.lado)
