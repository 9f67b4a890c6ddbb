"""Whom users declared as close to them. A list is read by nobody but the user it is of; what is
here of everybody is for comparing with who is on record."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from lado.errors import NotFound
from lado.extensions import db
from lado.models import Declaration, User
from lado.rules.conflicts import names_in
from lado.rules.matching import Called, Identity


@dataclass(frozen=True)
class Declared:
    """Somebody whose records are not for a user to see: the user themselves, or whom their
    declaration names."""

    user_id: int
    declaration_id: int | None
    identity: Identity


STANDING = select(Declaration).where(Declaration.ended_at.is_(None)).order_by(Declaration.id)


def of(user: User) -> Sequence[Declaration]:
    """Their own list as it stands: themselves first."""
    rows = db.session.scalars(STANDING.where(Declaration.user_id == user.id))
    return sorted(rows, key=lambda row: row.connection is not None)


def get(user: User, public_id: str) -> Declaration:
    query = STANDING.where(Declaration.user_id == user.id, Declaration.public_id == public_id)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def names_nobody(user: User) -> bool:
    return not any(row.connection for row in of(user))


def everybody() -> list[Declared]:
    return _declared(select(User.id, User.name), STANDING)


def of_users(ids: Collection[int]) -> list[Declared]:
    return _declared(
        select(User.id, User.name).where(User.id.in_(ids)),
        STANDING.where(Declaration.user_id.in_(ids)),
    )


def identity_of(declaration: Declaration) -> Identity:
    return Identity([Called(declaration.surname, declaration.forename)], declaration.date_of_birth)


def _declared(users: Any, standing: Any) -> list[Declared]:
    own: dict[int, list[Declaration]] = defaultdict(list)
    found = []
    for row in db.session.scalars(standing):
        if row.connection:
            found.append(Declared(row.user_id, row.id, identity_of(row)))
        else:
            own[row.user_id].append(row)
    themselves = (
        Declared(id_, None, _themselves(name, own[id_])) for id_, name in db.session.execute(users)
    )
    return [*themselves, *found]


def _themselves(name: str, rows: Sequence[Declaration]) -> Identity:
    """The date of birth they gave last."""
    born = next((row.date_of_birth for row in reversed(rows) if row.date_of_birth), None)
    return Identity([*names_in(name), *(Called(row.surname, row.forename) for row in rows)], born)
