"""flask audit: is the trail whole?"""

import click
from sqlalchemy import func, select

from lado.cli.group import Group
from lado.cli.progress import progress
from lado.extensions import db
from lado.models import AuditEvent
from lado.services import audit

group = Group("audit", help="The audit trail.")


@group.command("verify")
def verify() -> None:
    """Check each event against its seal and the one before; exit 1 at the first that fails."""
    with progress("Checking the trail"):
        broken = audit.first_broken_event()
    if broken is not None:
        raise click.ClickException(
            f"Event {broken.id} of {broken.at:%Y-%m-%d %H:%M} UTC does not fit: it, or one before "
            "it, was changed, added or removed after it was written."
        )
    last = db.session.execute(
        select(AuditEvent.id, AuditEvent.hash).order_by(AuditEvent.id.desc()).limit(1)
    ).first()
    number = db.session.scalar(select(func.count(AuditEvent.id))) or 0
    click.echo(f"The audit trail is whole: {number:,} events.")
    if last:
        click.echo(f"Last seal: {last.hash}")
