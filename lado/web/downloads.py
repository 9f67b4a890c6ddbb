"""Files that are made for one answer and kept nowhere."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import request, send_file
from werkzeug.wrappers import Response

from lado import clock
from lado.errors import NotFound
from lado.models import User
from lado.papers.docx import MEDIA_TYPE, paper_docx
from lado.papers.paper import Paper
from lado.papers.pdf import paper_pdf
from lado.register.cells import Cell
from lado.register.writing import CSV, XLSX, Format, write
from lado.web.guard import user

PAPER_FORMATS: dict[str, tuple[Callable[[Paper], bytes], str]] = {
    "pdf": (paper_pdf, "application/pdf"),
    "docx": (paper_docx, MEDIA_TYPE),
}
IN_MEMORY = 4 * 1024 * 1024


def temporary_file() -> IO[bytes]:
    """Beyond some size on the disk, under no name that anybody could open."""
    return SpooledTemporaryFile(max_size=IN_MEMORY)


def attachment(file: Any, name: str, form: Format) -> Response:
    file.seek(0)
    return send_file(
        file,
        mimetype=form.media_type,
        as_attachment=True,
        download_name=f"{name}-{clock.today():%Y-%m-%d}.{form.suffix}",
    )


def saved_list(
    name: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    note: Callable[..., None],
) -> Response:
    """A list as the spreadsheet that the address asks for. `note` tells the audit trail of how
    many rows, before the file leaves."""
    form = XLSX if request.args.get("as") == XLSX.suffix else CSV
    file, number = temporary_file(), 0

    def counted() -> Iterator[Sequence[Cell]]:
        nonlocal number
        for number, row in enumerate(rows, start=1):  # noqa: B007 - counted for the trail
            yield row

    write(counted(), file, form, headings=headings, sheet_name=name.capitalize())
    by: User = user()
    note(rows=number, by=by)
    return attachment(file, name, form)


def saved_paper(paper: Paper, file_format: str, note: Callable[[], None]) -> Response:
    """`file_format` is the ending that the address asks for; raises NotFound where there is none
    such. `note` tells the audit trail, before the file leaves."""
    if file_format not in PAPER_FORMATS:
        raise NotFound
    draw, media_type = PAPER_FORMATS[file_format]
    content = draw(paper)
    note()
    return saved_bytes(content, f"{paper.file_name}.{file_format}", media_type)


def saved_bytes(content: bytes, name: str, media_type: str) -> Response:
    return send_file(BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name)
