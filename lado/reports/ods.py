"""The report as an OpenDocument workbook, with the sheets that the Excel one has."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from odf import config, dc, meta, style, table
from odf import text as odf_text
from odf.element import Element
from odf.namespaces import LOEXTNS, nsdict
from odf.opendocument import OpenDocumentSpreadsheet

from lado.reports.document import SUBTITLE, TITLE, Document
from lado.reports.repacking import repacked
from lado.reports.sheets import Link, Sheet, Value, has_numbers, sheets_of
from lado.reports.text import plain
from lado.reports.widths import column_widths

# odfpy notes each name space when it is first met, in one place for all documents: two files would
# differ, and two threads meet in it.
Element.namespaces.update(nsdict)

MM_A_LETTER = 2.1
CELL = "table-cell"
PAGE = "wide-page"
FONT = {"fontname": "Arial", "fontsize": "11pt"}


def build_ods(document: Document) -> bytes:
    book = OpenDocumentSpreadsheet()
    _describe(book, document)
    _declare(book)
    sheets = sheets_of(document)
    ranges = table.DatabaseRanges()
    for number, sheet in enumerate(sheets, start=1):
        book.spreadsheet.addElement(_sheet(book, sheet))
        if sheet.headings:
            ranges.addElement(_range(sheet, number))
    book.spreadsheet.addElement(ranges)
    _freeze(book, sheets)
    output = BytesIO()
    book.write(output)
    return repacked(output, {})


def _describe(book: Any, document: Document) -> None:
    """Instead of odfpy's own particulars, which name the moment."""
    book.meta.childNodes.clear()
    day = f"{document.figures.as_at:%Y-%m-%d}T00:00:00"
    for element, words in (
        (dc.Title, plain(document.title)),
        (dc.Subject, f"{SUBTITLE}. {TITLE}"),
        (dc.Creator, plain(document.council)),
        (dc.Language, "en-GB"),
        (meta.CreationDate, day),
        (dc.Date, day),
    ):
        book.meta.addElement(element(text=words))


def _declare(book: Any) -> None:
    book.fontfacedecls.addElement(
        style.FontFace(name="Arial", fontfamily="Arial", fontfamilygeneric="swiss")
    )
    usual = style.DefaultStyle(family=CELL)
    usual.addElement(style.TextProperties(language="en", country="GB", **FONT))
    book.styles.addElement(usual)
    _declare_page(book)
    right = {"textalign": "end"}
    strong = {"fontweight": "bold", **FONT}
    line = {"borderbottom": "1pt solid #0b0c0c", "verticalalign": "bottom"}
    _style(book, "title", {}, {}, strong | {"fontsize": "15pt"})
    _style(book, "text", {"wrapoption": "wrap", "verticalalign": "top"}, {}, FONT)
    _style(book, "figure", {"verticalalign": "top"}, right, FONT)
    _style(book, "heading", line | {"wrapoption": "wrap"}, {}, strong)
    _style(book, "figure-heading", line | {"wrapoption": "wrap"}, right, strong)


def _declare_page(book: Any) -> None:
    """A4 on its side, each sheet as wide as one page and as long as it needs."""
    layout = style.PageLayout(name=PAGE)
    wide = style.PageLayoutProperties(
        pagewidth="297mm", pageheight="210mm", printorientation="landscape", margin="15mm"
    )
    for side, pages in (("X", "1"), ("Y", "0")):  # LibreOffice's own: others pass it over
        wide.setAttrNS(LOEXTNS, f"scale-to-{side}", pages)
    layout.addElement(wide)
    book.automaticstyles.addElement(layout)
    book.masterstyles.addElement(style.MasterPage(name=PAGE, pagelayoutname=layout))
    book.automaticstyles.addElement(style.Style(name=PAGE, family="table", masterpagename=PAGE))


def _style(book: Any, name: str, cell: Any, paragraph: Any, text: Any) -> None:
    found = style.Style(name=name, family=CELL)
    found.addElement(style.TableCellProperties(**cell))
    found.addElement(style.ParagraphProperties(**paragraph))
    found.addElement(style.TextProperties(**text))
    book.automaticstyles.addElement(found)


def _sheet(book: Any, sheet: Sheet) -> Any:
    found = table.Table(name=sheet.name, stylename=PAGE)
    for width in column_widths(sheet):
        found.addElement(table.TableColumn(stylename=_column_style(book, width)))
    for number, line in enumerate(sheet.lines):
        look = "text" if number else "title"
        _add_row(found, [_cell(line, look)])
    if sheet.headings:
        _add_table(found, sheet)
    return found


def _column_style(book: Any, width: int) -> str:
    name = f"width-{width}"
    if not any(one.getAttribute("name") == name for one in book.automaticstyles.childNodes):
        found = style.Style(name=name, family="table-column")
        found.addElement(style.TableColumnProperties(columnwidth=f"{width * MM_A_LETTER:.1f}mm"))
        book.automaticstyles.addElement(found)
    return name


def _add_table(found: Any, sheet: Sheet) -> None:
    numeric = has_numbers(sheet)
    heads = table.TableHeaderRows()
    _add_row(
        heads,
        [
            _cell(heading, "figure-heading" if column and numeric else "heading")
            for column, heading in enumerate(sheet.headings)
        ],
    )
    found.addElement(heads)
    for row in sheet.rows:
        cells = [
            _cell(value, "figure" if column and numeric else "text")
            for column, value in enumerate(row)
        ]
        _add_row(found, cells)


def _add_row(parent: Any, cells: list[Any]) -> None:
    row = table.TableRow()
    for cell in cells:
        row.addElement(cell)
    parent.addElement(row)


def _cell(value: Value, look: str) -> Any:
    """A text is always a string, never a formula."""
    if isinstance(value, int | float):
        cell = table.TableCell(valuetype="float", value=str(value), stylename=look)
        cell.addElement(odf_text.P(text=f"{value:,}"))
        return cell
    cell = table.TableCell(valuetype="string", stylename=look)
    for paragraph in _paragraphs(value):
        cell.addElement(paragraph)
    return cell


def _paragraphs(value: str | Link) -> Iterator[Any]:
    if isinstance(value, Link):
        paragraph = odf_text.P()
        paragraph.addElement(odf_text.A(type="simple", href=f"#{value.sheet}.A1", text=value.text))
        yield paragraph
        return
    for line in value.splitlines() or [""]:
        yield odf_text.P(text=line)


def _range(sheet: Sheet, number: int) -> Any:
    """The table as a named range whose first row is its headings."""
    last_column = _letters(len(sheet.headings))
    first, last = sheet.head_row + 1, sheet.head_row + 1 + len(sheet.rows)
    return table.DatabaseRange(
        name=f"Table{number}",
        targetrangeaddress=f"{sheet.name}.A{first}:{sheet.name}.{last_column}{last}",
        containsheader="true",
        displayfilterbuttons="false",
    )


def _letters(number: int) -> str:
    """The name of a column, counted from 1."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _freeze(book: Any, sheets: list[Sheet]) -> None:
    views = config.ConfigItemSet(name="ooo:view-settings")
    indexed = config.ConfigItemMapIndexed(name="Views")
    entry = config.ConfigItemMapEntry()
    named = config.ConfigItemMapNamed(name="Tables")
    for sheet in sheets:
        if sheet.is_frozen:
            named.addElement(_frozen(sheet))
    entry.addElement(named)
    indexed.addElement(entry)
    views.addElement(indexed)
    book.settings.addElement(views)


def _frozen(sheet: Sheet) -> Any:
    found = config.ConfigItemMapEntry(name=sheet.name)
    for name, value in (
        ("HorizontalSplitMode", 2),
        ("VerticalSplitMode", 2),
        ("HorizontalSplitPosition", 1),
        ("VerticalSplitPosition", sheet.head_row + 1),
        ("PositionRight", 1),
        ("PositionBottom", sheet.head_row + 1),
    ):
        kind = "short" if name.endswith("Mode") else "int"
        found.addElement(config.ConfigItem(name=name, type=kind, text=str(value)))
    return found
