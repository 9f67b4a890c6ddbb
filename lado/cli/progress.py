"""A progress bar for what lasts: on a terminal, after two seconds, and never into a pipe."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from threading import Event, Thread

import click

PATIENCE = 2.0
TICK = 0.2
WIDTH = 30

Report = Callable[[str, int, int], None]


@contextmanager
def progress(stage: str = "") -> Iterator[Report]:
    """Call what it gives with the stage, how much is done and how much there is. Until then the
    bar only shows that something is being done."""
    bar = Bar(stage)
    if not sys.stderr.isatty():
        yield bar.report
        return
    thread = Thread(target=bar.draw, daemon=True)
    thread.start()
    try:
        yield bar.report
    finally:
        bar.ended.set()
        thread.join()


class Bar:
    def __init__(self, stage: str) -> None:
        self.stage = stage
        self.share: float | None = None
        self.ended = Event()

    def report(self, stage: str, done: int, total: int) -> None:
        self.stage, self.share = stage, done / total if total else 1.0

    def draw(self) -> None:
        """In a thread of its own, as one step may last long."""
        if self.ended.wait(PATIENCE):
            return
        for tick in count():
            click.echo(f"\r{self.line(tick)}", nl=False, err=True)
            if self.ended.wait(TICK):
                break
        click.echo(err=True)

    def line(self, tick: int) -> str:
        if self.share is None:
            return f"{self.stage:<22} [{'###'.rjust(3 + tick % (WIDTH - 2)).ljust(WIDTH)}]     "
        bar = ("#" * int(WIDTH * self.share)).ljust(WIDTH)
        return f"{self.stage:<22} [{bar}] {self.share:4.0%}"
