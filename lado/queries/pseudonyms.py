"""Earlier consultations about adults who were not named, but whose name was this one (R-33)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased, selectinload

from lado import match_keys
from lado.extensions import config, db
from lado.models import Consultation, ConsultationSubject, Person, Pseudonym, User
from lado.queries import access
from lado.queries.consultations import Listed, newest
from lado.rules.matching import Called, Identity
from lado.rules.naming import pseudonyms_asked

MOST = 20


def unnamed_like(user: User, asked: Identity, *, but: int | None = None) -> Sequence[Listed]:
    """The newest first, one more than MOST when there are more. Where a date of birth is known on
    both sides it must agree. `but` is the id of a consultation that is left out; so is each that
    fits the user's own name, or somebody's who is close to them (R-42)."""
    if not db.session.scalar(select(exists(select(Pseudonym.subject_id)))):
        return ()
    theirs = or_(*(_fits(each) for each in _close_to(user)))
    query = access.visible(user, Consultation).where(
        Consultation.id.in_(_consultations(_fits(asked))),
        Consultation.id.not_in(_consultations(theirs)),
        Consultation.id != (but or 0),
    )
    return newest(query, MOST + 1)


def _close_to(user: User) -> Iterator[Identity]:
    words = user.name.split()
    yield Identity([Called(" ".join(words[n:]), " ".join(words[:n])) for n in range(len(words))])
    people = access.close_to(user).options(selectinload(Person.names))
    for person in db.session.scalars(people):
        names = [Called(name.surname, name.forename) for name in person.names]
        yield Identity(names, person.date_of_birth)


def _consultations(fits: ColumnElement[bool]) -> Select[int]:
    """Ids of those with an adult whose hash fits."""
    return (
        select(ConsultationSubject.consultation_id)
        .join(Pseudonym, Pseudonym.subject_id == ConsultationSubject.id)
        .where(fits)
    )


def _fits(asked: Identity) -> ColumnElement[bool]:
    return _one_of(_hashes(asked, asked.born) if asked.born else (), _hashes(asked, None))


def _one_of(with_birth: Collection[str], by_name: Collection[str]) -> ColumnElement[bool]:
    """Where a date of birth is known on both sides it must agree."""
    born_known = aliased(Pseudonym)
    no_birth = ~exists().where(born_known.subject_id == Pseudonym.subject_id, born_known.with_birth)
    name_alone = and_(~Pseudonym.with_birth, Pseudonym.hash.in_(by_name))
    return or_(
        Pseudonym.hash.in_(with_birth), and_(name_alone, no_birth) if with_birth else name_alone
    )


def like(user: User, subject: ConsultationSubject) -> Sequence[Listed]:
    """Of an adult who is not named: other such consultations with the same hash. A hash cannot be
    varied as a name can: who was called Jon then is not found by Jonathan."""
    own = [[p.hash for p in subject.pseudonyms if p.with_birth is born] for born in (True, False)]
    query = access.visible(user, Consultation).where(
        Consultation.id.in_(_consultations(_one_of(*own))),
        Consultation.id != subject.consultation_id,
    )
    return newest(query, MOST + 1)


def _hashes(asked: Identity, born: date | None) -> set[str]:
    texts: set[str] = set()
    for name in asked.names:
        texts |= pseudonyms_asked(name.surname, name.forename, born)
    return set(_hashed(texts))


def _hashed(texts: Iterable[str]) -> Iterable[str]:
    keys = match_keys.all_keys(config.instance)
    return (key.hash(text) for text in texts for key in keys)
