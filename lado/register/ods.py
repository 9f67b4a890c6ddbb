"""An OpenDocument spreadsheet of one sheet, written as a stream.

odfpy builds the whole document in memory: 100,000 rows take it minutes and gigabytes.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from lado.register.cells import Cell, as_text

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" \
manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" \
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" \
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" \
xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" \
xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" office:version="1.2">
<office:automatic-styles>
<number:date-style style:name="day"><number:day number:style="long"/><number:text>/</number:text>\
<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>\
</number:date-style>
<style:style style:name="date" style:family="table-cell" style:data-style-name="day"/>
<style:style style:name="heading" style:family="table-cell">\
<style:text-properties fo:font-weight="bold"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>
"""
TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>\n"
_BLANKS = re.compile(r"^ | {2,}")


def write_ods(
    rows: Iterable[Sequence[Cell]], file: IO[bytes], headings: Sequence[str], *, sheet_name: str
) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        # The type stands first and uncompressed, so that the file can be told by its first bytes.
        archive.writestr("mimetype", MEDIA_TYPE, compress_type=zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        with archive.open("content.xml", "w", force_zip64=True) as content:
            for part in _content(rows, headings, sheet_name):
                content.write(part.encode())


def _content(
    rows: Iterable[Sequence[Cell]], headings: Sequence[str], sheet_name: str
) -> Iterator[str]:
    yield HEAD
    yield f"<table:table table:name={quoteattr(sheet_name)}>"
    yield f'<table:table-column table:number-columns-repeated="{len(headings)}"/>\n'
    yield _row(_text_cell(heading, ' table:style-name="heading"') for heading in headings)
    for row in rows:
        yield _row(map(_cell, row))
    yield TAIL


def _row(cells: Iterable[str]) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>\n"


def _cell(cell: Cell) -> str:
    if isinstance(cell, date):
        return (
            f'<table:table-cell table:style-name="date" office:value-type="date" '
            f'office:date-value="{cell:%Y-%m-%d}"><text:p>{as_text(cell)}</text:p>'
            f"</table:table-cell>"
        )
    return _text_cell(cell) if cell else "<table:table-cell/>"


def _text_cell(text: str, style: str = "") -> str:
    paragraphs = "".join(f"<text:p>{_paragraph(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell{style} office:value-type="string">{paragraphs}</table:table-cell>'


def _paragraph(line: str) -> str:
    """Runs of blanks are elements here, or readers would make one blank of them. A tab has its
    own element too, which our reader passes over: it becomes a blank."""
    return _BLANKS.sub(_blanks, escape(line.replace("\t", " ")))


def _blanks(found: re.Match[str]) -> str:
    return f'<text:s text:c="{len(found.group())}"/>'
