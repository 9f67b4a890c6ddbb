"""Typed settings from the environment. Refuses to start when they are unsafe."""

import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class UnsafeSettings(Exception):
    """Says what is unsafe and what to change."""


@dataclass(frozen=True)
class Config:
    """`proxy_hops` counts the reverse proxies in front. With none, only this machine is served;
    with any, cookies are Secure and plain HTTP is refused."""

    instance: Path
    database_url: str
    secret_key: str
    demonstration: bool = False
    proxy_hops: int = 0

    @classmethod
    def from_environment(cls) -> "Config":
        instance = Path(os.environ.get("LADO_INSTANCE", ROOT / "instance")).resolve()
        instance.mkdir(parents=True, exist_ok=True)
        default_url = f"sqlite:///{instance / 'lado.sqlite'}"
        return cls(
            instance=instance,
            database_url=_driver(os.environ.get("LADO_DATABASE_URL", default_url)),
            secret_key=_secret_key(instance),
            demonstration=_switch("LADO_DEMONSTRATION"),
            proxy_hops=_whole_number("LADO_PROXY_HOPS"),
        )

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
        }


def _driver(url: str) -> str:
    """`postgresql://` means psycopg 3 here."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


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
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UnsafeSettings(f"Others can read {path}. Run: chmod 600 {path}")
    key = path.read_text().strip()
    if len(key) < 32:
        raise UnsafeSettings(f"{path} holds no usable key. Delete it to have a new one made")
    return key
