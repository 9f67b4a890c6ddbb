"""Published reports are read by the ids and shapes of their measures: none is changed or taken
away, and a new one is written down here."""

from pathlib import Path

from lado.reports.measures import MEASURES

KEPT = Path(__file__).parent / "measures.txt"


def test_each_measure_that_was_ever_published_is_still_there() -> None:
    ours = {f"{measure.id} {measure.shape}" for measure in MEASURES}
    assert sorted(ours) == KEPT.read_text(encoding="utf-8").splitlines()
