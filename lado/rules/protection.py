"""What must be said on every print of a record."""

from datetime import date

REPORTING = (
    "Reporting restriction: nothing may be published that could identify this person as the one "
    "accused."
)


def reporting_warning(*, restricted: bool, lifted_on: date | None) -> list[str]:
    """A teacher accused of an offence against a pupil of their school may not be named (R-44)."""
    return [REPORTING] if restricted and lifted_on is None else []
