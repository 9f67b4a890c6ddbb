"""flask search: the full-text index."""

import click

from lado.cli.group import Group
from lado.services import search_index
from lado.services.audit import COMMAND_LINE

group = Group("search", help="Keep the index that searches look in.")


@group.command("rebuild")
def rebuild() -> None:
    """Make the index anew. It follows each save by itself; this is for after an upgrade, or when
    something else has written to the database."""
    number = search_index.rebuild(by=COMMAND_LINE)
    click.echo(f"{number:,} records are indexed.")
