"""The figures of an answer to an information request: what was chosen, over several periods."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from lado.reports.choosing import beside, needed
from lado.reports.figures import Figures, draw
from lado.reports.measure import Measure
from lado.reports.measures import BY_ID
from lado.rules.quarters import Period


@dataclass(frozen=True)
class Answer:
    """`measures` are those chosen, the one that is counted first."""

    measures: tuple[str, ...]
    figures: tuple[Figures, ...]

    @property
    def leading(self) -> Sequence[Figures]:
        return self.figures

    def printed(self) -> Iterator[tuple[Figures, tuple[Measure, ...]]]:
        measures = tuple(beside(BY_ID[name] for name in self.measures))
        return ((figures, measures) for figures in self.figures)

    def each(self, change: Callable[[Figures], Figures]) -> "Answer":
        return replace(self, figures=tuple(map(change, self.figures)))

    @property
    def discrepancies(self) -> list[str]:
        return [
            f"{figures.typed_label}: {words}"
            for figures in self.figures
            for words in figures.discrepancies
        ]

    def as_record(self) -> dict[str, Any]:
        return {
            "measures": list(self.measures),
            "figures": [figures.as_record() for figures in self.figures],
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Answer":
        return cls(tuple(record["measures"]), tuple(map(Figures.from_record, record["figures"])))


def draw_answer(session: Session, measures: Sequence[str], periods: Sequence[Period]) -> Answer:
    """Each period is followed up to its own last day, as in a report."""
    asked = needed(BY_ID[name] for name in measures)
    figures = (draw(session, period, measures=asked) for period in periods)
    return Answer(tuple(measures), tuple(figures))
