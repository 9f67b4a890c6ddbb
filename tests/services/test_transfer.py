"""A case goes out as one encrypted file, and comes in as a consultation elsewhere."""

import json
from datetime import date
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
from lado.rules.transfer import PURPOSE, as_drawn, new_passphrase
from lado.rules.vocabulary import DisclosureClass, Origin
from lado.services import case as cases
from lado.services import received_transfer as receiving
from lado.services import restriction
from lado.services import transfer as services
from tests import case_parts, contacts
from tests.case_parts import AWKWARD
from tests.document_parts import CONTENT, attach, make_authority

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
    seen = receiving.look(name, by=cast.manager)
    assert (seen.reference, seen.about) == (case.reference, "Kit Madeupson")
    consultation = receiving.take_in(
        name,
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
