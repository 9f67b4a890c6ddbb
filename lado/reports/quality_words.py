"""The paragraph on the quality of the data, made from the figures. The full edition only has it:
a share, or that it is over some share, would tell what stands in hidden rows of Not recorded."""

from collections.abc import Iterator, Mapping
from typing import Any

from lado.reports import wording
from lado.reports.measures.quality import CASES, CONSULTATIONS, measure_of
from lado.reports.values import Rate
from lado.rules.data_quality import BY_ID, MISSING

NAMED = 3
UNLIKELY = measure_of(BY_ID["age_unlikely"])


def quality_words(values: Mapping[str, Any], version: int | None) -> str:
    """Empty of figures that were drawn before the quality of the data was counted. `version` is
    that of the report, since each after the first corrects a published one; None: not kept."""
    sentences = [*_missing(values), *_contradictory(values), *_corrected(version)]
    return " ".join(sentences) if any(measure_of(fault) in values for fault in MISSING) else ""


def _missing(values: Mapping[str, Any]) -> Iterator[str]:
    """The largest shares first; of equal ones, that of more records."""
    asked = [
        (fault.title, rate)
        for fault in MISSING
        if (rate := values.get(measure_of(fault))) and rate.denominator
    ]
    lacking = [(title, rate) for title, rate in asked if rate.numerator]
    lacking.sort(key=lambda each: (-each[1].numerator / each[1].denominator, -each[1].numerator))
    yield (
        f"Of {len(asked)} facts that the report looks for, {len(lacking)} are missing in some "
        "records."
    )
    if lacking:
        named = [f"{title} ({_share(rate)})" for title, rate in lacking[:NAMED]]
        yield f"Missing most often: {'; '.join(named)}."


def _share(rate: Rate) -> str:
    return ", ".join(wording.rate(rate))


def _contradictory(values: Mapping[str, Any]) -> Iterator[str]:
    if not {CONSULTATIONS, CASES, UNLIKELY} <= values.keys():
        return
    contacts, cases, ages = (values[name] for name in (CONSULTATIONS, CASES, UNLIKELY))
    yield (
        f"Facts that do not go together are in {contacts.numerator:,} of "
        f"{contacts.denominator:,} consultations received and {cases.numerator:,} of "
        f"{cases.denominator:,} cases overseen, and {ages.numerator:,} of {ages.denominator:,} "
        "adults named have an unlikely age."
    )


def _corrected(version: int | None) -> Iterator[str]:
    if version == 1:
        yield "No published report for this period has been corrected."
    elif version:
        times = "once" if version == 2 else f"{version - 1:,} times"  # noqa: PLR2004 - the second
        yield f"The published report for this period has been corrected {times}, with this version."
