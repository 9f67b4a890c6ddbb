"""Who called in each of the last eight quarters that are over: the report's own figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lado.extensions import db
from lado.reports.figures import Figures, draw
from lado.reports.measures import BY_ID
from lado.rules.engagement import Silence, silence
from lado.rules.quarters import Period, quarter_of
from lado.rules.vocabulary import NOT_RECORDED

QUARTERS = 8
BY_AGENCY, BY_SECTOR = "consultations.by_referrer", "consultations.by_sector"
SMALL = ("consultations.small_voluntary", "consultations.small_voluntary_advised")


@dataclass(frozen=True)
class Line:
    label: str
    quarters: tuple[int, ...]

    @property
    def silence(self) -> Silence | None:
        return silence(self.quarters)


@dataclass(frozen=True)
class Table:
    caption: str
    unit: str
    rule: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Engagement:
    quarters: tuple[Period, ...]
    tables: tuple[Table, ...]


def engagement(today: date) -> Engagement:
    periods = [quarter_of(today).previous()]
    while len(periods) < QUARTERS:
        periods.insert(0, periods[0].previous())
    measures = [BY_ID[name] for name in (BY_AGENCY, BY_SECTOR, *SMALL)]
    figures = [draw(db.session(), period, measures=measures) for period in periods]
    small = tuple(Line(BY_ID[name].title, tuple(each[name] for each in figures)) for name in SMALL)
    return Engagement(
        tuple(periods),
        (
            _breakdown(BY_AGENCY, "Consultations by agency that made contact", "Agency", figures),
            _breakdown(BY_SECTOR, "Consultations by sector of the person", "Sector", figures),
            Table("Small voluntary bodies", "Consultations", BY_ID[SMALL[1]].rule, small),
        ),
    )


def _breakdown(measure: str, caption: str, unit: str, figures: Sequence[Figures]) -> Table:
    labels = dict.fromkeys(label for each in figures for label in each[measure])
    labels.pop(NOT_RECORDED, None)
    return Table(
        caption,
        unit,
        BY_ID[measure].rule,
        tuple(
            Line(label, tuple(each[measure].get(label, 0) for each in figures)) for label in labels
        ),
    )
