"""`flask demo`: a filled system to look around in, with invented people only."""

import click
from flask import current_app

from lado.cli.group import Group
from lado.cli.progress import progress
from lado.demo import loading
from lado.demo.users import SHARED_WORDS, who_can_sign_in

group = Group("demo", help="A filled demonstration, with invented people only.")

NOT_A_DEMONSTRATION = (
    "This installation is no demonstration, so nothing was loaded. Set LADO_DEMONSTRATION=1 and "
    "name an instance folder of its own, or run: make demo"
)
NOT_EMPTY = (
    "This database has something in it already, so nothing was loaded. For a new demonstration "
    "delete its instance folder, then run this again."
)


@group.command("load")
@click.option(
    "--times",
    type=click.IntRange(1, 1000),
    default=1,
    show_default=True,
    help="So many times as many contacts, to try a large system.",
)
@click.option("--if-empty", is_flag=True, help="Take it as done when it is loaded already.")
def load(times: int, if_empty: bool) -> None:
    """Fill an empty database with two invented years and the current one.

    Prints who can sign in. Needs LADO_DEMONSTRATION=1.
    """
    if not current_app.config["LADO"].demonstration:
        raise click.UsageError(NOT_A_DEMONSTRATION)
    if loading.was_interrupted():
        click.echo("The last loading was interrupted, so this one starts over.", err=True)
        loading.start_over()
    empty = loading.is_empty()
    if empty:
        with progress("Making the register") as report:
            loading.fill(times=times, progress=report)
    _print_users()
    if not (empty or (if_empty and loading.is_loaded())):
        raise click.UsageError(NOT_EMPTY)


def _print_users() -> None:
    click.echo(f"Sign in at {current_app.config['LADO'].base_url} as one of these, with the")
    click.echo(f"password: {SHARED_WORDS}")
    for user in who_can_sign_in():
        click.echo(f"  {user.email:<28} {user.role.label}")
