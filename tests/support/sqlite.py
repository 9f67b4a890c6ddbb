"""SQLite databases of the tests' own, made and dropped as those of `tests.support.postgres`."""

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support import memory


@dataclass(frozen=True)
class Files:
    folder: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def create(self, template: str | None = None) -> str:
        path = self.folder / str(next(self._numbers)) / "lado.sqlite"
        path.parent.mkdir()
        if template:
            shutil.copy(_path(template), path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        shutil.rmtree(_path(url).parent)


@contextmanager
def running() -> Iterator[Files]:
    with tempfile.TemporaryDirectory(prefix="lado-sqlite-", dir=memory.folder()) as name:
        yield Files(Path(name))


def _path(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))
