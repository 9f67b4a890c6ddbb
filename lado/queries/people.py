"""Finding people. Every query starts at `access.visible`."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from lado import clock
from lado.extensions import db
from lado.models import Person, PersonName, Position, User
from lado.queries import access
from lado.queries.keyset import Cursor, Order, Page, in_order, page_of
from lado.rules.folding import fold
from lado.rules.vocabulary import NameKind

MOST_FOUND = 50
MOST_WORDS = 8
WHERE_AND_WHAT = (
    joinedload(Position.role),
    joinedload(Position.sector),
    joinedload(Position.organisation),
)
WITH_LIST = (
    selectinload(Person.names),
    selectinload(Person.positions).options(*WHERE_AND_WHAT),
)


def by_name(user: User) -> Select[Person]:
    """Everybody whom `user` may know of, in the order of their current names."""
    return _with_name(user).order_by(PersonName.folded, Person.id).options(*WITH_LIST)


def page_of_list(user: User, cursor: Cursor, *, backwards: bool = False) -> Page[Person]:
    """Everybody whom `user` may know of, by their current names."""
    order = Order.by(Person, PersonName.folded, descending=backwards)
    rows = in_order(Person, *WITH_LIST)
    return page_of(_with_name(user), (), order, cursor, rows)


def _with_name(user: User) -> Select[Person]:
    is_current = and_(PersonName.person_id == Person.id, PersonName.kind == NameKind.CURRENT)
    return access.visible(user, Person).join(PersonName, is_current)


def has_several_roles(person: Person) -> bool:
    """More than one position that goes on; the same one stated twice is one."""
    today = clock.today()
    going_on = (each for each in person.positions if not each.held_to or each.held_to >= today)
    return len({(each.role_id, each.organisation_id, each.sector_id) for each in going_on}) > 1


def search(user: User, name: str, born: date | None) -> Sequence[Person]:
    """Those one of whose names has every word of `name` at the start of a word, whatever the
    order, case and accents. One more than MOST_FOUND says that there are more."""
    query = by_name(user)
    for word in fold(name).split()[:MOST_WORDS]:
        query = query.where(Person.id.in_(_named(word)))
    if born:
        query = query.where(Person.date_of_birth == born)
    return db.session.scalars(query.limit(MOST_FOUND + 1)).all()


def _named(word: str) -> Select[int]:
    folded = PersonName.folded
    return select(PersonName.person_id).where(
        or_(
            folded.startswith(word, autoescape=True),
            folded.contains(f" {word}", autoescape=True),
        )
    )
