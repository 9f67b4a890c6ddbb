"""Which users have a conflict of interest about a person."""

from dataclasses import dataclass

from sqlalchemy import select

from lado.extensions import db
from lado.models import Associate, Person, User


@dataclass(frozen=True)
class Conflict:
    """`connection` is empty where the user is this person."""

    user: User
    connection: str = ""


def declared(person: Person) -> list[Conflict]:
    themselves = select(User).where(User.person_id == person.id).order_by(User.name)
    associates = (
        select(User, Associate.connection)
        .join(Associate, Associate.user_id == User.id)
        .where(Associate.person_id == person.id)
        .order_by(User.name)
    )
    return [
        *(Conflict(user) for user in db.session.scalars(themselves)),
        *(Conflict(user, connection) for user, connection in db.session.execute(associates)),
    ]
