"""What a row says, cell by cell, in the words of an export."""

from collections.abc import Iterable, Sequence
from datetime import date

from lado.register.cells import Cell, as_text
from lado.register.columns import COLUMNS, HEADINGS
from lado.register.row import Row
from lado.register.words import Word
from lado.rules.folding import fold
from lado.rules.vocabulary import Children, OutcomeCode
from lado.rules.words import MOST_CHILDREN

Contents = Sequence[Cell]

# A person, a setting and a colleague are known by their names however these are spelled.
SPELLED_FREELY = {"surname", "forename", "setting", "taken_by", "other_roles"}


def of_row(row: Row) -> list[Cell]:
    others = row.other_roles or ()
    return [
        row.contact_ref,
        row.received_on,
        row.aware_on or "",
        label(row.contact_method),
        row.taken_by or "",
        row.referrer_name or "",
        row.referrer_role or "",
        label(row.referrer_agency),
        row.surname or "",
        row.forename or "",
        row.date_of_birth or "",
        row.sex.label if row.sex else "",
        label(row.role),
        row.setting or "",
        label(row.sector),
        roles((label(each.role), each.setting, each.sector.label) for each in others),
        label(row.category),
        label(row.context),
        yes_no(row.historical),
        yes_no(bool(row.institutional)),
        children(*row.children) if row.children else "",
        row.summary or "",
        row.advice or "",
        label(row.decision),
        row.decided_on or "",
        row.case_ref or "",
        dates(row.discussions or ()),
        row.ending.label if isinstance(row.ending, OutcomeCode) else label(row.ending),
        row.concluded_on or "",
        label(row.employer_outcome),
        label(row.police_outcome),
        row.dbs_referred_on or "",
        joined(theme.label for theme in row.learning_themes or ()),
    ]


def differences(ours: Contents, theirs: Contents) -> list[tuple[str, str, str]]:
    """Heading, what the system has, what the file has, for each cell that says another thing."""
    values = zip(COLUMNS, HEADINGS, ours, theirs, strict=True)
    return [
        (heading, as_text(our), as_text(their))
        for column, heading, our, their in values
        if our != their and not _same(column.key, our, their)
    ]


def _same(key: str, ours: Cell, theirs: Cell) -> bool:
    if key == "sex":
        # One row may know what another row of the same person does not.
        return not theirs
    if key == "other_roles":
        return _role_set(as_text(ours)) == _role_set(as_text(theirs))
    return key in SPELLED_FREELY and fold(as_text(ours)) == fold(as_text(theirs))


def _role_set(text: str) -> set[str]:
    return {fold(part) for part in text.split("]")} - {""}


def label(word: Word | None) -> str:
    return word.label if word else ""


def yes_no(value: bool | None) -> str:
    return "" if value is None else "Yes" if value else "No"


def children(kind: Children, count: int | None) -> str:
    if kind is Children.COUNTED and count and count <= MOST_CHILDREN:
        return str(count)
    return kind.label if kind is Children.NONE_IDENTIFIED else "Multiple"


def dates(days: Iterable[date | None]) -> str:
    return joined(as_text(day) for day in days if day)


def joined(texts: Iterable[str]) -> str:
    return "; ".join(texts)


def roles(each: Iterable[tuple[str, str | None, str]]) -> str:
    return joined(f"{role} @ {setting or ''} [{sector}]" for role, setting, sector in each)
