"""`flask documents`: the encrypted files of documents, and their key."""

import click

from lado.cli.group import AskedWrongly, Group
from lado.services import stored_documents
from lado.services.audit import COMMAND_LINE

group = Group("documents", help="The encrypted files of documents, and their key.")


@group.command("check")
def check() -> None:
    """Read every stored document to its end, and delete files that belong to none."""
    found = stored_documents.check_all(by=COMMAND_LINE)
    for document, why in found.unreadable:
        click.echo(f"{document.home.reference}, document {document.number}: {why}", err=True)
    click.echo(f"Whole documents: {found.sound}. Deleted files of no document: {found.swept}.")
    if found.unreadable:
        raise AskedWrongly(f"Documents that cannot be read: {len(found.unreadable)}")


@group.command("change-key")
def change_key() -> None:
    """Encrypt every document under a new key. The earlier keys stay until they are forgotten."""
    number, unreadable = stored_documents.change_key(by=COMMAND_LINE)
    click.echo(f"Documents are encrypted under key {number} now. Earlier keys are kept.")
    if unreadable:
        raise AskedWrongly(f"Documents that cannot be read, and are as they were: {unreadable}")


@group.command("forget-old-keys")
@click.confirmation_option(prompt="Backups from before the change become unreadable. Go on?")
def forget_old_keys() -> None:
    """Delete all keys but the newest: after a key became known."""
    stored_documents.forget_old_keys(by=COMMAND_LINE)
    click.echo("Earlier keys are deleted.")
