"""`flask register`: a spreadsheet register in and out."""

import sys
from pathlib import Path
from typing import NoReturn

import click

from lado.cli.files import owner_only
from lado.cli.group import Group
from lado.cli.progress import progress
from lado.errors import Refused
from lado.register.export import (
    LeftOut,
    left_out,
    lines_for,
    shortened,
    summary,
    write_left_out,
    write_register,
)
from lado.register.loading import Result, load
from lado.register.numbers import in_words, same_in_words
from lado.register.problems import Unreadable
from lado.register.writing import FORMATS, Format, write_problems
from lado.services.audit import COMMAND_LINE

BAD_INPUT = 2
SAME_SHOWN = 20

group = Group("register", help="Load a spreadsheet register, or write it to a file.")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check it and say what would be created, no more.")
def import_(file: Path, dry_run: bool) -> None:
    """Load FILE (CSV, XLSX or ODS): all of it, or with any error nothing.

    Every error is listed, and written to a CSV beside FILE to be opened with it.
    """
    try:
        data = file.read_bytes()
        with progress("Reading the register") as report:
            result = load(data, by=COMMAND_LINE, dry_run=dry_run, progress=report)
    except (Unreadable, Refused, OSError) as error:
        _fail(f"{error}\nNothing was loaded.")
    for notice in result.notices:
        click.echo(notice, err=True)
    if result.problems:
        _list_problems(result, file)
    for line in outcome_lines(result, dry_run=dry_run):
        click.echo(line)


def outcome_lines(result: Result, *, dry_run: bool) -> list[str]:
    if result.loaded_before:
        day = f"{result.loaded_before.loaded_at:%d/%m/%Y}"
        return [f"This same file was loaded on {day}. There is nothing to do."]
    lines = [f"{result.row_count:,} rows checked. No errors."]
    if result.already_there:
        lines.append(f"{result.already_there:,} of them on record already, with the same contents.")
    if result.numbers:
        begin = "Would create" if dry_run else "Created"
        lines += [f"{begin}: {', '.join(in_words(result.numbers))}."]
    else:
        lines.append("There is nothing to create.")
    return lines + _possible_same(result)


def _possible_same(result: Result) -> list[str]:
    if not result.possible_same:
        return []
    lines = ["Possible same person, kept apart until somebody has looked:"]
    lines += [f"  {same_in_words(each)}" for each in result.possible_same[:SAME_SHOWN]]
    if len(result.possible_same) > SAME_SHOWN:
        lines.append(f"  and {len(result.possible_same) - SAME_SHOWN:,} more")
    return lines


def _list_problems(result: Result, file: Path) -> None:
    for problem in result.problems:
        click.echo(str(problem), err=True)
    count = len(result.problems)
    beside = file.with_name(f"{file.stem}-errors.csv")
    try:
        with owner_only(beside) as binary:
            write_problems(result.problems, binary)
        where = f"They are also in {beside}. "
    except OSError as error:
        where = f"They could not be written to {beside} ({error.strerror}). "
    _fail(
        f"{count:,} error{'s' if count > 1 else ''}. {where}"
        "Nothing was loaded. Correct the register and try again."
    )


@group.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(file: Path) -> None:
    """Write the register to FILE, as its name ends: .csv, .xlsx or .ods.

    What the register's columns cannot hold is listed in a second file beside it.
    """
    form = FORMATS.get(file.suffix.lower().removeprefix("."))
    if form is None:
        raise click.UsageError(
            f"{file.name} does not end in {', '.join(f'.{suffix}' for suffix in FORMATS)}, "
            "so its format is not known."
        )
    try:
        with progress("Writing the register"):
            _export(file, form)
    except OSError as error:
        _fail(f"{error.filename or file} could not be written: {error.strerror}.")


def _export(file: Path, form: Format) -> None:
    found = lines_for(COMMAND_LINE)
    partial = file.with_name(f".{file.name}.part")
    try:
        with owner_only(partial) as binary:
            write_register(found, binary, form, by=COMMAND_LINE)
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    click.echo(f"{len(found):,} consultations written to {file}.")
    _list_left_out(left_out(COMMAND_LINE) + shortened(found, form), file)


def _list_left_out(missing: list[LeftOut], file: Path) -> None:
    if not missing:
        return
    beside = file.with_name(f"{file.stem}-left-out.csv")
    with owner_only(beside) as binary:
        write_left_out(missing, binary)
    for what, count in summary(missing).items():
        click.echo(f"Left out: {what} ({count:,} records)", err=True)
    click.echo(f"What the columns cannot hold is listed in {beside}.", err=True)


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(BAD_INPUT)
