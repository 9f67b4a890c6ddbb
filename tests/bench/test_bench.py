"""The benchmark itself runs: small parts of it, whose figures mean nothing. The demonstration,
which the rest is measured on, takes longer to load than all of these."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from lado.reports.document import Document
from lado.reports.files import FORMATS
from tests.bench import files, pdf
from tests.reports.example import quarter

ROOT = Path(__file__).parent.parent.parent
LINES = {
    "figures": ("Figures of a quarter", "Figures of a year", "Quarter, ten times more"),
    "search": (
        "List, first page", "List, far page", "List, narrowed",
        "Search, a word", "Search, two words", "Search, a phrase", "Search, beginnings",
    ),
}  # fmt: skip


@pytest.mark.parametrize("part", LINES)
def test_a_small_run_prints_all_its_lines(part: str) -> None:
    small = ["--only", part, "--consultations", "500", "--rounds", "1"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", *small],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for line, start in zip(done.stdout.splitlines(), LINES[part], strict=True):
        assert line.startswith(start)
        assert re.search(r"\d\.\d+ (times|.*\))  aim [\d.]+: (reached|missed)$", line), line


def test_each_file_of_a_report_is_measured() -> None:
    document = Document(quarter(), "The benchmark")
    assert [name for name, *_ in files.measure(document, rounds=1)] == list(FORMATS)
    assert pdf.measure(document, rounds=1).ratio > 0
