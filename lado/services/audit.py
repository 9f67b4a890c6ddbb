"""Writing the audit trail. Only services call it, inside their own transaction."""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import select

from lado import clock
from lado.database import lock_audit_chain
from lado.extensions import db
from lado.models import AuditEvent, User
from lado.rules.audit import AuditAction

FIRST_HASH = "0" * 64


class CommandLine:
    """The actor of what is done by command. Its events say as which user of the machine."""

    public_id = "command line"


COMMAND_LINE = CommandLine()
Actor = User | CommandLine


class Recorded(Protocol):
    __tablename__: str
    public_id: str


def record(
    action: AuditAction,
    on: "Recorded | None",
    *,
    by: Actor | None,
    fields: Iterable[str] = (),
    reference: str = "",
    **numbers: int,
) -> None:
    """Add an event for the record `on`; `fields` are names of columns, `numbers` say which
    child record or how many, `reference` what somebody else calls it, if that tells nothing more.
    `by` is None for somebody who has not signed in."""
    record_each(action, [on], by=by, fields=fields, reference=reference, **numbers)


def record_each(
    action: AuditAction,
    records: "Iterable[Recorded | None]",
    /,
    *,
    by: Actor | None,
    fields: Iterable[str] = (),
    reference: str = "",
    **numbers: int,
) -> None:
    """The same of several records, for the price of one."""
    session = db.session
    session.flush()
    lock_audit_chain(session())
    last = session.execute(
        select(AuditEvent.id, AuditEvent.hash).order_by(AuditEvent.id.desc()).limit(1)
    ).first()
    detail: dict[str, object] = dict(numbers)
    if names := sorted(fields):
        detail["fields"] = names
    if reference:
        detail["reference"] = reference
    if by is COMMAND_LINE:
        detail["uid"] = os.getuid()
    newest, sealed = (last.id, last.hash) if last else (0, FIRST_HASH)
    for number, on in enumerate(records, start=newest + 1):
        event = AuditEvent(
            id=number,
            at=clock.now(),
            actor=by.public_id if by else "not signed in",
            action=action.value,
            thing=on.__tablename__ if on else action.value.split(".")[0],
            record=on.public_id if on else None,
            detail=detail,
            previous_hash=sealed,
        )
        event.hash = sealed = seal(event)
        session.add(event)
    session.flush()
    session.info.setdefault("recorded", set()).add(action)


def seal(event: AuditEvent) -> str:
    """SHA-256 over the event and the hash before it, as canonical JSON."""
    content = [
        event.id, _iso(event.at), event.actor, event.action, event.thing, event.record,
        event.detail, event.previous_hash,
    ]  # fmt: skip
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")


@dataclass(frozen=True)
class Walk:
    """`broken` is the first event whose place, link or seal does not hold; the walk ends there.
    `newest` is the last seal that held, and `found` whether the one asked for was among them."""

    events: int = 0
    newest: str = FIRST_HASH
    found: bool = False
    broken: AuditEvent | None = None


def walk(seal_noted: str = "") -> Walk:
    """From the first event to the last."""
    last, number, found = FIRST_HASH, 0, False
    events = db.session.scalars(
        select(AuditEvent).order_by(AuditEvent.id).execution_options(yield_per=1000)
    )
    for event in events:
        if event.id != number + 1 or event.previous_hash != last or event.hash != seal(event):
            return Walk(number, last, found, event)
        number, last = event.id, event.hash
        found = found or last == seal_noted
    return Walk(number, last, found)
