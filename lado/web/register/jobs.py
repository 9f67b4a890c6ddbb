"""Checking and loading a register last longer than a request may.

A job is a folder in the instance folder that its owner alone may open: the file, and `job.json`
with how far it is. A thread does the work and holds a lock on the folder. The lock dies with the
process, so any process that is asked about a job can tell whether somebody works on it, and take
it up again after a restart: checking changes nothing, and loading is all or nothing. Each attempt
is counted before it begins, so that a file which ends its process cannot do so for ever.
"""

import fcntl
import json
import logging
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from secrets import token_urlsafe
from threading import Thread
from typing import Any

from flask import Flask, current_app

from lado import clock
from lado.errors import NotFound, Refused
from lado.models import User
from lado.queries import users
from lado.register.loading import Result, load
from lado.register.numbers import in_words, same_in_words
from lado.register.problems import Unreadable
from lado.register.writing import write_problems
from lado.rules.permissions import Permission

log = logging.getLogger(__name__)

KEPT_SECONDS = 24 * 60 * 60
PROBLEMS_SHOWN = 100
SAME_SHOWN = 100
MOST_ATTEMPTS = 2
MOST_AT_WORK = 2
EVERY_SECONDS = 0.3
CHECKING, CHECKED, LOADING, LOADED, REFUSED = (
    "checking", "checked", "loading", "loaded", "refused",
)  # fmt: skip
_ID = re.compile(r"[\w-]{22}", re.ASCII)
AT_WORK = {CHECKING, LOADING}
ONE_AT_A_TIME = "Another file of yours is still being worked on. Wait until it is done."
OTHERS_AT_WORK = "Other registers are being worked on. Try again in a few minutes."
WENT_WRONG = (
    "Something went wrong and nothing was loaded. Choose the file and try again; if it goes wrong "
    "again, tell whoever looks after this system."
)


@dataclass(frozen=True)
class State:
    """`message` says why the whole file was refused."""

    owner: str
    stage: str = CHECKING
    attempts: int = 0
    message: str = ""
    loaded_before: str = ""
    row_count: int = 0
    already_there: int = 0
    created: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    problem_count: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)
    same_count: int = 0
    possible_same: list[str] = field(default_factory=list)


class Job:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.id = folder.name
        self.errors = folder / "errors.csv"
        self._file = folder / "file"

    @property
    def state(self) -> State:
        return State(**_read(self.folder / "job.json"))

    @property
    def progress(self) -> dict[str, Any]:
        """The words for the stage and the share that is done."""
        try:
            return _read(self.folder / "progress.json")
        except NotFound:
            return {"stage": "Starting", "share": 0.0}

    @property
    def at_work(self) -> bool:
        return self.state.stage in AT_WORK

    def begin_loading(self) -> None:
        if self.state.stage == CHECKED:
            # The thread that checked it may be about to let go of the lock.
            with _turn(self, self.state.owner), self._lock(wait=True):
                if self.state.stage == CHECKED:
                    self._save(replace(self.state, stage=LOADING, attempts=0))
        self.take_up()

    def take_up(self) -> None:
        """Work on it, unless it is done or somebody does."""
        if self.at_work:
            app = current_app._get_current_object()  # type: ignore[attr-defined]
            Thread(target=self._work, args=(app,), name="register", daemon=True).start()

    def discard(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _work(self, app: Flask) -> None:
        with suppress(NotFound, FileNotFoundError), self._lock() as free:
            # It may have been done, or deleted, since somebody asked for it.
            if free and self.at_work:
                self._work_alone(app)

    def _work_alone(self, app: Flask) -> None:
        state = replace(self.state, attempts=self.state.attempts + 1)
        self._save(state)
        try:
            with app.app_context():
                done = self._run(state)
        except Exception as error:  # noqa: BLE001 - a thread has nobody above it to tell
            # The message of an exception may hold what somebody typed.
            log.error("A register job failed: %s", type(error).__name__)  # noqa: TRY400
            done = replace(state, stage=REFUSED, message=WENT_WRONG)
        if done.stage != CHECKED:
            self._file.unlink(missing_ok=True)
        self._save(done)

    def _run(self, state: State) -> State:
        if state.attempts > MOST_ATTEMPTS:
            return replace(state, stage=REFUSED, message=WENT_WRONG)
        try:
            owner = users.get(state.owner)
            if not owner.can(Permission.REGISTER_IMPORT):
                raise Refused("You may no longer load a register.")
            result = load(
                self._file.read_bytes(),
                by=owner,
                dry_run=state.stage == CHECKING,
                progress=self._reporter(),
            )
        except (Unreadable, Refused) as refused:
            return replace(state, stage=REFUSED, message=str(refused))
        return self._found(state, result)

    def _found(self, state: State, result: Result) -> State:
        nothing_left = result.loaded_before or not result.numbers
        if result.problems:
            with _private(self.errors) as file:
                write_problems(result.problems, file)
            stage = REFUSED
        elif state.stage == CHECKING and not nothing_left:
            stage = CHECKED
        else:
            stage = LOADED
        before = result.loaded_before
        return replace(
            state,
            stage=stage,
            loaded_before=before.loaded_at.isoformat() if before else "",
            row_count=result.row_count,
            already_there=result.already_there,
            created=in_words(result.numbers),
            notices=result.notices,
            problem_count=len(result.problems),
            problems=[asdict(problem) for problem in result.problems[:PROBLEMS_SHOWN]],
            same_count=len(result.possible_same),
            possible_same=[same_in_words(each) for each in result.possible_same[:SAME_SHOWN]],
        )

    def _reporter(self) -> Any:
        last = 0.0

        def report(stage: str, done: int, total: int) -> None:
            nonlocal last
            if time.monotonic() - last >= EVERY_SECONDS:
                last = time.monotonic()
                share = min(done / total, 1.0) if total else 1.0
                _write(self.folder / "progress.json", {"stage": stage, "share": share})

        return report

    def _save(self, state: State) -> None:
        _write(self.folder / "job.json", asdict(state))

    @contextmanager
    def _lock(self, *, wait: bool = False) -> Iterator[bool]:
        """Whether nobody else has it. It is free again when this process ends, however it does."""
        with _private(self.folder / "lock") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True


def start(data: bytes, *, by: User) -> Job:
    job = Job(_home() / token_urlsafe(16))
    with _turn(job, by.public_id):
        job.folder.mkdir(mode=0o700)
        with _private(job._file) as file:
            file.write(data)
        job._save(State(owner=by.public_id))
    job.take_up()
    return job


@contextmanager
def _turn(job: Job, owner: str) -> Iterator[None]:
    """For `job` to be put to work. Raises Refused while its owner has another at work, or too many
    are: each may need a lot of memory. Whoever asks waits until the one before has been counted."""
    home = os.open(_home(), os.O_RDONLY)
    try:
        fcntl.flock(home, fcntl.LOCK_EX)
        others = ((other, state) for other, state in _jobs() if other.id != job.id)
        busy = [(other, state.owner) for other, state in others if state.stage in AT_WORK]
        for other, _ in busy:
            # After a restart it would wait for its owner, who may have gone.
            other.take_up()
        if owner in {theirs for _, theirs in busy}:
            raise Refused(ONE_AT_A_TIME)
        if len(busy) >= MOST_AT_WORK:
            raise Refused(OTHERS_AT_WORK)
        yield
    finally:
        os.close(home)


def find(job_id: str, *, by: User) -> Job:
    """A job of theirs: another's does not exist for them."""
    if not _ID.fullmatch(job_id):
        raise NotFound
    job = Job(_home() / job_id)
    if job.state.owner != by.public_id:
        raise NotFound
    return job


def of(by: User) -> list[Job]:
    """Theirs, newest first."""
    jobs = [job for job, state in _jobs() if state.owner == by.public_id]
    return sorted(jobs, key=lambda job: _touched(job.folder), reverse=True)


def _jobs() -> Iterator[tuple[Job, State]]:
    for folder in _home().glob("*/"):
        with suppress(NotFound):  # being made or deleted at this moment
            yield Job(folder), Job(folder).state


def sweep() -> None:
    """Nothing that somebody uploaded is kept longer than a day."""
    now = clock.now().timestamp()
    for folder in _home().glob("*/"):
        if now - _touched(folder) > KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _touched(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:  # deleted at this moment
        return 0.0


def _home() -> Path:
    home = Path(current_app.instance_path) / "register"
    home.mkdir(mode=0o700, exist_ok=True)
    return home


def _read(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise NotFound from error


def _write(path: Path, content: dict[str, Any]) -> None:
    """Whole or not at all, for whoever reads at the same moment."""
    partial = path.with_suffix(".part")
    with _private(partial) as file:
        file.write(json.dumps(content).encode())
    partial.replace(path)


def _private(path: Path) -> Any:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
