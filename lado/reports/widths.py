"""Column widths of a workbook's sheets, in characters."""

from collections.abc import Sequence

from lado.reports.sheets import Link, Sheet, has_numbers

TEXT_WIDTH = 80
LABEL_WIDTHS = (24, 48)
LEAST_NUMBER = 12


def column_widths(sheet: Sheet) -> list[int]:
    """Words wrap, and no word of a heading and no number is cut."""
    if not sheet.headings:
        return [TEXT_WIDTH]
    return [_width(sheet, column) for column in range(len(sheet.headings))]


def lines_of(row: Sequence[object], widths: Sequence[int]) -> int:
    """How many lines its words take: not every program finds out by itself."""
    return max(-(-len(_shown(value)) // width) for value, width in zip(row, widths, strict=True))


def _width(sheet: Sheet, column: int) -> int:
    heading = max(map(len, sheet.headings[column].split()), default=0) + 2
    values = [row[column] for row in sheet.rows]
    longest = max((len(_shown(value)) + 2 for value in values), default=0)
    if any(isinstance(value, int | float) for value in values):
        return max(LEAST_NUMBER, heading, longest)
    least, most = LABEL_WIDTHS
    if column == len(sheet.headings) - 1 and not has_numbers(sheet):
        most = TEXT_WIDTH
    return max(min(longest, most), heading, least if column == 0 else LEAST_NUMBER)


def _shown(value: object) -> str:
    if isinstance(value, Link):
        return value.text
    return value if isinstance(value, str) else f"{value:,}"
