"""Every file that a report can be, all made from the same document."""

from collections.abc import Callable
from dataclasses import dataclass

from lado.reports.dataset import build_dataset
from lado.reports.document import Document
from lado.reports.html import build_html
from lado.reports.ods import build_ods
from lado.reports.pdf import build_pdf
from lado.reports.slide import build_slide
from lado.reports.tidy import build_csv, build_json
from lado.reports.xlsx import build_xlsx

PDF = "application/pdf"
OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class FileFormat:
    """`name` is what an address and a command call it; `suffix` ends the file's name; `about` says
    what it is where the label does not."""

    name: str
    label: str
    suffix: str
    media_type: str
    build: Callable[[Document], bytes]
    about: str = ""


DATASET = (
    "A line for each number of each period, with the measure’s name that never changes, its unit, "
    "the row of its table, the period and its type, and what a rate is made of. Each report’s file "
    "has the same columns, so that files can be put one below the other."
)
FORMATS = {
    each.name: each
    for each in (
        FileFormat("pdf", "The report as a PDF", ".pdf", PDF, build_pdf),
        FileFormat("slide", "One page for the meeting (PDF)", "-slide.pdf", PDF, build_slide),
        FileFormat("html", "The report as a web page", ".html", "text/html", build_html),
        FileFormat("xlsx", "The tables for Excel (XLSX)", ".xlsx", OFFICE, build_xlsx),
        FileFormat(
            "ods", "The tables as OpenDocument (ODS)", ".ods",
            "application/vnd.oasis.opendocument.spreadsheet", build_ods,
        ),
        FileFormat("csv", "The figures as CSV", ".csv", "text/csv", build_csv),
        FileFormat(
            "dataset", "The figures for the safeguarding board’s dataset and dashboard (CSV)",
            "-dataset.csv", "text/csv", build_dataset, DATASET,
        ),
        FileFormat("json", "The figures as JSON", ".json", "application/json", build_json),
    )
}  # fmt: skip


def format_of(file_name: str) -> FileFormat | None:
    """By how the name ends; a slide's ending is a PDF's too, so the longest counts."""
    fitting = [each for each in FORMATS.values() if file_name.lower().endswith(each.suffix)]
    return max(fitting, key=lambda each: len(each.suffix), default=None)
