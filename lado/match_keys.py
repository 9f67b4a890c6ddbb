"""Keys under which a name and a date of birth become a hash (R-33).

They lie in a file of the instance folder that only its owner can read, apart from the database:
with the hashes alone nobody can try names out. Each line is a number and a key, the newest last.
Hashes made under an older key are still recognised until that key is forgotten.
"""

import hmac
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

from lado.config import OTHERS, UnsafeSettings

FILE = "match_keys"


@dataclass(frozen=True)
class MatchKey:
    number: int
    secret: str

    def hash(self, text: str) -> str:
        return hmac.new(self.secret.encode(), text.encode(), "sha256").hexdigest()


def all_keys(instance: Path) -> Sequence[MatchKey]:
    """The oldest first; the first one is made when it is asked for."""
    path = instance / FILE
    if not path.exists():
        _make_first(path)
    if path.stat().st_mode & OTHERS:
        raise UnsafeSettings(f"Others can read {path}. Run: chmod 600 {path}")
    lines = (line.split() for line in path.read_text().splitlines())
    return [MatchKey(int(number), secret) for number, secret in lines]


def add(instance: Path) -> MatchKey:
    keys = all_keys(instance)
    new = _new(keys[-1].number + 1)
    _write(instance / FILE, [*keys, new])
    return new


def keep_newest(instance: Path) -> None:
    _write(instance / FILE, all_keys(instance)[-1:])


def _new(number: int) -> MatchKey:
    return MatchKey(number, secrets.token_urlsafe(32))


def _make_first(path: Path) -> None:
    """Of several who make it at once one does, and the others read it."""
    new = _written_beside(path, [_new(1)])
    with suppress(FileExistsError):
        path.hardlink_to(new)
    new.unlink()


def _write(path: Path, keys: Sequence[MatchKey]) -> None:
    """Whole or not at all, whatever happens on the way."""
    _written_beside(path, keys).replace(path)


def _written_beside(path: Path, keys: Sequence[MatchKey]) -> Path:
    descriptor, name = mkstemp(dir=path.parent, prefix=f"{path.name}.")
    with os.fdopen(descriptor, "w") as file:
        file.writelines(f"{key.number} {key.secret}\n" for key in keys)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)
