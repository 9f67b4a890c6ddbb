"""`flask report`: the figures of a period, and the report as a file."""

import json
from datetime import date
from pathlib import Path

import click
from flask import current_app, render_template

from lado.cli.files import owner_only
from lado.cli.group import Group
from lado.cli.progress import progress
from lado.config import ROOT
from lado.extensions import db
from lado.models import Report
from lado.queries import reports, settings
from lado.reports.comparison import compare
from lado.reports.document import Document, Edition
from lado.reports.figures import draw
from lado.reports.pdf import build_pdf
from lado.reports.stored import document_of
from lado.reports.svg import inline_svg
from lado.rules.quarters import Period
from lado.services import viewing
from lado.services.audit import COMMAND_LINE

DOES_NOT_HOLD = 1
LATER_FORMATS = (".xlsx", ".ods")

group = Group("report", help="The figures and the report of a quarter, a year or other period.")


class PeriodType(click.ParamType[Period]):
    name = "period"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Period:
        if isinstance(value, Period):
            return value
        try:
            return Period.parse(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class DayType(click.ParamType[date]):
    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date. Write it as 2013-03-31.", param, ctx)


@group.command("figures")
@click.argument("period", type=PeriodType())
@click.option("--as-at", type=DayType(), help="As the records stood on this day: 2013-03-31.")
@click.option("--format", "_format", type=click.Choice(["json"]), default="json")
def figures(period: Period, as_at: date | None, _format: str) -> None:
    """Print the figures of PERIOD: 2012-13, 2012-13/Q4 or 2012-04-01..2012-06-30."""
    try:
        with progress("Working out figures"):
            found = draw(db.session(), period, as_at)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    _stop_unless_reconciled(found.discrepancies)


@group.command("build")
@click.argument("period", type=PeriodType())
@click.option("--edition", type=click.Choice([edition.value for edition in Edition]), required=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def build(period: Period, edition: str, out: Path) -> None:
    """Write the report of PERIOD to a .pdf or .html file.

    A published report is written as it was published, any other as a draft from the records. It is
    noted in the audit trail before, since a file cannot be called back.
    """
    _check_can_make(edition == Edition.PUBLIC, out)
    report = reports.published(period)
    try:
        with progress("Working out figures"):
            document = _document(period, report)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    _stop_unless_reconciled(document.discrepancies)
    with progress("Making the report"):
        content = build_pdf(document) if _ending(out) == ".pdf" else _html(document)
    viewing.report_written(report, period, by=COMMAND_LINE)
    _write(out, content)
    click.echo(f"Wrote {out}", err=True)


def _ending(out: Path) -> str:
    return out.suffix.lower()


def _check_can_make(is_public: bool, out: Path) -> None:
    if is_public:
        raise click.UsageError(
            "The public edition cannot be made yet, because small numbers are not hidden yet. "
            "Use --edition full, and keep it inside the sub-group."
        )
    if _ending(out) in LATER_FORMATS:
        raise click.UsageError(
            f"A report cannot be written as {_ending(out)} yet. "
            "Give a name ending in .pdf or .html."
        )
    if _ending(out) not in (".pdf", ".html"):
        raise click.UsageError("The file's name must end in .pdf or .html.")


def _document(period: Period, report: Report | None) -> Document:
    demonstration = current_app.config["LADO"].demonstration
    if report:
        return document_of(report, demonstration=demonstration)
    council = settings.get_text("council_name")
    return Document(compare(db.session(), period), council, demonstration=demonstration)


def _html(document: Document) -> bytes:
    css = (ROOT / "lado" / "static" / "report.css").read_text(encoding="utf-8")
    page = render_template("reports/standalone.html", document=document, svg=inline_svg, css=css)
    return page.encode()


def _write(out: Path, content: bytes) -> None:
    try:
        with owner_only(out) as file:
            file.write(content)
    except OSError as error:
        raise click.UsageError(
            f"{out} cannot be written: {error.strerror}. Give another name or folder."
        ) from error


def _stop_unless_reconciled(discrepancies: list[str]) -> None:
    if discrepancies:
        click.echo("The totals do not reconcile. Correct the records first.", err=True)
        for words in discrepancies:
            click.echo(f"- {words}", err=True)
        raise SystemExit(DOES_NOT_HOLD)
