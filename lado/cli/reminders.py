"""flask reminders: users are told by mail that something waits."""

import click
from flask import current_app

from lado import clock, mail
from lado.cli.group import Group
from lado.config import Config
from lado.mail import MailFailed, MailServer
from lado.models import User
from lado.queries import reminders
from lado.services import reminder as services
from lado.services.audit import COMMAND_LINE

NO_SERVER = "No mail server is set, so nothing is sent. Set LADO_SMTP_URL and LADO_MAIL_FROM."

group = Group("reminders", help="Reminders to users, by the council's mail server.")


@group.command("send")
def send() -> None:
    """Tell each user for whom something waits, once a day at most. To be run by cron; exit 1 when
    some could not be sent, which the next run tries again."""
    config: Config = current_app.config["LADO"]
    if config.mail is None:
        raise click.ClickException(NO_SERVER)
    due = reminders.due_today(clock.today())
    if not due:
        click.echo("Nothing waits for anybody who was not told today.")
        return
    services.claim(due, today=clock.today(), by=COMMAND_LINE)
    failed = _send(config.mail, config.base_url, due)
    if failed:
        services.give_back(list(failed), by=COMMAND_LINE)
    click.echo(f"{len(due) - len(failed):,} of {len(due):,} reminders were sent.")
    if failed:
        reasons = "; ".join(sorted(set(failed.values())))
        raise click.ClickException(
            f"{len(failed):,} could not be sent: {reasons}. They are tried again next time."
        )


def _send(server: MailServer, address: str, due: list[User]) -> dict[User, str]:
    """Those whom none reached, and why."""
    messages = [mail.reminder(user.email, sender=server.sender, address=address) for user in due]
    try:
        answers = list(mail.send(server, messages))
    except MailFailed as error:
        return dict.fromkeys(due, str(error))
    return {user: why for user, why in zip(due, answers, strict=True) if why}
