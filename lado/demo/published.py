"""The reports of the quarters and years that have passed, and a draft of the newest."""

from datetime import date, timedelta

from lado.demo.service import decide_about
from lado.extensions import db
from lado.models import Report, User
from lado.reports.stored import drawn_figures, editions_of
from lado.rules.permissions import Role
from lado.rules.quarters import Period, quarter_of, year_of
from lado.rules.timescales import add_months
from lado.services import report as reports

QUARTERS = 2
COMMENTARY = (
    "Schools asked again about what staff write to pupils. Their designated leads ask earlier now, "
    "often before anything has happened.\n\n"
    "Open cases that wait for the police remain the longest. The sub-group is asked to look at "
    "the training on physical intervention, which comes up again among the learning themes."
)


def publish_reports(users: dict[Role, User], today: date) -> None:
    """The newest is left a draft, for somebody to approve."""
    periods = _passed(today)
    for place, period in enumerate(periods[:-1]):
        report = _draw(period, users)
        _publish(report, users)
        decide_about(report, users, place)
    _draw(periods[-1], users)


def _passed(today: date) -> list[Period]:
    last_year = year_of(add_months(today, -12))
    newest = quarter_of(quarter_of(today).start - timedelta(days=1))
    quarters = [newest]
    while len(quarters) < QUARTERS:
        quarters.insert(0, quarters[0].previous())
    return [last_year, *quarters]


def _draw(period: Period, users: dict[Role, User]) -> Report:
    lado = users[Role.LADO]
    report = reports.draw(drawn_figures(db.session(), period), by=lado)
    reports.write_commentary(report, COMMENTARY, version=report.version, by=lado)
    return report


def _publish(report: Report, users: dict[Role, User]) -> None:
    lado, manager = users[Role.LADO], users[Role.MANAGER]
    reports.approve(report, version=report.version, by=manager)
    editions = editions_of(report, demonstration=True)
    reports.publish(report, editions=editions, version=report.version, by=lado)
