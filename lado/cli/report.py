"""`flask report`: the figures of a period, and the report as a file."""

import json
from datetime import date
from pathlib import Path

import click
from flask import current_app

from lado.cli.files import owner_only
from lado.cli.group import Group
from lado.cli.progress import progress
from lado.errors import Refused
from lado.extensions import db
from lado.models import Report
from lado.queries import reports, settings
from lado.reports.comparison import compare
from lado.reports.document import Document, Edition
from lado.reports.figures import draw
from lado.reports.files import FORMATS, FileFormat, format_of
from lado.reports.stored import disclose, document_of
from lado.rules.quarters import Period
from lado.services import viewing
from lado.services.audit import COMMAND_LINE

DOES_NOT_HOLD = 1
ENDINGS = ", ".join(each.suffix for each in FORMATS.values())

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
    """Write the report of PERIOD to a .pdf, .html, .xlsx, .ods, .csv or .json file, to a page
    for the meeting whose name ends in -slide.pdf, or to rows for the board's dataset, whose name
    ends in -dataset.csv.

    A published report is written as it was published, any other as a draft from the records. It is
    noted in the audit trail before, since a file cannot be called back.
    """
    made_as = _format_of(out)
    report = reports.published(period)
    try:
        with progress("Working out figures"):
            document = _document(period, report, Edition[edition.upper()])
    except (ValueError, Refused) as error:
        raise click.UsageError(str(error)) from error
    _stop_unless_reconciled(document.discrepancies)
    with progress("Making the report"):
        content = made_as.build(document)
    viewing.report_written(report, period, by=COMMAND_LINE)
    _write(out, content)
    click.echo(f"Wrote {out}", err=True)


def _format_of(out: Path) -> FileFormat:
    found = format_of(out.name)
    if found is None:
        raise click.UsageError(f"The file's name must end in {ENDINGS}.")
    return found


def _document(period: Period, report: Report | None, edition: Edition) -> Document:
    demonstration = current_app.config["LADO"].demonstration
    if report:
        return document_of(report, demonstration=demonstration, edition=edition)
    council = settings.get_text("council_name")
    comparison = compare(db.session(), period)
    document = Document(comparison, council, demonstration=demonstration)
    if edition is Edition.FULL or document.discrepancies:
        return document
    return document.in_public(disclose(comparison), "")


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
