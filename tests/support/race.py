"""Two at the same moment, each on a connection of their own."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from flask import Flask

from lado.extensions import db


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
