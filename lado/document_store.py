"""Documents on the disk: encrypted, in a folder that nothing serves, under names that say nothing.

The keys lie in a file of their own in the instance folder (`document_keys`). A file is whole before
a row of the database speaks of it; one that no row speaks of is swept by `flask documents check`.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from secrets import token_urlsafe

from lado import clock, sealed
from lado.errors import Refused
from lado.key_file import KeyFile, NumberedKey

FOLDER = "documents"
KEYS = "document_keys"
UNFINISHED = ".part"
NAME = re.compile(r"[A-Za-z0-9_-]{22}")
# Longer than the slowest upload takes to be stored.
ABANDONED_AFTER = 24 * 60 * 60
NO_ROOM = (
    "The file could not be stored: the disk of this system may be full. Nothing was saved. Tell "
    "whoever runs the system, then choose the file again."
)
MISSING = "The stored file of this document is missing. Tell whoever runs the system."
OTHER_KEY = (
    "The stored file of this document was encrypted with a key that this installation does not "
    "have. Tell whoever runs the system: the file of keys must be put back."
)
DAMAGED = (
    "The stored file of this document is damaged: it was cut short or changed since it was stored. "
    "Nothing of it is shown. Tell whoever runs the system: it is in a backup."
)


class Missing(sealed.Unreadable):
    pass


@dataclass(frozen=True)
class Stored:
    """`sha256` and `size` are those of the content."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class DocumentStore:
    instance: Path

    @property
    def folder(self) -> Path:
        folder = self.instance / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def _path(self, name: str) -> Path:
        """A name may come out of an address: it leads nowhere else."""
        if not NAME.fullmatch(name):
            raise FileNotFoundError
        return self.folder / name

    @property
    def key_file(self) -> KeyFile:
        return KeyFile(self.instance / KEYS)

    def write(self, content: Iterable[bytes], owner: str = "") -> Stored:
        """What has an `owner` is read for them only."""
        name, counted = token_urlsafe(16), _Counted(content)
        with _if_there_is_room(), self._whole_or_gone(name):
            self._write_under_newest(name, counted, _purpose(name, owner))
        return Stored(name, counted.size, counted.digest.hexdigest())

    def _write_under_newest(self, name: str, content: Iterable[bytes], purpose: bytes) -> None:
        """The key may be changed meanwhile, and the earlier one forgotten."""
        newest = self.key_file.all_keys()[-1]
        secret = _secret(newest)
        self._write(name, content, secret, purpose)
        if self.key_file.all_keys()[-1] != newest:
            with self._path(name).open("rb") as file:
                self._write_under_newest(name, sealed.unseal(file, [secret], purpose), purpose)

    def write_for_others(
        self, content: Iterable[bytes], secret: sealed.Secret, purpose: bytes
    ) -> Stored:
        """Under a secret of its own, which is kept nowhere; `sha256` and `size` are of the file."""
        name = token_urlsafe(16)
        with _if_there_is_room(), self._whole_or_gone(name):
            self._write(name, content, secret, purpose)
        counted = _read_through(self.as_it_lies(name))
        return Stored(name, counted.size, counted.digest.hexdigest())

    def as_it_lies(self, name: str) -> Iterator[bytes]:
        """Without opening it."""
        with self._path(name).open("rb") as file:
            while piece := file.read(sealed.CHUNK):
                yield piece

    def read(self, name: str, sha256: str) -> Iterator[bytes]:
        """All of it is checked before the first byte is given. Raises Unreadable, in words."""
        with _in_words():
            counted = _read_through(self.unchecked(name))
            if counted.digest.hexdigest() != sha256:
                raise sealed.Damaged(DAMAGED)
        return self.unchecked(name)

    def unchecked(self, name: str, owner: str = "") -> Iterator[bytes]:
        with self._path(name).open("rb") as file:
            yield from sealed.unseal(file, self._secrets(), _purpose(name, owner))

    def remove(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def sweep(self, known: set[str]) -> int:
        """Delete what no row speaks of and nobody is writing any more; gives how many."""
        before = clock.now().timestamp() - ABANDONED_AFTER
        left = [
            path
            for path in self.folder.iterdir()
            if path.name not in known and path.stat().st_mtime < before
        ]
        for path in left:
            path.unlink()
        return len(left)

    def is_under_newest_key(self, name: str) -> bool:
        with self._path(name).open("rb") as file:
            return sealed.is_sealed_with(file, self._secrets()[-1], _purpose(name))

    def under_older_keys(self, owners: Iterable[str]) -> int:
        """How many files of nobody or of one of `owners` there are, unfinished ones too."""
        older, everybody = self._secrets()[:-1], ["", *owners]
        return sum(_is_under(older, path, everybody) for path in self.folder.iterdir())

    def encrypt_anew(self, name: str) -> None:
        """Under the newest key; the old file stands until the new one is whole."""
        with _if_there_is_room(), _in_words():
            self._write_under_newest(name, self.unchecked(name), _purpose(name))

    def is_there(self, name: str) -> bool:
        return self._path(name).exists()

    def _secrets(self) -> list[sealed.Secret]:
        return [_secret(key) for key in self.key_file.all_keys()]

    def _write(
        self, name: str, content: Iterable[bytes], secret: sealed.Secret, purpose: bytes
    ) -> None:
        part = self.folder / f"{name}.{token_urlsafe(6)}{UNFINISHED}"
        try:
            with part.open("wb") as file:
                os.fchmod(file.fileno(), 0o600)
                sealed.seal(content, file, secret, purpose)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._path(name))
        finally:
            part.unlink(missing_ok=True)
        _keep_names(self.folder)

    @contextmanager
    def _whole_or_gone(self, name: str) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.remove(name)
            raise


def _secret(key: NumberedKey) -> sealed.Secret:
    return sealed.key(key.secret.encode())


def _is_under(secrets: Iterable[sealed.Secret], path: Path, owners: Iterable[str]) -> bool:
    """A file that was removed meanwhile, or has no beginning, is under no key."""
    name = path.name.partition(".")[0]
    with suppress(FileNotFoundError, sealed.Damaged), path.open("rb") as file:
        for secret, owner in product(secrets, owners):
            file.seek(0)
            if sealed.is_sealed_with(file, secret, _purpose(name, owner)):
                return True
    return False


def _purpose(name: str, owner: str = "") -> bytes:
    return f"{name}{owner}".encode()


class _Counted:
    def __init__(self, content: Iterable[bytes]) -> None:
        self.content = content
        self.size, self.digest = 0, hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.content:
            self.size += len(piece)
            self.digest.update(piece)
            yield piece


def _read_through(content: Iterable[bytes]) -> _Counted:
    counted = _Counted(content)
    for _ in counted:
        pass
    return counted


def _keep_names(folder: Path) -> None:
    """A power cut after this does not undo the renaming."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _if_there_is_room() -> Iterator[None]:
    try:
        yield
    except OSError:
        raise Refused(NO_ROOM) from None


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise Missing(MISSING) from None
    except sealed.WrongSecret:
        raise sealed.WrongSecret(OTHER_KEY) from None
    except sealed.Damaged:
        raise sealed.Damaged(DAMAGED) from None
