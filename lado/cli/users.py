"""flask users: the first way in, and the way back in when no administrator is left."""

import click
from flask import current_app

from lado.cli.group import AskedWrongly, Group
from lado.queries import users
from lado.rules.accounts import LinkPurpose
from lado.rules.permissions import Role
from lado.services import invitation
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
    user = users.by_email(email)
    if user is None:
        raise AskedWrongly("There is no user with this e-mail address. Add them: flask users add")
    token = invitation.new_link(user, purpose=LinkPurpose[lost.upper()], by=COMMAND_LINE)
    click.echo("Give them this link, which works once, for one day:")
    _print_link(token)


def _print_link(token: str) -> None:
    click.echo(current_app.config["LADO"].one_time_link(token))
