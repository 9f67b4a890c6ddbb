"""The benchmark itself runs: a small one, whose figures mean nothing."""

import re
import subprocess
import sys
from pathlib import Path

from tests.support.slips import SLIPS

ROOT = Path(__file__).parent.parent.parent
LINES = (
    "Register import", "Figures of ", "List of consultations", "Case, overview",
    "Case, chronology", "Report as PDF",
    "List, first page", "List, far page", "List, narrowed",
    "Search, a word", "Search, two words", "Search, a phrase", "Search, beginnings",
    "Match among ", "Match among ", "Match, ten times more",
)  # fmt: skip


def test_a_small_run_prints_all_its_lines() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.bench",
            "--consultations",
            "500",
            "--people",
            "500",
            "--rounds",
            "1",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    for line, start in zip(lines[: len(LINES)], LINES, strict=True):
        assert line.startswith(start)
        assert re.search(r"\d\.\d+ (times|.*\))  aim [\d.]+: (reached|missed)$", line), line
    kinds = lines[len(LINES) :]
    assert [line[:44].strip() for line in kinds] == [*SLIPS, "names that nobody has"]
