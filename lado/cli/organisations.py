"""`flask organisations`: public lists of schools and providers."""

import sys
from pathlib import Path

import click

from lado.cli.group import Group
from lado.cli.progress import progress
from lado.directory.loading import Result, load
from lado.services.audit import COMMAND_LINE

BAD_INPUT = 2
SHOWN = 20

group = Group("organisations", help="Load a public list of schools or providers.")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--authority", default="", help="Only rows of this local authority, as FILE has it.")
@click.option("--dry-run", is_flag=True, help="Check it and say what would change, no more.")
def import_(file: Path, authority: str, dry_run: bool) -> None:
    """Load FILE, a CSV of the register of schools (GIAS) or of Ofsted: all of it, or with any error
    nothing. The same file again changes nothing.
    """
    with file.open("rb") as binary, progress("Checking the list") as report:
        result = load(
            binary, authority=authority, by=COMMAND_LINE, dry_run=dry_run, progress=report
        )
    if result.problem_count:
        for problem in result.problems:
            click.echo(str(problem), err=True)
        click.echo(f"{result.problem_count:,} errors. Nothing was loaded.", err=True)
        sys.exit(BAD_INPUT)
    for line in lines(result, dry_run=dry_run):
        click.echo(line)


def lines(result: Result, *, dry_run: bool) -> list[str]:
    found = result.found
    numbers = (
        f"{result.rows:,} rows. {'Would add' if dry_run else 'Added'} {found.added:,}, "
        f"{'change' if dry_run else 'changed'} {found.changed:,} ({found.closed:,} closed), "
        f"{'take over' if dry_run else 'took over'} {found.adopted:,} that were typed; "
        f"{found.same:,} as they were."
    )
    said = [numbers] + [
        f"Not known here: {heading} “{value}” in {number:,} rows."
        for (heading, value), number in result.noticed.unknown.most_common()
    ]
    if result.noticed.withheld:
        said.append(f"{result.noticed.withheld:,} rows without a name were left out.")
    if found.possible:
        said.append("Possibly one that was typed before, to be merged by somebody:")
        said += [f"  {name}" for name in found.possible[:SHOWN]]
        if len(found.possible) > SHOWN:
            said.append(f"  and {len(found.possible) - SHOWN:,} more")
    return said
