"""One function = one thing a user does = one transaction = its audit event."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from lado.database import is_unique_violation, write_transaction
from lado.errors import Conflict, Refused
from lado.extensions import db
from lado.rules.audit import AuditAction

P = ParamSpec("P")
R = TypeVar("R")


# What is to be done in the transaction of the next service, if anything.
_joined: ContextVar[Callable[[], None] | None] = ContextVar("joined", default=None)

CHANGED = "Somebody else changed this while you were writing."
SAME = "Somebody else has just saved the same. Look at it, then try again."


def writes(*actions: AuditAction) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Run a service in one write transaction and refuse to commit unless one of `actions`
    was recorded. Records passed in are read again under the write lock."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def service(*args: P.args, **kwargs: P.kwargs) -> R:
            recorded = db.session.info["recorded"] = set[AuditAction]()
            with _collisions_in_words(), write_transaction(db.session()):
                result = function(*args, **kwargs)
                if joined := _joined.get():
                    joined()
                if not recorded.intersection(actions):
                    raise RuntimeError(f"{function.__qualname__} left no audit event")
            _joined.set(None)
            return result

        return service

    return decorate


@contextmanager
def together_with(act: Callable[[], None]) -> Iterator[None]:
    """`act` is done in the transaction of the first service called within, after it: both are
    kept or neither is."""
    token = _joined.set(act)
    try:
        yield
    finally:
        _joined.reset(token)


@contextmanager
def _collisions_in_words() -> Iterator[None]:
    """PostgreSQL lets two check at once and stops the second who saves."""
    try:
        yield
    except StaleDataError:
        raise Conflict(CHANGED) from None
    except IntegrityError as error:
        if is_unique_violation(error):
            raise Refused(SAME) from None
        raise


def check_version(record: object, version: int) -> None:
    """Raise Conflict when somebody saved `record` after the form that says `version` was sent."""
    if getattr(record, "version") != version:  # noqa: B009 - any Versioned record
        raise Conflict(CHANGED)
