"""The reports there are."""

from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from lado.extensions import db
from lado.models import Consultation, Report, User
from lado.queries.access import visible
from lado.rules.quarters import Period
from lado.rules.vocabulary import ReportStatus


def listed(user: User) -> Select[Any]:
    """Those that `user` may know of, the newest period and version first."""
    return visible(user, Report).order_by(
        Report.period_end.desc(), Report.period_start, Report.edition_number.desc()
    )


def published(period: Period) -> Report | None:
    return db.session.scalar(
        select(Report).where(
            Report.period_start == period.start,
            Report.period_end == period.end,
            Report.status == ReportStatus.PUBLISHED,
        )
    )


def oldest_received() -> date | None:
    return db.session.scalar(select(func.min(Consultation.received_on)))
