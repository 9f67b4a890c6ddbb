"""Typed settings from the environment. Refuses to start when they are unsafe."""

import hmac
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from lado import database
from lado.mail import MailServer
from lado.rules.accounts import EMAIL

SHORTEST_KEY = 32
ROOT = Path(__file__).resolve().parent.parent
OWNER_ONLY = 0o077
OTHERS = stat.S_IRWXG | stat.S_IRWXO


class UnsafeSettings(Exception):
    """Says what is unsafe and what to change."""


@dataclass(frozen=True)
class Hashing:
    """What hashing a password with argon2id costs: RFC 9106's second choice.
    Only tests lower it."""

    memory_kib: int = 64 * 1024
    rounds: int = 3
    lanes: int = 4


@dataclass(frozen=True)
class Config:
    """`proxy_hops` counts the reverse proxies in front. With none, only this machine is served;
    with any, cookies are Secure, plain HTTP is refused, and only the name in `base_url` is ours.

    `base_url` stands in front of the one-time links that commands and pages print, and in
    reminders. Without `mail` nothing leaves this machine."""

    instance: Path
    database_url: str
    secret_key: str
    demonstration: bool = False
    proxy_hops: int = 0
    base_url: str = "http://127.0.0.1:8000"
    hashing: Hashing = Hashing()
    mail: MailServer | None = None

    @classmethod
    def from_environment(cls) -> "Config":
        # Server and commands begin here: whatever they make from now on is their owner's alone.
        os.umask(OWNER_ONLY)
        instance = Path(os.environ.get("LADO_INSTANCE", ROOT / "instance")).resolve()
        instance.mkdir(parents=True, exist_ok=True)
        default_url = f"sqlite:///{instance / 'lado.sqlite'}"
        url = _driver(os.environ.get("LADO_DATABASE_URL", default_url))
        for file in database.files(url, instance):
            _keep_from_others(file)
        return cls(
            instance=instance,
            database_url=url,
            secret_key=_secret_key(instance),
            demonstration=_switch("LADO_DEMONSTRATION"),
            proxy_hops=_whole_number("LADO_PROXY_HOPS"),
            base_url=_base_url(),
            mail=_mail(),
        )._checked()

    def _checked(self) -> "Config":
        if self.proxy_hops and not self.base_url.startswith("https://"):
            raise UnsafeSettings(
                "Behind a proxy, LADO_BASE_URL must be the address that users know, such as "
                "https://lado.example.gov.uk"
            )
        return self

    def flask(self) -> dict[str, object]:
        secure = self.proxy_hops > 0
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "LADO": self,
            "MAX_CONTENT_LENGTH": 20 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
            "SESSION_COOKIE_NAME": "__Host-lado" if secure else "lado",
            "SESSION_COOKIE_SECURE": secure,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Strict",
            "WTF_CSRF_TIME_LIMIT": None,
            "RATELIMIT_STORAGE_URI": "database://",
            **self._security(),
        }

    def _security(self) -> dict[str, object]:
        """Flask-Security, without its pages, its commands and its mail."""
        return {
            "SECURITY_CLI_USERS_NAME": None,
            "SECURITY_CLI_ROLES_NAME": None,
            "SECURITY_TWO_FACTOR": True,
            "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
            "SECURITY_TWO_FACTOR_IMPLEMENTATIONS": {},
            "SECURITY_TOTP_SECRETS": {"1": self.derived_key("second factor")},
            "SECURITY_TOTP_ISSUER": "LADO register",
            "SECURITY_PASSWORD_SCHEMES": ["argon2"],
            "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},
            "SECURITY_PASSWORD_NORMALIZE_FORM": None,
            "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
                "argon2__type": "ID",
                "argon2__memory_cost": self.hashing.memory_kib,
                "argon2__time_cost": self.hashing.rounds,
                "argon2__parallelism": self.hashing.lanes,
            },
        }

    def one_time_link(self, token: str) -> str:
        return f"{self.base_url}/invitation?token={token}"

    def derived_key(self, purpose: str) -> str:
        """A key for one purpose, which tells nothing of the secret key."""
        return hmac.digest(self.secret_key.encode(), purpose.encode(), "sha256").hex()


def _driver(url: str) -> str:
    """`postgresql://` means psycopg 3 here."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _base_url() -> str:
    port = os.environ.get("PORT", "8000")
    url = os.environ.get("LADO_BASE_URL", f"http://127.0.0.1:{port}").rstrip("/")
    if not url.startswith(("http://", "https://")):
        raise UnsafeSettings(f"LADO_BASE_URL starts with https://, not {url!r}")
    return url


def _mail() -> MailServer | None:
    url, sender = os.environ.get("LADO_SMTP_URL", ""), os.environ.get("LADO_MAIL_FROM", "")
    if not url:
        return None
    if not EMAIL.fullmatch(sender):
        raise UnsafeSettings("LADO_MAIL_FROM is the address that reminders come from")
    try:
        return MailServer.of(url, sender)
    except ValueError:
        raise UnsafeSettings(
            "LADO_SMTP_URL is like smtps://user:password@mail.example.gov.uk:465"
        ) from None


def _switch(name: str) -> bool:
    value = os.environ.get(name, "0")
    if value not in {"0", "1"}:
        raise UnsafeSettings(f"{name} is 0 or 1, not {value!r}")
    return value == "1"


def _whole_number(name: str) -> int:
    value = os.environ.get(name, "0")
    if not value.isdecimal():
        raise UnsafeSettings(f"{name} is a whole number, not {value!r}")
    return int(value)


def _keep_from_others(file: Path) -> None:
    """The database may have been put there by another program, with the mode that it gave."""
    if not file.exists() or not file.stat().st_mode & OTHERS:
        return
    try:
        file.chmod(0o600)
    except OSError:
        raise UnsafeSettings(f"Others can read {file}. Run: chmod 600 {file}") from None


def _secret_key(instance: Path) -> str:
    """From a file only its owner can read, made at the first start."""
    path = instance / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    if path.stat().st_mode & OTHERS:
        raise UnsafeSettings(f"Others can read {path}. Run: chmod 600 {path}")
    key = path.read_text().strip()
    if len(key) < SHORTEST_KEY:
        raise UnsafeSettings(f"{path} holds no usable key. Delete it to have a new one made")
    return key
