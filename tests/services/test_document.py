"""Documents: kept encrypted, read whole or not at all, and never a row without its file."""

import errno
import os
from functools import partial
from io import BytesIO

import pytest
from sqlalchemy import func, select

from lado import document_store
from lado.document_store import DocumentStore
from lado.errors import Conflict, Invalid, Refused
from lado.extensions import db
from lado.models import AuditEvent, Document
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import DisclosureClass
from lado.sealed import CHUNK, Damaged, WrongSecret
from lado.services import document as services
from lado.services import settings, stored_documents
from lado.services.audit import COMMAND_LINE
from lado.services.document import DocumentDetails
from tests.document_parts import CALLED, CONTENT, attach
from tests.factories import days_ago, the_case, with_case
from tests.support.race import race

LONG = b"%PDF-1.7\n" + os.urandom(3 * CHUNK)


@pytest.fixture
def new_database(prepared):
    return prepared(with_case())


@pytest.fixture
def case(cast):
    return the_case()


@pytest.fixture
def store(app):
    return DocumentStore(app.config["LADO"].instance)


def contents(document, by):
    return b"".join(services.read(document, by=by))


def events(action):
    query = select(func.count(AuditEvent.id)).where(AuditEvent.action == action.value)
    return db.session.scalar(query)


def test_a_stolen_folder_says_nothing(case, cast, store):
    document = attach(case, cast.lado, CONTENT * 3000)
    (file,) = store.folder.iterdir()
    stolen = file.read_bytes()
    for known in (CONTENT[:12], b"Dear", CALLED.encode(), b"letter", case.reference.encode()):
        assert known not in stolen
        assert known.decode() not in file.name
    assert file.stat().st_mode & 0o077 == 0
    assert store.folder.stat().st_mode & 0o077 == 0
    assert store.key_file.path.stat().st_mode & 0o077 == 0
    assert contents(document, cast.lado) == CONTENT * 3000
    assert events(AuditAction.DOCUMENT_DOWNLOADED) == 1


def test_a_wrong_key_a_cut_a_changed_another_and_a_missing_file_are_each_refused(case, cast, store):
    document = attach(case, cast.lado, LONG, "a.pdf")
    other = attach(case, cast.lado, LONG, "b.pdf")
    file, keys = store.folder / document.stored_as, store.key_file.path
    whole, key = file.read_bytes(), keys.read_bytes()
    changed = bytearray(whole)
    changed[len(whole) // 2] ^= 1
    bad = {
        whole[: -CHUNK // 2]: Damaged,
        bytes(changed): Damaged,
        b"": Damaged,
        (store.folder / other.stored_as).read_bytes(): WrongSecret,
    }
    for content, refusal in bad.items():
        file.write_bytes(content)
        with pytest.raises(refusal, match="stored file"):
            services.read(document, by=cast.lado)
    file.write_bytes(whole)
    keys.unlink()
    with pytest.raises(WrongSecret, match="file of keys must be put back"):
        services.read(document, by=cast.lado)
    keys.write_bytes(key)
    assert contents(document, cast.lado) == LONG
    file.unlink()
    with pytest.raises(document_store.Missing, match="missing"):
        services.read(document, by=cast.lado)
    assert events(AuditAction.DOCUMENT_UNREADABLE) == len(bad) + 2
    found = stored_documents.check_all(by=COMMAND_LINE)
    assert [each.number for each, _ in found.unreadable] == [document.number]
    assert found.sound == 1


def let_an_hour_pass(store):
    os.utime(store.key_file.path, (0, 0))


def test_what_is_told_of_it_is_changed_and_what_may_be_disclosed_has_its_own_event(case, cast):
    document = attach(case, cast.lado)
    told = {"title": "Letter of the head", "kind": document.kind, "dated_on": days_ago(40)}

    def change(**other):
        details = DocumentDetails(**(told | other))
        services.change(document, details, version=document.version, by=cast.support)

    change()
    assert (document.title, document.dated_on) == (told["title"], days_ago(40))
    assert events(AuditAction.DOCUMENT_CHANGED) == 1
    assert events(AuditAction.DOCUMENT_DISCLOSURE_CHANGED) == 0
    change(disclosure=DisclosureClass.WITHHOLD)
    assert document.disclosure is DisclosureClass.WITHHOLD
    assert events(AuditAction.DOCUMENT_DISCLOSURE_CHANGED) == 1
    with pytest.raises(Invalid) as refused:
        change(title=" ", dated_on=days_ago(-1))
    assert set(refused.value.messages) == {"title", "dated_on"}
    with pytest.raises(Conflict):
        services.change(document, DocumentDetails(**told), version=1, by=cast.lado)
    services.withdraw(document, reason="Another's", by=cast.lado)
    with pytest.raises(Refused, match="withdrawn"):
        change()


def test_the_key_is_changed_and_the_old_one_forgotten(case, cast, store):
    made = [attach(case, cast.lado, LONG, "a.pdf"), attach(case, cast.lado)]
    before = {each.stored_as: (store.folder / each.stored_as).read_bytes() for each in made}
    old = store.key_file.path.read_bytes()
    store.key_file.add()
    with pytest.raises(Refused, match="earlier key: 2"):
        stored_documents.forget_old_keys(by=COMMAND_LINE)
    assert stored_documents.change_key(by=COMMAND_LINE) == (3, 0)
    with pytest.raises(Refused, match="less than an hour ago"):
        stored_documents.forget_old_keys(by=COMMAND_LINE)
    let_an_hour_pass(store)
    stored_documents.forget_old_keys(by=COMMAND_LINE)
    assert old.split()[1] not in store.key_file.path.read_bytes()
    assert contents(made[0], cast.lado) == LONG
    assert contents(made[1], cast.lado) == CONTENT
    for name, content in before.items():
        assert (store.folder / name).read_bytes() != content


def test_no_key_is_forgotten_that_anything_in_the_folder_needs(case, cast, store):
    """A file still being written, and one that waits for whoever opened it."""
    waiting = store.write([CONTENT], cast.manager.public_id).name
    unfinished = store.folder / f"{store.write([CONTENT]).name}.x{document_store.UNFINISHED}"
    (store.folder / unfinished.name.partition(".")[0]).rename(unfinished)
    store.write_for_others([CONTENT], lambda _salt: b"theirs", b"for them")
    stored_documents.change_key(by=COMMAND_LINE)
    let_an_hour_pass(store)
    with pytest.raises(Refused, match="Other files that are still under an earlier key: 2"):
        stored_documents.forget_old_keys(by=COMMAND_LINE)
    assert b"".join(store.unchecked(waiting, cast.manager.public_id)) == CONTENT
    unfinished.unlink()
    store.remove(waiting)
    stored_documents.forget_old_keys(by=COMMAND_LINE)
    assert len(store.key_file.all_keys()) == 1


def test_a_key_forgotten_while_a_document_is_attached_loses_nothing(case, cast, store, monkeypatch):
    def slow(content):
        yield content.read()
        store.key_file.keep_from(store.key_file.add().number)

    monkeypatch.setattr(services, "pieces", slow)
    document = attach(case, cast.lado)
    assert contents(document, cast.lado) == CONTENT
    assert [key.number for key in store.key_file.all_keys()] == [2]


def test_what_is_deleted_while_the_key_is_changed_stays_deleted(case, cast, store, monkeypatch):
    document = attach(case, cast.lado)
    services.withdraw(document, reason="Of another case", by=cast.lado)
    number, encrypt = document.id, DocumentStore.encrypt_anew

    def encrypt_slowly(self, name):
        content = (self.folder / name).read_bytes()
        services.delete_content(db.session.get(Document, number), by=cast.manager)
        (self.folder / name).write_bytes(content)
        encrypt(self, name)

    monkeypatch.setattr(DocumentStore, "encrypt_anew", encrypt_slowly)
    assert stored_documents.change_key(by=COMMAND_LINE) == (2, 0)
    assert list(store.folder.iterdir()) == []


def test_two_who_change_the_key_at_once_lose_none(app, cast, store):
    change = partial(stored_documents.change_key, by=COMMAND_LINE)
    store.key_file.all_keys()
    got, errors = race(app, change, change)
    assert (sorted(got), errors) == ([(2, 0), (3, 0)], [])
    assert [key.number for key in store.key_file.all_keys()] == [1, 2, 3]


@pytest.mark.parametrize("stop", [Conflict("No"), ValueError, KeyboardInterrupt])
def test_whatever_refuses_the_row_leaves_no_file(case, cast, store, monkeypatch, stop):
    def refuse(*_args, **_kwargs):
        raise stop

    monkeypatch.setattr(services, "add_in_transaction", refuse)
    with pytest.raises(type(stop) if isinstance(stop, Conflict) else stop):
        attach(case, cast.lado)
    assert list(store.folder.iterdir()) == []
    assert db.session.scalar(select(func.count(Document.id))) == 0


def test_what_stops_it_after_the_row_was_saved_leaves_its_file(case, cast, store, monkeypatch):
    save = services._attach

    def stopped(*args, **kwargs):
        save(*args, **kwargs)
        raise KeyboardInterrupt

    monkeypatch.setattr(services, "_attach", stopped)
    with pytest.raises(KeyboardInterrupt):
        attach(case, cast.lado)
    assert contents(db.session.scalars(select(Document)).one(), cast.lado) == CONTENT


def test_a_crash_leaves_files_that_are_swept_a_day_later(case, cast, store):
    attach(case, cast.lado)
    store.write([CONTENT])
    (store.folder / "abandoned.part").touch()
    assert stored_documents.check_all(by=COMMAND_LINE).swept == 0, "they may be under way"
    for file in store.folder.iterdir():
        os.utime(file, (0, 0))
    assert stored_documents.check_all(by=COMMAND_LINE).swept == 2
    assert len(list(store.folder.iterdir())) == 1


def test_a_name_that_a_database_refuses_loses_what_it_refuses(case, cast):
    document = attach(case, cast.lado, file_name="a\0b\u202egpj.txt")
    assert document.file_name == "a b gpj.txt"


def test_a_full_disk_is_said_and_leaves_nothing(case, cast, store, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(document_store.os, "fsync", full)
    with pytest.raises(Refused, match="disk of this system may be full"):
        attach(case, cast.lado)
    assert list(store.folder.iterdir()) == []
    assert db.session.scalar(select(func.count(Document.id))) == 0


def test_the_council_bounds_size_and_number(case, cast):
    settings.change({"document_megabytes": "1", "documents_most": "1"}, by=cast.administrator)
    with pytest.raises(Invalid, match="must be 1 MB or smaller"):
        attach(case, cast.lado, bytes(2**20 + 1))
    with pytest.raises(Invalid, match="empty"):
        attach(case, cast.lado, b"")
    attach(case, cast.lado)
    with pytest.raises(Invalid, match="no more are kept"):
        attach(case, cast.lado)


def test_one_withdraws_and_another_deletes(case, cast, store):
    document = attach(case, cast.lado)
    with pytest.raises(Refused, match="Only the content of a withdrawn"):
        services.delete_content(document, by=cast.manager)
    services.withdraw(document, reason="Of another case", by=cast.lado)
    with pytest.raises(Refused, match="withdrawn"):
        services.read(document, by=cast.manager)
    with pytest.raises(Refused, match="somebody else"):
        services.delete_content(document, by=cast.lado)
    assert (store.folder / document.stored_as).exists()
    case.legal_hold = True
    db.session.commit()
    with pytest.raises(Refused, match="legal hold"):
        services.delete_content(document, by=cast.manager)
    case.legal_hold = False
    db.session.commit()
    services.delete_content(document, by=cast.manager)
    assert list(store.folder.iterdir()) == []
    assert (document.title, document.withdrawn_reason) == ("Letter", "Of another case")
    with pytest.raises(Refused, match="once"):
        services.delete_content(document, by=cast.manager)


def test_a_large_file_is_never_in_memory_as_a_whole(store):
    """Written and read chunk by chunk: at no time is more than a few of them held."""
    import tracemalloc

    tracemalloc.start()
    stored = store.write(BytesIO(b"x" * CHUNK).read() for _ in range(400))
    for _ in store.read(stored.name, stored.sha256):
        pass
    assert tracemalloc.get_traced_memory()[1] < 4 * 2**20 < stored.size
    tracemalloc.stop()
