"""Numbered keys in a file of the instance folder that only its owner can read, the newest last."""

import fcntl
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

from lado.config import OTHERS, UnsafeSettings
from lado.errors import Refused


@dataclass(frozen=True)
class NumberedKey:
    number: int
    secret: str


@dataclass(frozen=True)
class KeyFile:
    path: Path

    def all_keys(self) -> Sequence[NumberedKey]:
        """The oldest first; the first one is made when it is asked for."""
        if not self.path.exists():
            self._make_first()
        if self.path.stat().st_mode & OTHERS:
            raise UnsafeSettings(f"Others can read {self.path}. Run: chmod 600 {self.path}")
        try:
            lines = (line.split() for line in self.path.read_text().splitlines())
            keys = [NumberedKey(int(number), secret) for number, secret in lines]
        except ValueError:
            keys = []
        if not keys:
            raise Refused(f"The file {self.path.name} is damaged. Put it back from its copy.")
        return keys

    def add(self) -> NumberedKey:
        with self._alone():
            keys = self.all_keys()
            new = _new(keys[-1].number + 1)
            self._write([*keys, new])
        return new

    def keep_from(self, number: int) -> None:
        with self._alone():
            self._write([key for key in self.all_keys() if key.number >= number])

    @property
    def changed_at(self) -> float:
        """As a timestamp."""
        return self.path.stat().st_mtime

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Of two that change it at once neither loses the other's key."""
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def _make_first(self) -> None:
        """Of several who make it at once one does, and the others read it."""
        new = self._written_beside([_new(1)])
        with suppress(FileExistsError):
            self.path.hardlink_to(new)
        new.unlink()

    def _write(self, keys: Sequence[NumberedKey]) -> None:
        """Whole or not at all, whatever happens on the way."""
        self._written_beside(keys).replace(self.path)

    def _written_beside(self, keys: Sequence[NumberedKey]) -> Path:
        descriptor, name = mkstemp(dir=self.path.parent, prefix=f"{self.path.name}.")
        with os.fdopen(descriptor, "w") as file:
            file.writelines(f"{key.number} {key.secret}\n" for key in keys)
            file.flush()
            os.fsync(file.fileno())
        return Path(name)


def _new(number: int) -> NumberedKey:
    return NumberedKey(number, secrets.token_urlsafe(32))
