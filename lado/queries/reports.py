"""The reports there are."""

from datetime import date

from sqlalchemy import func, select

from lado.extensions import db
from lado.models import Consultation, Report, User
from lado.queries import information_requests
from lado.queries.access import visible
from lado.queries.keyset import Cursor, Key, Order, Page, in_order, page_of
from lado.rules.quarters import Period
from lado.rules.vocabulary import ReportStatus


def listed(user: User, cursor: Cursor) -> Page[Report]:
    """Those that `user` may know of, the newest period and version first."""
    order = Order.by(
        Report,
        Key(Report.period_end, descending=True),
        Report.period_start,
        Key(Report.edition_number, descending=True),
    )
    return page_of(visible(user, Report), (), order, cursor, in_order(Report))


def published(period: Period) -> Report | None:
    return db.session.scalar(
        select(Report).where(
            Report.period_start == period.start,
            Report.period_end == period.end,
            Report.status == ReportStatus.PUBLISHED,
        )
    )


def public_editions() -> list[Report]:
    """All that were published with one, also those superseded since, the first first."""
    found = db.session.scalars(
        select(Report)
        .where(Report.public_pdf_sha256.is_not(None))
        .order_by(Report.published_at, Report.id)
    )
    return list(found)


def published_so_far() -> int:
    """Reports with or without a public edition, and answers to information requests."""
    reports = db.session.scalar(select(func.count(Report.published_at))) or 0
    return reports + information_requests.answered_so_far()


def oldest_received() -> date | None:
    return db.session.scalar(select(func.min(Consultation.received_on)))
