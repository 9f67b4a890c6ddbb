"""How an employer deals with it (domain.md 2.1, steps 13 to 15), and what is to be said of a result
of a strand, by the codes of the shipped terms (domain.md 2.7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lado.rules.timescales import Timescale
from lado.rules.vocabulary import EmployerWay, StrandKind, StrandStatus

# What is on the way and no end (domain.md 3.4): a strand does not end with it.
STAGES: dict[StrandKind, frozenset[str]] = {
    StrandKind.POLICE: frozenset({"interview", "arrested", "bail", "charged"}),
    StrandKind.SOCIAL_CARE: frozenset(),
    StrandKind.EMPLOYER: frozenset(),
}
RESULT_WARNINGS = {
    "settlement": "A settlement agreement goes against the guidance: the enquiry is to be finished "
    "and recorded all the same, no reference may be agreed that leaves it out, and the duty to "
    "refer to the DBS stands.",
    "resigned": "That somebody resigned ends nothing: the enquiry is to be finished, and the duty "
    "to refer to the DBS stands.",
}

OVER = frozenset({StrandStatus.ENDED, StrandStatus.NOT_APPLICABLE})


@dataclass(frozen=True)
class Employer:
    """What the employer's strand says of how they deal with it, and the days of it."""

    way: EmployerWay | None = None
    way_on: date | None = None
    acted_on: date | None = None
    report_on: date | None = None
    hearing_decided_on: date | None = None
    hearing_needed: bool | None = None
    hearing_on: date | None = None

    @property
    def hearing_from(self) -> date | None:
        """Without more investigation, a hearing is decided on when that is settled."""
        if self.way is EmployerWay.HEARING:
            return self.way_on
        return self.hearing_decided_on if self.hearing_needed else None

    def steps(self) -> Iterator[tuple[Timescale, date | None, date | None]]:
        """Those of its way, or of each while none is settled: from what day, and done when."""
        if self.way in (EmployerWay.WITHOUT_DISCIPLINE, None):
            yield Timescale.EMPLOYER_ACTION, self.way_on, self.acted_on
        if self.way in (EmployerWay.INVESTIGATION, None):
            yield Timescale.INVESTIGATION_REPORT, self.way_on, self.report_on
            yield Timescale.HEARING_DECISION, self.report_on, self.hearing_decided_on
        if self.way is not EmployerWay.WITHOUT_DISCIPLINE and self.hearing_needed is not False:
            yield Timescale.HEARING, self.hearing_from, self.hearing_on


UNSETTLED = Employer()
