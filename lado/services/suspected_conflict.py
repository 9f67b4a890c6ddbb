"""Who is on record is compared with users and whom they declared (R-42). What may be one of them is
closed to that user in the same transaction, until a manager has looked.

Each comparison comes after its own act's audit event: from there on one writer goes at a time, so
that of two who save a person and a declaration at once the second sees what the first saved.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, delete, select

from lado import clock
from lado.database import write_transaction
from lado.errors import Refused
from lado.extensions import db
from lado.models import (
    Associate,
    Declaration,
    Enquiry,
    EnquiryClosedTo,
    FormClosedTo,
    Person,
    PersonKey,
    PersonName,
    ReceivedForm,
    SuspectedConflict,
    User,
)
from lado.queries import declarations, enquiries, matching
from lado.queries.declarations import Declared
from lado.rules.audit import AuditAction
from lado.rules.conflicts import suspected
from lado.rules.matching import Called, Identity
from lado.rules.vocabulary import ConflictState
from lado.services import audit
from lado.services.audit import COMMAND_LINE, Actor

SETTLED = "Somebody else has settled this meanwhile."
Rows = Mapping[Table, Sequence[dict[str, Any]]]
# A user's id and a person's: the best score, and the declaration it is by.
Found = dict[tuple[int, int], tuple[int, int | None]]


def compare_person_in_transaction(person: Person, *, by: Actor) -> None:
    """New, or with other names or another date of birth: what was dismissed is asked again."""
    known = matching.with_given(None, person)
    _suspect(_best((each, person.id, known) for each in declarations.everybody()), by=by)


def compare_user_in_transaction(
    user: User, *, declaration: Declaration | None = None, by: Actor
) -> None:
    """With whoever is on record and in forms: the user, or whom `declaration` of theirs names."""
    named = declaration.id if declaration and declaration.connection else None
    mine = [one for one in declarations.of_users([user.id]) if one.declaration_id == named]
    _suspect(_best(_with_everybody(mine)), by=by)
    _close_what_came_in(mine)


def compare_register_in_transaction(rows: Rows, *, by: Actor) -> None:
    """Whom a register adds. There are many of them, so keys say who is worth comparing."""
    new = _identities(rows)
    asked: dict[int, list[Declared]] = defaultdict(list)
    for each in declarations.everybody() if new else ():
        for key in matching.keys_of(each.identity):
            asked[key].append(each)
    met = {
        (id(each), row["person_id"]): each
        for row in rows.get(cast(Table, PersonKey.__table__), ())
        for each in asked.get(row["key"], ())
    }
    pairs = ((each, person_id, new[person_id]) for (_, person_id), each in met.items())
    _suspect(_best(pairs), by=by)


def compare_form_in_transaction(form: ReceivedForm) -> None:
    known = form.adult_surname, form.adult_forename, form.adult_date_of_birth
    _close_forms(declarations.everybody(), [_of_form(form.id, *known)])


def compare_enquiry_in_transaction(enquiry: Enquiry) -> None:
    """New, or about another name: it is open to whom it was closed for the name before."""
    db.session.execute(delete(EnquiryClosedTo).where(EnquiryClosedTo.enquiry_id == enquiry.id))
    _close_enquiries(declarations.everybody(), [enquiry])


def compare_everybody() -> None:
    """Once, when an upgrade brings this in: what was on record before."""
    everybody = declarations.everybody()
    if not everybody:
        return
    with write_transaction(db.session()):
        _suspect(_best(_with_everybody(everybody)), by=COMMAND_LINE)
        _close_what_came_in(everybody)


def compare_enquiries() -> None:
    """Once, as above, where people were compared before."""
    with write_transaction(db.session()):
        _close_enquiries(declarations.everybody(), _enquiries())


def settle_in_transaction(
    found: SuspectedConflict, state: ConflictState, *, note: str = "", by: User
) -> None:
    db.session.refresh(found, with_for_update={"of": SuspectedConflict})
    if found.state is not ConflictState.PENDING:
        raise Refused(SETTLED)
    found.state, found.settled_at, found.settled_by_id = state, clock.now(), by.id
    found.note = note.strip() or None


def _best(pairs: Iterable[tuple[Declared, int, Identity]]) -> Found:
    found: Found = {}
    for each, person_id, known in pairs:
        match = suspected(each.identity, known)
        pair = each.user_id, person_id
        score = round(100 * match.score) if match else 0
        if score > found.get(pair, (0, None))[0]:
            found[pair] = score, each.declaration_id
    return found


def _suspect(found: Found, *, by: Actor) -> None:
    """What is known of already is closed already; of what waits already the better reason stays."""
    people = {person_id for _, person_id in found}
    known, waiting = _known(people), _waiting(people)
    new = [pair for pair in found if pair not in known and pair not in waiting]
    for pair, (score, declaration_id) in found.items():
        earlier = waiting.get(pair)
        if earlier and earlier.score < score:
            earlier.score, earlier.declaration_id = score, declaration_id
    for user_id, person_id in new:
        score, declaration_id = found[user_id, person_id]
        suspicion = SuspectedConflict(
            user_id=user_id, person_id=person_id, score=score, declaration_id=declaration_id
        )
        db.session.add(suspicion)
        person = db.session.get_one(Person, person_id)
        audit.record(AuditAction.CONFLICT_SUSPECTED, person, by=by, user=user_id)


def _known(people: set[int]) -> set[tuple[int, int]]:
    rows: list[Any] = []
    if people:
        close = select(Associate.user_id, Associate.person_id)
        themselves = select(User.id, User.person_id)
        rows += db.session.execute(close.where(Associate.person_id.in_(people)))
        rows += db.session.execute(themselves.where(User.person_id.in_(people)))
    return {(user_id, person_id) for user_id, person_id in rows}


def _waiting(people: set[int]) -> dict[tuple[int, int], SuspectedConflict]:
    if not people:
        return {}
    query = select(SuspectedConflict).where(
        SuspectedConflict.settled_at.is_(None), SuspectedConflict.person_id.in_(people)
    )
    return {(row.user_id, row.person_id): row for row in db.session.scalars(query)}


def _with_everybody(declared: Sequence[Declared]) -> Iterator[tuple[Declared, int, Identity]]:
    for each in declared:
        for person_id, known in matching.everybody_like(each.identity):
            yield each, person_id, known


def _identities(rows: Rows) -> dict[int, Identity]:
    """Of the people a register adds, by id."""
    people, names = cast(Table, Person.__table__), cast(Table, PersonName.__table__)
    born = {row["id"]: row["date_of_birth"] for row in rows.get(people, ())}
    return {
        row["person_id"]: Identity(
            [Called(row["surname"], row["forename"])], born[row["person_id"]]
        )
        for row in rows.get(names, ())
    }


def _forms() -> list[tuple[int, Identity]]:
    """Those that name an adult."""
    form = ReceivedForm
    columns = form.id, form.adult_surname, form.adult_forename, form.adult_date_of_birth
    named = select(*columns).where(form.adult_folded != "")
    return [_of_form(*row) for row in db.session.execute(named)]


def _of_form(
    id_: int, surname: str | None, forename: str | None, born: date | None
) -> tuple[int, Identity]:
    return id_, Identity([Called(surname or "", forename or "")], born)


def _close_what_came_in(declared: Sequence[Declared]) -> None:
    _close_forms(declared, _forms())
    _close_enquiries(declared, _enquiries())


def _close_forms(declared: Iterable[Declared], forms: Sequence[tuple[int, Identity]]) -> None:
    for form_id, user_id in _may_be(declared, forms):
        db.session.merge(FormClosedTo(received_form_id=form_id, user_id=user_id))


def _enquiries() -> Sequence[Enquiry]:
    return db.session.scalars(select(Enquiry)).all()


def _close_enquiries(declared: Iterable[Declared], asked: Iterable[Enquiry]) -> None:
    known = [(enquiry.id, enquiries.identity_of(enquiry)) for enquiry in asked]
    for enquiry_id, user_id in _may_be(declared, known):
        db.session.merge(EnquiryClosedTo(enquiry_id=enquiry_id, user_id=user_id))


def _may_be(
    declared: Iterable[Declared], known: Sequence[tuple[int, Identity]]
) -> Iterator[tuple[int, int]]:
    """Ids of what came in, and of each user whom it may concern."""
    for each in declared:
        for id_, identity in known:
            if suspected(each.identity, identity):
                yield id_, each.user_id
