"""A progress bar for what lasts: on a terminal, after two seconds, and never into a pipe."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

PATIENCE = 2.0
WIDTH = 30

Report = Callable[[str, int, int], None]


@contextmanager
def progress() -> Iterator[Report]:
    """Call what it gives with the stage, how much is done and how much there is."""
    if not sys.stderr.isatty():
        yield _silent
        return
    started, shown = time.monotonic(), False

    def report(stage: str, done: int, total: int) -> None:
        nonlocal shown
        if time.monotonic() - started >= PATIENCE:
            shown = True
            share = done / total if total else 1.0
            bar = ("#" * int(WIDTH * share)).ljust(WIDTH)
            click.echo(f"\r{stage:<22} [{bar}] {share:4.0%}", nl=False, err=True)

    yield report
    if shown:
        click.echo(err=True)


def _silent(_stage: str, _done: int, _total: int) -> None:
    """A pipe wants no bar."""
