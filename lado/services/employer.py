"""Checks of what is said of how an employer deals with it."""

from datetime import date

from lado.rules.strands import Employer
from lado.rules.vocabulary import EmployerWay
from lado.services.checks import Checks

DAYS = {
    "way_on": "The day it was settled",
    "acted_on": "The day the employer acted",
    "report_on": "The day of the report",
    "hearing_decided_on": "The day a hearing was decided on",
    "hearing_on": "The day of the hearing",
}


def check_employer(checks: Checks, said: Employer, *, ended_on: date | None) -> None:
    checks.that(said.way or not said.way_on, "way", "Choose how the employer deals with it")
    checks.that(said.way_on or not said.way, "way_on", "Enter when this was settled")
    _check_way(checks, said)
    decided = said.hearing_decided_on
    checks.that(
        said.report_on or not decided, "report_on", "Enter when the employer had the report"
    )
    checks.that(
        (said.hearing_needed is None) == (decided is None),
        "hearing_decided_on" if decided is None else "hearing_needed",
        "Enter when this was decided" if decided is None else "Choose whether a hearing is needed",
    )
    _in_order(
        checks, said.way_on, said.acted_on, "acted_on", "it was settled how they deal with it"
    )
    _in_order(checks, said.way_on, said.report_on, "report_on", "it was settled to investigate")
    _in_order(checks, said.report_on, decided, "hearing_decided_on", "the report")
    _in_order(checks, said.hearing_from, said.hearing_on, "hearing_on", "it was decided on")
    for field, what in DAYS.items():
        day = getattr(said, field)
        checks.past(day, field, what)
        checks.that(
            not (day and ended_on) or day <= ended_on, field, f"{what} must not be after the end"
        )


def _check_way(checks: Checks, said: Employer) -> None:
    """A day of another way is cleared, or the way is changed."""
    for field, way in (
        ("acted_on", EmployerWay.WITHOUT_DISCIPLINE),
        ("report_on", EmployerWay.INVESTIGATION),
        ("hearing_decided_on", EmployerWay.INVESTIGATION),
        ("hearing_needed", EmployerWay.INVESTIGATION),
    ):
        empty = getattr(said, field) is None
        checks.that(
            empty or said.way is way, field, f"Leave this empty, or choose “{way.label}” above"
        )
    checks.that(
        said.hearing_from or not said.hearing_on,
        "hearing_on",
        "Leave this empty: no hearing was decided on",
    )


def _in_order(
    checks: Checks, earlier: date | None, later: date | None, field: str, before: str
) -> None:
    checks.that(
        not (earlier and later) or later >= earlier, field, f"It must not be before {before}"
    )
