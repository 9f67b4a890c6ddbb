"""flask audit: is the trail whole?"""

import click

from lado.cli.group import Group
from lado.cli.progress import progress
from lado.queries import users
from lado.services import audit

group = Group("audit", help="The audit trail.")


@group.command("verify")
@click.option("--seal", default="", help="One that was noted down before: it must still be there.")
def verify(seal: str) -> None:
    """Check each event against its seal and the one before; exit 1 when something does not hold.

    Whoever owns the database can cut the trail off or write it anew so that it holds by itself.
    Only a seal that was noted down elsewhere shows that.
    """
    with progress("Checking the trail"):
        walk = audit.walk(seal.strip().lower())
    if walk.broken is not None:
        raise click.ClickException(
            f"Event {walk.broken.id} of {walk.broken.at:%Y-%m-%d %H:%M} UTC does not fit: it, or "
            "one before it, was changed, added or removed after it was written."
        )
    if not walk.events and not users.is_empty():
        raise click.ClickException("There are users and no events: the trail was removed.")
    if seal and not walk.found:
        raise click.ClickException(
            f"None of the {walk.events:,} events has the seal {seal}: the trail was cut off or "
            "written anew after it was noted down, or it is the seal of another database."
        )
    click.echo(f"The audit trail is whole: {walk.events:,} events.")
    if walk.events:
        click.echo(f"Newest seal: {walk.newest}")
