"""What to look at before two organisations are merged, and what was merged."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from lado.errors import NotFound
from lado.extensions import db
from lado.models import (
    Organisation,
    OrganisationMerge,
    OrganisationsApart,
    User,
)
from lado.queries import contacts, records_of
from lado.queries.organisations import STANDING
from lado.queries.paging import SIZE, Page, count
from lado.rules.near_names import Known, Pair, pairs


@dataclass(frozen=True)
class Weight:
    """How much of an organisation's the reader may know of."""

    contacts: int
    cases: int
    people: int


@dataclass(frozen=True)
class NearPair:
    one: Organisation
    other: Organisation
    why: str


def weight(user: User, organisation: Organisation) -> Weight:
    return Weight(
        count(contacts.contacts_of(user, organisation)),
        count(records_of.known_cases_at(user, organisation)),
        count(records_of.known_people_at(user, organisation)),
    )


def standing(organisation: Organisation) -> Sequence[OrganisationMerge]:
    """Those merged into it that were not split again."""
    return db.session.scalars(
        select(OrganisationMerge)
        .where(OrganisationMerge.into_id == organisation.id, OrganisationMerge.undone_at.is_(None))
        .order_by(OrganisationMerge.id)
        .options(joinedload(OrganisationMerge.merged), joinedload(OrganisationMerge.merged_by))
    ).all()


def find(into: Organisation, public_id: str) -> OrganisationMerge:
    found = next((each for each in standing(into) if each.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found


def near_pairs(number: int) -> Page[NearPair]:
    """Those that look like one and were not told apart, the most alike first."""
    told = {tuple(row) for row in db.session.execute(_apart())}
    found = [pair for pair in pairs(_known()) if (pair.first, pair.second) not in told]
    number = min(max(number, 1), max(1, -(-len(found) // SIZE)))
    shown = found[(number - 1) * SIZE : number * SIZE]
    return Page(_with_records(shown), number, len(found), number * SIZE < len(found))


def _apart() -> Select[int, int]:
    return select(OrganisationsApart.first_id, OrganisationsApart.second_id)


def _known() -> list[Known]:
    query = select(
        Organisation.id,
        Organisation.folded,
        Organisation.sector_id,
        Organisation.postcode,
        Organisation.source,
        Organisation.urn,
    ).where(STANDING)
    return [
        Known(
            row.id,
            row.folded,
            row.sector_id,
            row.postcode,
            (row.source, row.urn) if row.urn else None,
        )
        for row in db.session.execute(query)
    ]


def _with_records(shown: Sequence[Pair]) -> list[NearPair]:
    ids = {id_ for pair in shown for id_ in (pair.first, pair.second)}
    query = select(Organisation).where(Organisation.id.in_(ids))
    known = {
        each.id: each for each in db.session.scalars(query.options(joinedload(Organisation.sector)))
    }
    return [NearPair(known[pair.first], known[pair.second], pair.why) for pair in shown]
