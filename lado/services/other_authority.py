"""Which other authorities a case concerns, and who there was told (R-21)."""

from dataclasses import asdict, dataclass
from datetime import date

from lado.extensions import db
from lado.models import Case, OtherAuthority, User
from lado.queries.documents import Home
from lado.queries.links import authorities_of
from lado.rules.audit import AuditAction
from lado.rules.transfer import AuthorityPart
from lado.rules.vocabulary import Origin
from lado.services import audit
from lado.services.case_writing import lock
from lado.services.checks import Checks, next_number
from lado.services.transaction import check_version, writes


@dataclass(frozen=True)
class AuthorityDetails:
    """Named as the columns are."""

    part: AuthorityPart
    authority: str
    contact: str | None = None
    told: str | None = None
    told_on: date | None = None

    def columns(self) -> dict[str, object]:
        """Blank text is no text."""
        return {name: value or None for name, value in asdict(self).items()}


@writes(AuditAction.AUTHORITY_ADDED)
def add(case: Case, details: AuthorityDetails, *, by: User) -> OtherAuthority:
    """Also of a concluded case."""
    lock(case)
    _check(details)
    return add_in_transaction(case, details, by=by)


def add_in_transaction(
    home: Home, details: AuthorityDetails, *, by: User, origin: Origin = Origin.ENTERED
) -> OtherAuthority:
    added = OtherAuthority(
        case=home if isinstance(home, Case) else None,
        consultation=None if isinstance(home, Case) else home,
        number=next_number(authorities_of(home)),
        added_by=by,
        origin=origin,
        **details.columns(),
    )
    db.session.add(added)
    audit.record(AuditAction.AUTHORITY_ADDED, home, by=by, authority=added.number)
    return added


@writes(AuditAction.AUTHORITY_CHANGED)
def change(authority: OtherAuthority, details: AuthorityDetails, *, version: int, by: User) -> None:
    check_version(authority, version)
    _check(details)
    for name, value in details.columns().items():
        setattr(authority, name, value)
    number = authority.number
    audit.record(AuditAction.AUTHORITY_CHANGED, authority.case, by=by, authority=number)


def _check(details: AuthorityDetails) -> None:
    checks = Checks()
    checks.that(details.authority.strip(), "authority", "Enter the name of the authority")
    checks.that(details.told or not details.told_on, "told", "Enter who was told")
    checks.that(details.told_on or not details.told, "told_on", "Enter when they were told")
    checks.past(details.told_on, "told_on", "The date they were told")
    checks.done()
