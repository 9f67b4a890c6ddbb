"""A report's files: how long each takes, its tables and charts made anew as for each reader."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from statistics import median

from lado.reports.document import Document
from lado.reports.files import FORMATS, FileFormat
from tests.bench.timing import seconds


def measure(document: Document, *, rounds: int) -> Iterator[tuple[str, float, int]]:
    """Of each format, the seconds and the file's size in bytes."""
    for name, each in FORMATS.items():
        size = len(_build(each, document))
        taken = [seconds(partial(_build, each, document)) for _ in range(rounds)]
        yield name, median(taken), size


def _build(form: FileFormat, document: Document) -> bytes:
    return form.build(replace(document))
