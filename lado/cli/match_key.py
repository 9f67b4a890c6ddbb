"""`flask match-key`: the key under which names that are not kept become hashes."""

import click

from lado.cli.group import Group
from lado.services import pseudonym
from lado.services.audit import COMMAND_LINE

group = Group("match-key", help="The key that hashes the names which are not kept.")


@group.command("change")
def change() -> None:
    """Hash under a new key from now on. What was hashed before is still recognised."""
    number = pseudonym.change_key(by=COMMAND_LINE)
    click.echo(f"Key {number} is used from now on. Earlier keys still recognise what they hashed.")


@group.command("forget-old")
@click.confirmation_option(prompt="Names hashed under earlier keys are recognised no more. Go on?")
def forget_old() -> None:
    """Delete all keys but the newest, and what was hashed under them: after a key became known."""
    adults = pseudonym.forget_old_keys(by=COMMAND_LINE)
    click.echo(f"Earlier keys are deleted. {adults} unnamed adults are recognised no more.")
