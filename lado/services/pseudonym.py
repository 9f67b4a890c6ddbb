"""A keyed hash stands for the name of an adult whose name is not kept (R-33)."""

from sqlalchemy import delete, func, select

from lado import match_keys
from lado.extensions import config, db
from lado.models import ConsultationSubject, Pseudonym
from lado.queries import settings
from lado.rules.audit import AuditAction
from lado.rules.naming import NamingPolicy, pseudonym_of
from lado.services import audit
from lado.services.audit import Actor
from lado.services.person import PersonDetails
from lado.services.transaction import writes


def keep_in_transaction(subject: ConsultationSubject, named: PersonDetails) -> None:
    """Instead of the name: hashes that recognise it, or nothing at all, as the policy says."""
    subject.pseudonyms = []
    if settings.naming_policy() is not NamingPolicy.PSEUDONYMOUS:
        return
    births = {None, named.date_of_birth}
    subject.pseudonyms = [
        Pseudonym(
            with_birth=born is not None,
            key_number=key.number,
            hash=key.hash(pseudonym_of(named.surname, named.forename, born)),
        )
        for key in match_keys.all_keys(config.instance)
        for born in births
    ]


@writes(AuditAction.MATCH_KEY_CHANGED)
def change_key(*, by: Actor) -> int:
    """From now on under a new key; what was hashed before is still recognised. Gives its number."""
    new = match_keys.add(config.instance)
    audit.record(AuditAction.MATCH_KEY_CHANGED, None, by=by, key=new.number)
    return new.number


@writes(AuditAction.MATCH_KEYS_FORGOTTEN)
def forget_old_keys(*, by: Actor) -> int:
    """Names hashed under all but the newest key are recognised no longer; the hashes go too. Gives
    the number of adults it was so for."""
    newest = match_keys.all_keys(config.instance)[-1]
    old = Pseudonym.key_number != newest.number
    kept = select(Pseudonym.subject_id).where(~old)
    lost = select(func.count(Pseudonym.subject_id.distinct())).where(
        old, Pseudonym.subject_id.not_in(kept)
    )
    adults = db.session.scalar(lost) or 0
    db.session.execute(delete(Pseudonym).where(old))
    match_keys.keep_from(config.instance, newest.number)
    audit.record(AuditAction.MATCH_KEYS_FORGOTTEN, None, by=by, adults=adults)
    return adults
