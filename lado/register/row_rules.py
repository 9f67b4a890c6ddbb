"""What the cells of one row must not say of each other."""

from collections.abc import Container, Iterator
from datetime import date
from typing import NamedTuple

from lado.register.columns import BY_KEY, CASE_COLUMNS, COLUMNS
from lado.register.row import Row

CORRECT_ONE = "Correct one of the two dates."
REQUIRED = tuple(column for column in COLUMNS if column.required)


class Wrong(NamedTuple):
    """`key` is the column where it is shown."""

    key: str
    wrong: str
    to_do: str


def wrongs(row: Row, bad: Container[str]) -> Iterator[Wrong]:
    """`bad` are the columns whose cells could not be read: nothing is said about them again."""
    missing = {column.key for column in REQUIRED if getattr(row, column.key) is None}
    for column in REQUIRED:
        if column.key in missing and column.key not in bad:
            yield Wrong(column.key, "This is missing.", f"Fill in {column.heading}.")
    if "received_on" not in missing:
        yield from _around_receipt(row)
    yield from _course(row)
    yield from _person(row, bad)
    yield from _decision(row, bad)
    if row.case_ref is None:
        yield from _without_case(row, bad)
    else:
        yield from _conclusion(row, bad)


def _around_receipt(row: Row) -> Iterator[Wrong]:
    received = row.received_on
    if row.aware_on and row.aware_on > received:
        wrong = f"The setting became aware after the contact was received ({_day(received)})."
        yield Wrong("aware_on", wrong, CORRECT_ONE)
    if row.date_of_birth and row.date_of_birth > received:
        wrong = f"Born after the contact was received ({_day(received)})."
        yield Wrong("date_of_birth", wrong, CORRECT_ONE)
    if row.decided_on and row.decided_on < received:
        wrong = f"Decided before the contact was received ({_day(received)})."
        yield Wrong("decided_on", wrong, CORRECT_ONE)


def _course(row: Row) -> Iterator[Wrong]:
    decided, concluded = row.decided_on, row.concluded_on
    if concluded and decided and concluded < decided:
        wrong = f"Concluded before the decision that opened the case ({_day(decided)})."
        yield Wrong("concluded_on", wrong, CORRECT_ONE)
    for held in row.discussions or ():
        if decided and held < decided:
            wrong = f"{_day(held)} is before the decision ({_day(decided)})."
            yield Wrong("discussions", wrong, CORRECT_ONE)
        if concluded and held > concluded:
            wrong = f"{_day(held)} is after the conclusion ({_day(concluded)})."
            yield Wrong("discussions", wrong, CORRECT_ONE)


def _person(row: Row, bad: Container[str]) -> Iterator[Wrong]:
    if row.surname is None and "surname" not in bad and (row.forename or row.date_of_birth):
        yield Wrong(
            "surname",
            "There is a forename or a date of birth without a surname.",
            "Fill in the surname, or clear the others when the person is not named.",
        )
    if row.institutional and row.setting is None and "setting" not in bad:
        yield Wrong(
            "setting",
            "The concern is institutional, and the setting is missing.",
            "Fill in the setting that the case is about.",
        )


def _decision(row: Row, bad: Container[str]) -> Iterator[Wrong]:
    if row.decision is None:
        if "decision" in bad:
            return
        if row.decided_on:
            yield Wrong(
                "decision",
                "There is a date of decision and no decision.",
                "Fill in the decision, or clear its date.",
            )
        return
    if row.progresses:
        if row.decided_on is None and "decided_on" not in bad:
            yield Wrong(
                "decided_on",
                "The decision is to progress, and its date is missing.",
                "Fill in the decision date: the case opens on it.",
            )
        if row.case_ref is None and "case_ref" not in bad:
            yield Wrong(
                "case_ref",
                "The decision is to progress, and the case reference is missing.",
                "Fill in the reference of the case.",
            )


def _without_case(row: Row, bad: Container[str]) -> Iterator[Wrong]:
    filled = _filled_case_columns(row)
    if filled and not row.progresses and "case_ref" not in bad and "decision" not in bad:
        key = "concluded_on" if row.concluded_on else filled[0]
        yield Wrong(
            key,
            f"There is no case for this row's {_headings(filled)}.",
            "Fill in the case reference, or clear what belongs to a case.",
        )


def _conclusion(row: Row, bad: Container[str]) -> Iterator[Wrong]:
    if row.concluded_on and row.ending is None and "ending" not in bad:
        yield Wrong(
            "ending",
            "The case is concluded, and its outcome is missing.",
            "Fill in the outcome, or a reason for closing that needs none.",
        )
    if row.ending and row.concluded_on is None and "concluded_on" not in bad:
        yield Wrong(
            "concluded_on",
            "The case has an outcome, and the date concluded is missing.",
            "Fill in the date concluded, or clear the outcome until then.",
        )


def opening_wrongs(row: Row, bad: Container[str]) -> Iterator[Wrong]:
    """For the row that opens a case."""
    if row.progresses or "decision" in bad:
        return
    yield Wrong(
        "case_ref",
        "A case opens with a decision to progress, and this row has "
        + (f"“{row.decision.label}”." if row.decision else "no decision."),
        "Correct the decision, or clear the case reference.",
    )


def joining_wrongs(row: Row, opened_in: int | None) -> Iterator[Wrong]:
    """For a row that joins a case: what belongs to the case stands in the row that opened it."""
    if filled := _filled_case_columns(row):
        opener = f"Row {opened_in} opened this case" if opened_in else "This case was loaded before"
        yield Wrong(
            filled[0],
            f"{opener}, so this row joins it and must not have {_headings(filled)}.",
            "Clear them here; what is true of the case stands in the row that opened it.",
        )


def says_more_of_case(row: Row, opener: Row | None) -> bool:
    """Whether a row that joins a case says of it what the row that opened it did not. None: it was
    loaded before."""

    def said(one: Row) -> tuple[object, ...]:
        return one.institutional, one.historical, one.children

    if opener is None:
        return any(said(row))
    return any(word and word != known for word, known in zip(said(row), said(opener), strict=True))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _filled_case_columns(row: Row) -> list[str]:
    return [column.key for column in CASE_COLUMNS if getattr(row, column.key) is not None]


def _headings(keys: list[str]) -> str:
    return ", ".join(BY_KEY[key].heading for key in keys)
