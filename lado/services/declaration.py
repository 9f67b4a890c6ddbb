"""Users declare their own names and who is close to them; nobody does it for another (R-42)."""

from datetime import date

from sqlalchemy import select

from lado import clock
from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import Declaration, User
from lado.queries import declarations
from lado.rules.audit import AuditAction
from lado.rules.folding import fold
from lado.services import audit
from lado.services.suspected_conflict import compare_user_in_transaction
from lado.services.transaction import writes

NAMES_SOMEBODY = "You have named somebody. Take them off your list first."


@writes(AuditAction.DECLARATION_MADE)
def declare(
    *,
    surname: str,
    forename: str = "",
    date_of_birth: date | None = None,
    connection: str | None,
    by: User,
) -> Declaration:
    """`connection` is None for a name of their own, with the date of birth."""
    _lock(by)
    _check(surname, date_of_birth, connection)
    declaration = Declaration(
        user_id=by.id, surname=surname, forename=forename, date_of_birth=date_of_birth,
        connection=connection,
    )  # fmt: skip
    if _what(declaration) in map(_what, declarations.of(by)):
        raise Invalid({"surname": "This name is already on your list"})
    db.session.add(declaration)
    if connection:
        by.nobody_close_on = None
    audit.record(AuditAction.DECLARATION_MADE, by, by=by)
    compare_user_in_transaction(by, declaration=declaration, by=by)
    return declaration


@writes(AuditAction.DECLARATION_TAKEN_OFF)
def take_off(declaration: Declaration, *, by: User) -> None:
    """It is kept, and opens nothing: what was found by it stays closed until a manager has looked,
    so that nobody can let themselves in."""
    declaration.ended_at = clock.now()
    audit.record(AuditAction.DECLARATION_TAKEN_OFF, by, by=by)


@writes(AuditAction.DECLARATION_NOBODY)
def say_nobody(*, by: User) -> None:
    _lock(by)
    if not declarations.names_nobody(by):
        raise Refused(NAMES_SOMEBODY)
    by.nobody_close_on = clock.today()
    audit.record(AuditAction.DECLARATION_NOBODY, by, by=by)


def _lock(user: User) -> None:
    db.session.execute(select(User.id).where(User.id == user.id).with_for_update())


def _check(surname: str, born: date | None, connection: str | None) -> None:
    messages = {}
    if not fold(surname):
        messages["surname"] = "Enter a surname that has letters in it"
    if born and born > clock.today():
        messages["date_of_birth"] = "Date of birth must be in the past"
    if connection is not None and not connection.strip():
        messages["connection"] = "Enter how you are connected"
    if messages:
        raise Invalid(messages)


def _what(declaration: Declaration) -> tuple[str, date | None, bool]:
    name = fold(f"{declaration.surname} {declaration.forename}")
    return name, declaration.date_of_birth, declaration.connection is None
