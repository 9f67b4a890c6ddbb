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
NO_ADDRESS = (
    "The reminder would lead to this machine only, so nothing is sent. Set LADO_BASE_URL to the "
    "address that users know, such as https://lado.example.gov.uk"
)

group = Group("reminders", help="Reminders to users, by the council's mail server.")


@group.command("send")
def send() -> None:
    """Tell each user for whom something waits, once a day at most. To be run by cron; exit 1 when
    some could not be sent, which the next run tries again."""
    config: Config = current_app.config["LADO"]
    if config.mail is None:
        raise click.ClickException(NO_SERVER)
    if not mail.leads_elsewhere(config.base_url):
        raise click.ClickException(NO_ADDRESS)
    today = clock.today()
    due = reminders.due_today(today)
    claimed = services.claim(due, today=today, by=COMMAND_LINE) if due else []
    if not claimed:
        click.echo("Nothing waits for anybody who was not told today.")
        return
    failed = _send(config.mail, config.base_url, claimed)
    if failed:
        services.give_back(list(failed), by=COMMAND_LINE)
    click.echo(f"{len(claimed) - len(failed):,} of {len(claimed):,} reminders were sent.")
    if failed:
        reasons = "; ".join(sorted(set(failed.values())))
        raise click.ClickException(
            f"{len(failed):,} could not be sent: {reasons}. They are tried again next time."
        )


def _send(server: MailServer, address: str, claimed: list[User]) -> dict[User, str]:
    """Those whom none reached, and why."""
    try:
        answers = list(mail.send(server, [user.email for user in claimed], address))
    except MailFailed as error:
        return dict.fromkeys(claimed, str(error))
    return {user: why for user, why in zip(claimed, answers, strict=True) if why}
