"""Records that may be about a user or somebody close to them, for managers to settle (R-42)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from lado.extensions import db
from lado.models import Person, SuspectedConflict, User
from lado.queries import access, declarations, users
from lado.queries.matching import identity_of
from lado.queries.paging import Page, count, page_of
from lado.queries.people import WHERE_AND_WHAT
from lado.rules.conflicts import suspected
from lado.rules.matching import Match
from lado.rules.permissions import Permission
from lado.rules.vocabulary import ConflictState


@dataclass(frozen=True)
class Shown:
    """`match` is worked out now: None where names or dates have changed and agree no more."""

    found: SuspectedConflict
    match: Match | None


def how_many(user: User) -> int:
    return count(_to_settle(user))


def to_settle(user: User, page: int) -> Page[Shown]:
    """The oldest first."""
    found = page_of(_to_settle(user).order_by(SuspectedConflict.id).options(*_WHOM), page)
    return Page(_shown(found.items), found.number, None, found.has_next)


def shown(found: SuspectedConflict) -> Shown:
    return _shown([found])[0]


def dismissed_before(found: SuspectedConflict) -> Sequence[SuspectedConflict]:
    """Of the same user and person, under other names or dates."""
    query = select(SuspectedConflict).where(
        SuspectedConflict.user_id == found.user_id,
        SuspectedConflict.person_id == found.person_id,
        SuspectedConflict.state == ConflictState.DISMISSED,
    )
    by_whom = joinedload(SuspectedConflict.settled_by)
    return db.session.scalars(query.order_by(SuspectedConflict.id).options(by_whom)).all()


def waiting(user: User, person: Person) -> SuspectedConflict | None:
    return db.session.scalar(
        select(SuspectedConflict).where(
            SuspectedConflict.settled_at.is_(None),
            SuspectedConflict.user_id == user.id,
            SuspectedConflict.person_id == person.id,
        )
    )


def none_may_settle(user: User) -> bool:
    """Whether something waits that no manager may see, as each of them is concerned or not named on
    it. Nothing is said of it to `user` where it concerns them."""
    query = _pending(
        select(SuspectedConflict.id).where(
            SuspectedConflict.person_id.not_in(access.conflicted(user, Person))
        )
    )
    left = set(db.session.scalars(query))
    for manager in users.colleagues(Permission.CASE_SIGN_OFF) if left else ():
        left -= set(db.session.scalars(_to_settle(manager).with_only_columns(SuspectedConflict.id)))
    return bool(left)


_WHOM = (
    joinedload(SuspectedConflict.user),
    joinedload(SuspectedConflict.declaration),
    joinedload(SuspectedConflict.person).options(
        selectinload(Person.names), selectinload(Person.positions).options(*WHERE_AND_WHAT)
    ),
)


def _pending(query: Select[Any]) -> Select[Any]:
    """A user who left may know of nothing, so theirs wait until they come back."""
    return query.join(User, User.id == SuspectedConflict.user_id).where(
        SuspectedConflict.settled_at.is_(None), User.active
    )


def _to_settle(user: User) -> Select[Any]:
    return _pending(access.visible(user, SuspectedConflict))


def _shown(rows: Sequence[SuspectedConflict]) -> list[Shown]:
    themselves = {
        each.user_id: each.identity
        for each in declarations.of_users({row.user_id for row in rows})
        if each.declaration_id is None
    }
    return [
        Shown(
            row,
            suspected(
                declarations.identity_of(row.declaration)
                if row.declaration
                else themselves[row.user_id],
                identity_of(row.person),
            ),
        )
        for row in rows
    ]
