"""flask users: the first way in, and the way back in when no administrator is left."""

import click
from flask import current_app

from lado.cli.group import AskedWrongly, Group
from lado.models import User
from lado.queries import users
from lado.rules.accounts import LinkPurpose
from lado.rules.permissions import Role
from lado.services import invitation, restriction
from lado.services import user as services
from lado.services.audit import COMMAND_LINE

group = Group("users", help="Invite users and make one-time links.")


@group.command("first-link")
def first_link() -> None:
    """Print the link that makes the first administrator; nothing when there is a user."""
    token = invitation.first_link()
    if token:
        click.echo("Nobody can sign in yet. Make the first administrator with this link, which")
        click.echo("works once, for one day:")
        _print_link(token)


@group.command("add")
@click.argument("email")
@click.option("--name", required=True, help="Their name, as others know it.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
def add(email: str, name: str, role: str) -> None:
    """Invite a user and print their one-time link."""
    _, token = services.invite(email=email, name=name, role=Role[role.upper()], by=COMMAND_LINE)
    click.echo("Give them this link, which works once, for one day:")
    _print_link(token)


@group.command("link")
@click.argument("email")
@click.option(
    "--lost",
    type=click.Choice([purpose.value for purpose in LinkPurpose]),
    default=LinkPurpose.BOTH.value,
    show_default=True,
)
def link(email: str, lost: str) -> None:
    """Print a new one-time link for a user who lost their password or phone."""
    token = invitation.new_link(_user(email), purpose=LinkPurpose[lost.upper()], by=COMMAND_LINE)
    click.echo("Give them this link, which works once, for one day:")
    _print_link(token)


@group.command("hand-over")
@click.argument("email")
@click.option("--to", required=True, help="The email address of who takes over.")
def hand_over(email: str, to: str) -> None:
    """Open the restricted records that a user is named on to another, when the user leaves."""
    number = restriction.hand_over(_user(email), to=_user(to), by=COMMAND_LINE)
    click.echo(f"{number:,} restricted records are open to {to} too.")


def _user(email: str) -> User:
    user = users.by_email(email)
    if user is None:
        raise AskedWrongly(f"There is no user {email}. Add them: flask users add")
    return user


def _print_link(token: str) -> None:
    click.echo(current_app.config["LADO"].one_time_link(token))
