"""One function = one thing a user does = one transaction = its audit event."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, Protocol, TypeVar

from lado.database import write_transaction
from lado.errors import Conflict
from lado.extensions import db
from lado.rules.audit import AuditAction

P = ParamSpec("P")
R = TypeVar("R")


class WritingService(Protocol):
    audit_actions: tuple[AuditAction, ...]


def writes(*actions: AuditAction) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Run a service in one write transaction and refuse to commit unless one of `actions`
    was recorded. Records passed in are read again under the write lock."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def service(*args: P.args, **kwargs: P.kwargs) -> R:
            recorded = db.session.info["recorded"] = set[AuditAction]()
            with write_transaction(db.session()):
                result = function(*args, **kwargs)
                if not recorded.intersection(actions):
                    raise RuntimeError(f"{function.__qualname__} left no audit event")
            return result

        service.audit_actions = actions  # type: ignore[attr-defined]
        return service

    return decorate


def check_version(record: object, version: int) -> None:
    """Raise Conflict when somebody saved `record` after the form that says `version` was sent."""
    if getattr(record, "version") != version:  # noqa: B009 - any Versioned record
        raise Conflict("Somebody else changed this while you were writing.")
