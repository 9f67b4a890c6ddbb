"""`flask documents`: what it says, and what it ends with."""

import os

from lado.document_store import DocumentStore
from lado.services import document as services
from tests.document_parts import CONTENT, attach
from tests.factories import make_case


def run(app, *args):
    return app.test_cli_runner().invoke(args=["documents", *args])


def test_the_commands_that_look_after_the_files(app, cast):
    one, other = (attach(make_case(), cast.lado) for _ in range(2))
    store = DocumentStore(app.config["LADO"].instance)
    assert "Whole documents: 2. Deleted files of no document: 0." in run(app, "check").output
    changed = run(app, "change-key")
    assert "under key 2 now" in changed.output
    early = run(app, "forget-old-keys", "--yes")
    assert (early.exit_code, "Try again in an hour" in early.output) == (2, True)
    os.utime(store.key_file.path, (0, 0))
    assert run(app, "forget-old-keys", "--yes").exit_code == 0
    assert [key.number for key in store.key_file.all_keys()] == [2]
    assert b"".join(services.read(one, by=cast.lado)) == CONTENT
    store.remove(other.stored_as)
    checked = run(app, "check")
    assert checked.exit_code == 2
    assert f"{other.home.reference}, document 1: The stored file" in checked.output
    assert "Whole documents: 1." in checked.output
    store.key_file.path.chmod(0o644)
    assert "chmod 600" in str(run(app, "check").exception or run(app, "check").output)
