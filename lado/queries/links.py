"""What a case belongs together with, as far as the reader may know of it."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from lado.errors import NotFound
from lado.extensions import db
from lado.models import Case, MatterCase, OtherAuthority, User
from lado.queries import access, records_of
from lado.queries.cases import row_options
from lado.queries.documents import Home


def membership(case: Case) -> MatterCase | None:
    """In the matter that it belongs to now."""
    query = (
        select(MatterCase)
        .where(MatterCase.case_id == case.id, MatterCase.left_at.is_(None))
        .options(joinedload(MatterCase.matter), joinedload(MatterCase.joined_by))
    )
    return db.session.scalar(query)


def left_matters(case: Case) -> Sequence[MatterCase]:
    query = (
        select(MatterCase)
        .where(MatterCase.case_id == case.id, MatterCase.left_at.is_not(None))
        .order_by(MatterCase.id.desc())
        .options(joinedload(MatterCase.matter), joinedload(MatterCase.left_by))
    )
    return db.session.scalars(query).all()


def others_in_matter(user: User, joined: MatterCase) -> Sequence[Case]:
    members = select(MatterCase.case_id).where(
        MatterCase.matter_id == joined.matter_id, MatterCase.left_at.is_(None)
    )
    query = access.visible(user, Case).where(Case.id.in_(members), Case.id != joined.case_id)
    return db.session.scalars(query.order_by(Case.id).options(*row_options())).all()


def same_person(user: User, case: Case) -> list[Case]:
    """By every record that is linked as of the same person."""
    about = records_of.cases_about(user, case.person) if case.person else []
    return [other for other in about if other.id != case.id]


def same_setting(user: User, case: Case) -> list[Case]:
    """That of which the case is, or where its adult works."""
    place = case.organisation or case.position.organisation
    there = records_of.cases_at(user, place) if place else []
    return [other for other in there if other.id != case.id]


def authorities_of(home: Home, consultations: Collection[int] = ()) -> Sequence[OtherAuthority]:
    """Also those of `consultations`, which the reader may know of."""
    of_case = OtherAuthority.case_id == home.id
    own = of_case if isinstance(home, Case) else OtherAuthority.consultation_id == home.id
    query = (
        select(OtherAuthority)
        .where(or_(own, OtherAuthority.consultation_id.in_(consultations)))
        .order_by(OtherAuthority.id)
        .options(
            joinedload(OtherAuthority.added_by),
            joinedload(OtherAuthority.pack_made_by),
            joinedload(OtherAuthority.consultation),
        )
    )
    return db.session.scalars(query).all()


def authority(case: Case, number: int) -> OtherAuthority:
    found = db.session.scalar(
        select(OtherAuthority).where(
            OtherAuthority.case_id == case.id, OtherAuthority.number == number
        )
    )
    if found is None:
        raise NotFound
    return found
