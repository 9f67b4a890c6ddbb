"""How often something may be tried, counted in the database so that all processes agree."""

import hashlib
from datetime import timedelta
from ipaddress import IPv4Address, ip_address

from limits import RateLimitItemPerMinute
from limits.storage import Storage
from sqlalchemy import case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from lado import clock
from lado.extensions import db, limiter
from lado.models import RateCount
from lado.rules.accounts import (
    ACCOUNT,
    ACCOUNT_HERE,
    ADDRESS,
    CODE,
    EVERYWHERE,
    FORM_EVERYWHERE,
    FORM_FROM_HERE,
    Rate,
)

NETWORK_BITS = 64


class DatabaseStorage(Storage):
    """What Flask-Limiter keeps its counts in. Each count is one statement in a transaction of its
    own, so that a request that fails has been counted all the same."""

    STORAGE_SCHEME = ["database"]  # noqa: RUF012 - a plain list in the base class

    @property
    def base_exceptions(self) -> type[Exception]:
        return Exception

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = clock.now()
        over = RateCount.expires_at <= now
        ends = now + timedelta(seconds=expiry)
        with Session(db.engine) as session, session.begin():
            insert = postgresql.insert if _is_postgresql(session) else sqlite.insert
            new = insert(RateCount).values(key=key, count=amount, expires_at=ends)
            counted = new.on_conflict_do_update(
                index_elements=[RateCount.key],
                set_={
                    "count": case((over, amount), else_=RateCount.count + amount),
                    "expires_at": case((over, new.excluded.expires_at), else_=RateCount.expires_at),
                },
            )
            count = int(session.scalars(counted.returning(RateCount.count)).one())
            if count == amount:
                session.execute(delete(RateCount).where(over))
            return count

    def get(self, key: str) -> int:
        standing = RateCount.key == key, RateCount.expires_at > clock.now()
        with Session(db.engine) as session:
            return session.scalar(select(RateCount.count).where(*standing)) or 0

    def get_expiry(self, key: str) -> float:
        with Session(db.engine) as session:
            ends = session.scalar(select(RateCount.expires_at).where(RateCount.key == key))
        return (ends or clock.now()).timestamp()

    def check(self) -> bool:
        with Session(db.engine) as session:
            return session.scalar(select(1)) == 1

    def reset(self) -> int | None:
        with Session(db.engine) as session, session.begin():
            return len(session.scalars(delete(RateCount).returning(RateCount.key)).all())

    def clear(self, key: str) -> None:
        with Session(db.engine) as session, session.begin():
            session.execute(delete(RateCount).where(RateCount.key == key))


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def may_try_password(email: str, address: str) -> tuple[bool, bool]:
    """Count one try. First: whether the server has time for it at all. Second: whether this
    account may be tried.

    What a narrow window refuses is not counted in the wider one, or one address could use up
    what is there for all."""
    account, place = _hidden(email), _hidden(_place(address))
    has_time = _hit(ADDRESS, "sign-in", place) and _hit(EVERYWHERE, "sign-in")
    allowed = (
        has_time
        and _hit(ACCOUNT_HERE, "sign-in", account, place)
        and _hit(ACCOUNT, "sign-in", account)
    )
    return has_time, allowed


def password_was_right(email: str, address: str) -> None:
    account, place = _hidden(email), _hidden(_place(address))
    limiter.limiter.clear(_item(ACCOUNT_HERE), "sign-in", account, place)
    limiter.limiter.clear(_item(ACCOUNT), "sign-in", account)


def may_try_code(user_public_id: str) -> bool:
    return _hit(CODE, "code", user_public_id)


def code_was_right(user_public_id: str) -> None:
    limiter.limiter.clear(_item(CODE), "code", user_public_id)


def may_send_form(address: str) -> bool:
    """Count one referral form that could be taken."""
    here = _hit(FORM_FROM_HERE, "form", _hidden(_place(address)))
    return here and _hit(FORM_EVERYWHERE, "form")


def _hit(rate: Rate, *names: str) -> bool:
    return limiter.limiter.hit(_item(rate), *names)


def _item(rate: Rate) -> RateLimitItemPerMinute:
    return RateLimitItemPerMinute(rate.tries, rate.minutes)


def _place(address: str) -> str:
    """Whoever has one IPv6 address has the 2^64 of its network."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv4Address):
        return str(ip)
    return str(ip.ipv4_mapped or int(ip) >> NETWORK_BITS)


def _hidden(name: str) -> str:
    """E-mail and network addresses are not left lying about in clear."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]
