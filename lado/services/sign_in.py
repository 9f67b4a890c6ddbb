"""Somebody says who they are, and proves it twice."""

import logging

from sqlalchemy import update

from lado.errors import Invalid
from lado.extensions import db
from lado.models import User
from lado.queries import users
from lado.rules.audit import AuditAction
from lado.services import audit, password, second_factor, session, throttle
from lado.services.transaction import writes

log = logging.getLogger(__name__)


def check_password(email: str, typed: str, *, address: str) -> User | None:
    """The user, when there is one with this password who may sign in.

    Why it failed shows neither in the answer nor in the time it takes: not known, wrong, disabled
    and tried too often are one. Only when a whole address or the world tries too often is there
    no time spent on hashing.
    """
    has_time, allowed = throttle.may_try_password(email.lower(), address)
    if not has_time:
        log.warning("Sign-in refused: too many tries from one address or in all")
        return None
    user = users.by_email(email)
    right = password.is_right(user, typed)
    if not allowed:
        log.warning("Sign-in refused: too many tries for one account")
        return None
    if user is None or not right or not user.active:
        failed(user)
        return None
    throttle.password_was_right(email.lower(), address)
    password.renew_hash(user, typed)
    return user


def confirm(user: User, typed: str, *, address: str) -> bool:
    """Whether somebody who is signed in still knows their password."""
    return check_password(user.email, typed, address=address) is not None


def with_code(user: User, code: str) -> str:
    """Begin the session of somebody whose password was right; the token goes into the cookie."""
    if throttle.may_try_code(user.public_id):
        try:
            token = _with_code(user, code)
        except Invalid:
            failed(user, step=2)
            raise
        throttle.code_was_right(user.public_id)
        return token
    log.warning("Sign-in refused: too many codes for one account")
    raise Invalid({"code": second_factor.WRONG_CODE})


@writes(AuditAction.USER_SIGNED_IN)
def _with_code(user: User, code: str) -> str:
    if not second_factor.spend(user, code):
        raise Invalid({"code": second_factor.WRONG_CODE})
    return session.start_in_transaction(user)


@writes(AuditAction.USER_SIGN_IN_FAILED)
def failed(user: User | None, *, step: int = 1) -> None:
    if user:
        more = User.failed_sign_ins + 1
        db.session.execute(update(User).where(User.id == user.id).values(failed_sign_ins=more))
    audit.record(AuditAction.USER_SIGN_IN_FAILED, user, by=None, step=step)
