"""What is typed into a form is kept on the way, and forgotten when the form is saved."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select

from lado import clock
from lado.database import write_transaction
from lado.errors import NotFound, Refused
from lado.extensions import db
from lado.models import Draft, User
from lado.queries import settings
from lado.rules.audit import AuditAction
from lado.rules.drafts import LONGEST_DRAFT, MOST_DRAFTS, DraftForm
from lado.services import audit
from lado.services.transaction import together_with, writes

Pairs = Sequence[tuple[str, str]]

TOO_LONG = "This is too long to be kept as a draft. Save the form itself, or take something out."
TOO_MANY = (
    f"You have {MOST_DRAFTS} drafts, which is the most there can be. Throw away one that you do "
    "not need."
)
SAVED_BEFORE = (
    "This form was saved before, so it was not saved once more. Look at what is on record. If it "
    "is to be saved twice all the same, press the button again."
)


class SavedBefore(Refused):
    """The same form was sent twice."""


@dataclass(frozen=True)
class Place:
    """The form that a draft belongs to."""

    form: DraftForm
    record: str | None = None
    part: int | None = None


@dataclass(frozen=True)
class Window:
    """One page on which a form is open. It writes to `draft` as long as nobody else does: the last
    to save there was this `page`, or the one `after` which it was opened. A second window of the
    same author that finds it changed keeps what is typed in it under its own id, `page`."""

    draft: str
    page: str
    after: str = ""


def save(window: Window, *, place: Place, typed: Pairs, by: User) -> Draft | None:
    """None when the form itself was saved already and this came too late.

    Leaves no event, as it happens every few seconds and says nothing but that somebody types.
    Raises Refused when it is too long or too much.
    """
    text = json.dumps([list(pair) for pair in typed])
    if len(text) > LONGEST_DRAFT:
        raise Refused(TOO_LONG)
    with write_transaction(db.session()):
        delete_old_in_transaction(by=by)
        name, draft = _draft_of(window, place, by)
        if draft is None:
            draft = _begin(name, place, by)
        if draft.finished_at:
            return None
        draft.typed, draft.page, draft.saved_at = text, window.page, clock.now()
        return draft


@writes(AuditAction.DRAFT_DISCARDED)
def discard(draft: Draft, *, by: User) -> None:
    db.session.delete(draft)
    audit.record(AuditAction.DRAFT_DISCARDED, draft, by=by)


@contextmanager
def finished_with(window: Window, place: Place, *, by: User) -> Iterator[None]:
    """The draft goes in the transaction of the service called within. Raises SavedBefore when the
    form was saved already."""
    with together_with(lambda: finish_in_transaction(window, place, by=by)):
        yield


def finish_in_transaction(window: Window, place: Place, *, by: User) -> None:
    first = _found(window.draft, place, by)
    name, draft = _draft_of(window, place, by)
    if any(each and each.finished_at for each in (first, draft)):
        raise SavedBefore(SAVED_BEFORE)
    draft = draft or _made(name, place, by)
    draft.typed, draft.page = "[]", window.page
    draft.saved_at = draft.finished_at = clock.now()


def delete_old_in_transaction(*, by: User) -> None:
    """Everybody's, since those who left throw nothing away."""
    old = Draft.saved_at < clock.now() - timedelta(days=settings.get_number("draft_days"))
    query = select(func.count()).select_from(Draft).where(old, Draft.finished_at.is_(None))
    number = db.session.scalar(query)
    db.session.execute(delete(Draft).where(old))
    if number:
        audit.record(AuditAction.DRAFTS_EXPIRED, None, by=by, drafts=number)


def _draft_of(window: Window, place: Place, by: User) -> tuple[str, Draft | None]:
    """The id that this window writes to, and what is there."""
    draft = _found(window.draft, place, by)
    if draft is None or draft.page in (window.page, window.after):
        return window.draft, draft
    return window.page, _found(window.page, place, by)


def _found(public_id: str, place: Place, by: User) -> Draft | None:
    query = select(Draft).where(Draft.public_id == public_id).with_for_update()
    draft = db.session.scalar(query)
    if draft and (draft.author_id != by.id or Place(draft.form, draft.record, draft.part) != place):
        raise NotFound
    return draft


def _begin(public_id: str, place: Place, by: User) -> Draft:
    standing = select(Draft.id).where(Draft.author_id == by.id, Draft.finished_at.is_(None))
    if len(db.session.scalars(standing).all()) >= MOST_DRAFTS:
        raise Refused(TOO_MANY)
    return _made(public_id, place, by)


def _made(public_id: str, place: Place, by: User) -> Draft:
    now = clock.now()
    draft = Draft(
        public_id=public_id, author_id=by.id, form=place.form, record=place.record,
        part=place.part, typed="[]", page="", created_at=now, saved_at=now,
    )  # fmt: skip
    db.session.add(draft)
    return draft
