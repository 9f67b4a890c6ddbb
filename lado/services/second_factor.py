"""The authenticator app and the recovery codes that stand in for it. Each code works once."""

import base64
import secrets

from flask_security import Totp
from passlib.exc import TokenError
from sqlalchemy import delete, update

from lado import clock
from lado.errors import Invalid
from lado.extensions import db, security
from lado.models import RecoveryCode, SecondFactor, User, UserSession
from lado.queries.sessions import digest
from lado.rules.accounts import CODE_SECONDS, RECOVERY_CODES
from lado.rules.audit import AuditAction
from lado.services import audit, session
from lado.services.transaction import writes

WRONG_CODE = (
    "The code is not right, or was used before. Wait for the next one in the app and enter that"
)
APP_CODE_DIGITS = 6
# 120 random bits in a spelling without 0, 1, 8 and 9: so much that a plain hash will do.
RECOVERY_BYTES = 15
GROUP = 4


class OneTimeCodes(Totp):
    """Flask-Security's factory, which leaves it to us that a code works once."""

    def step_of(self, code: str, secret: str, *, after: int) -> int | None:
        """The time step whose code this is, if it is now, one before or one after, and later
        than the step `after`."""
        try:
            match = self._totp.verify(
                code, secret, time=clock.now(), window=CODE_SECONDS, last_counter=after
            )
        except TokenError:
            return None
        return int(match.counter)


def new_secret() -> str:
    """Encrypted, so that it can wait in a cookie until the first code has come back."""
    return security.totp_factory.generate_totp_secret()


def key_and_address(user: User, secret: str) -> tuple[str, str]:
    """The key to type into an app, and the address that its picture holds."""
    factory = security.totp_factory
    return factory.get_totp_pretty_key(secret), factory.get_totp_uri(user.email, secret)


@writes(AuditAction.USER_SECOND_FACTOR_CHANGED)
def set_up(
    user: User, *, secret: str, code: str, by: User, keep: UserSession | None = None
) -> list[str]:
    """Take the app whose secret this is, once a code has shown that it works. Gives the recovery
    codes, which cannot be shown again. Sessions other than `keep` end."""
    step = _step_of(code, secret, after=-1)
    if step is None:
        raise Invalid({"code": WRONG_CODE})
    now = clock.now()
    db.session.merge(SecondFactor(user_id=user.id, secret=secret, last_step=step, added_at=now))
    session.end_all_in_transaction(user, but=keep)
    codes = _new_recovery_codes(user)
    audit.record(AuditAction.USER_SECOND_FACTOR_CHANGED, user, by=by)
    return codes


@writes(AuditAction.USER_SECOND_FACTOR_CHANGED)
def renew_recovery_codes(user: User, *, by: User) -> list[str]:
    codes = _new_recovery_codes(user)
    audit.record(AuditAction.USER_SECOND_FACTOR_CHANGED, user, by=by, recovery_codes=len(codes))
    return codes


def remove_in_transaction(user: User) -> None:
    """The app is lost: at the next sign-in the user sets up another."""
    db.session.execute(delete(SecondFactor).where(SecondFactor.user_id == user.id))
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))


def spend(user: User, code: str) -> bool:
    """Use up a code of the app or a recovery code; inside a write transaction.

    Two that send one code at the same moment both look, but only one changes the row.
    """
    code = "".join(letter for letter in code if letter.isalnum()).lower()
    spend = _spend_app_code if len(code) == APP_CODE_DIGITS else _spend_recovery_code
    return spend(user, code)


def _spend_app_code(user: User, code: str) -> bool:
    factor = db.session.get(SecondFactor, user.id)
    step = _step_of(code, factor.secret, after=factor.last_step) if factor else None
    if step is None:
        return False
    spent = db.session.execute(
        update(SecondFactor)
        .where(SecondFactor.user_id == user.id, SecondFactor.last_step < step)
        .values(last_step=step)
        .returning(SecondFactor.user_id)
    )
    return spent.first() is not None


def _spend_recovery_code(user: User, code: str) -> bool:
    spent = db.session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.user_id == user.id,
            RecoveryCode.code_sha256 == digest(code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
        .returning(RecoveryCode.id)
    )
    return spent.first() is not None


def _step_of(code: str, secret: str, *, after: int) -> int | None:
    code = "".join(code.split())
    if not code.isascii() or not code.isdigit():
        return None
    factory = security.totp_factory
    assert isinstance(factory, OneTimeCodes)  # noqa: S101 - for the type checker
    return factory.step_of(code, secret, after=after)


def _new_recovery_codes(user: User) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    db.session.add_all(RecoveryCode(user_id=user.id, code_sha256=digest(code)) for code in codes)
    return ["-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP)) for code in codes]


def _recovery_code() -> str:
    return base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().lower()
