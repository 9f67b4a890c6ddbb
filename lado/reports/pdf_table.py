"""A table whose cells are read as cells, wherever its pages end."""

from typing import Any

from reportlab.platypus import LongTable

from lado.reports.pdf_tags import Tag


class TableTags:
    """The elements of a table's rows and cells, the head's rows first. Parts of the table share
    them: `first` and `after` count rows below the head."""

    def __init__(self, rows: int, *, head_rows: int, has_row_heads: bool) -> None:
        self.table = Tag("Table")
        self.head = [Tag("TR", self.table) for _ in range(head_rows)]
        self.rows = [Tag("TR", self.table) for _ in range(rows)]
        self.has_row_heads = has_row_heads
        self._cells: dict[tuple[Tag, int], Tag] = {}

    def cell(self, row: Tag, column: int) -> Tag:
        if (row, column) not in self._cells:
            self._cells[row, column] = self._make(row, column)
        return self._cells[row, column]

    def _make(self, row: Tag, column: int) -> Tag:
        if row in self.head:
            return Tag("TH", row, scope="Column")
        if self.has_row_heads and column == 0:
            return Tag("TH", row, scope="Row")
        return Tag("TD", row)

    def first(self, number: int) -> "TableTags":
        return self._part(self.rows[:number])

    def after(self, number: int) -> "TableTags":
        return self._part(self.rows[number:])

    def _part(self, rows: list[Tag]) -> "TableTags":
        part = TableTags(0, head_rows=0, has_row_heads=self.has_row_heads)
        part.table, part.head, part.rows, part._cells = self.table, self.head, rows, self._cells
        return part


class TaggedTable(LongTable):
    """Cells that are words; or paragraphs, tagged with the cell they stand in."""

    row: Tag  # the one that is being drawn
    is_words: bool

    def __init__(self, data: Any, tags: Any = None, *args: Any, **options: Any) -> None:
        super().__init__(data, *args, **(options | {"renderCB": _tell}))
        self.tags: TableTags = tags  # none while ReportLab makes a part of a table

    def split(self, width: float, height: float) -> list[Any]:
        """A row that is divided itself is in both parts."""
        parts: list[Any] = super().split(width, height)
        if len(parts) == 2:  # noqa: PLR2004
            above, below = parts
            heads = len(self.tags.head)
            number = len(above._cellvalues) - heads
            again = number + len(below._cellvalues) - heads - len(self.tags.rows)
            above.tags, below.tags = self.tags.first(number), self.tags.after(number - again)
        return parts


def _tell(table: TaggedTable, event: str, *about: Any) -> None:
    """What ReportLab says while it draws a table."""
    canvas: Any = table.canv
    match event:
        case "startRow":
            table.row = [*table.tags.head, *table.tags.rows][about[0]]
            is_head = about[0] < len(table.tags.head)
            canvas.is_repeating = is_head and bool(table.row.parts)
        case "endRow":
            canvas.is_repeating = False
        case "startCell":
            _row, column, words, *_ = about
            table.is_words = isinstance(words, str)
            if table.is_words:
                canvas.begin(table.tags.cell(table.row, column))
        case "endCell" if table.is_words:
            canvas.end()
