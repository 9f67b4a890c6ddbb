"""Two at the same moment, each on a connection of their own."""

from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import pytest
from flask import Flask

from lado.extensions import db
from lado.services import audit


def race(app: Flask, *acts: Callable[[], Any]) -> tuple[list[Any], list[Exception]]:
    """What each gave, and what each raised."""
    start, got, errors = Barrier(len(acts)), [], []
    db.session.rollback()

    def run(act: Callable[[], Any]) -> None:
        with app.app_context():
            start.wait()
            try:
                got.append(act())
            except Exception as error:  # noqa: BLE001 - the test looks at it
                errors.append(error)
            finally:
                db.session.remove()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got, errors


def let_both_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two services wait for one another when they have checked and before they save, as they may
    on PostgreSQL. On SQLite the second is not let in before the first is done."""
    meeting, record = Barrier(2), audit.record

    def record_together(*args: Any, **kwargs: Any) -> None:
        with suppress(BrokenBarrierError):
            meeting.wait(timeout=1)
        record(*args, **kwargs)

    monkeypatch.setattr(audit, "record", record_together)
