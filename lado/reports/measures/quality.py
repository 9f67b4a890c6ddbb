"""What the records lack, and where they contradict themselves: each is mended in the record, never
in the report. Nothing of it is public: a share of what is missing would tell what stands in hidden
rows of Not recorded."""

from lado.reports.judges import CONTRADICTORY
from lado.reports.measure import Measure, Unit, rate
from lado.rules.data_quality import FAULTS, Counted, Fault

UNITS = {
    Counted.CONSULTATIONS: Unit.CONSULTATION,
    Counted.ADULTS: Unit.ADULT,
    Counted.CASES: Unit.CASE,
    Counted.CONCLUSIONS: Unit.CONCLUSION,
    Counted.DISCUSSIONS: Unit.DISCUSSION,
    Counted.REFERRALS: Unit.REFERRAL,
    Counted.CHILDREN: Unit.CHILD,
}
CONSULTATIONS, CASES = OF_RECORDS = (
    "quality.contradictory_consultations",
    "quality.contradictory_cases",
)


def measure_of(fault: Fault) -> str:
    return f"quality.{fault.id}"


def _of_fault(fault: Fault) -> Measure:
    return rate(
        measure_of(fault),
        fault.title,
        UNITS[fault.counted],
        fault.counted.value,
        fault.id,
        f"{fault.words}, out of {_whole(fault)}.",
        public=False,
    )


def _whole(fault: Fault) -> str:
    """A barring referral is asked for only where an allegation was substantiated."""
    return f"substantiated {fault.counted.label}" if fault.id == "no_dbs" else fault.counted.label


def _contradictory(ident: str, counted: Counted, title: str) -> Measure:
    return rate(
        ident,
        title,
        UNITS[counted],
        counted.value,
        CONTRADICTORY,
        f"Those in at least one of the rows about {UNITS[counted]} below, out of {counted.label}.",
        public=False,
    )


MEASURES: tuple[Measure, ...] = (
    *(_of_fault(fault) for fault in FAULTS),
    _contradictory(
        CONSULTATIONS, Counted.CONSULTATIONS, "Consultations that contradict themselves"
    ),
    _contradictory(CASES, Counted.CASES, "Cases that contradict themselves"),
)
