"""Between a report as it is kept and a document as it is shown."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from lado.models import Report
from lado.queries import settings
from lado.reports.comparison import Comparison, compare
from lado.reports.document import Document
from lado.reports.measures import DEFINITIONS_VERSION
from lado.rules.quarters import Period
from lado.rules.vocabulary import ReportStatus
from lado.services.report import DrawnFigures


def drawn_figures(session: Session, period: Period, as_at: date | None = None) -> DrawnFigures:
    """Raises ValueError, in words, for a period or an as-at date that cannot be counted."""
    comparison = compare(session, period, as_at)
    return DrawnFigures(
        period=period,
        as_at=comparison.this.as_at,
        definitions_version=DEFINITIONS_VERSION,
        council=settings.get_text("council_name"),
        record=comparison.as_record(),
        discrepancies=comparison.discrepancies,
        provisional=comparison.this.provisional,
    )


def document_of(
    report: Report, *, demonstration: bool, status: ReportStatus | None = None
) -> Document:
    """With `status`, as it will be once it has that status."""
    figures: Mapping[str, Any] = report.figures
    return Document(
        comparison=Comparison.from_record(figures["comparison"]),
        council=figures["council"],
        status=status or report.status,
        version=report.edition_number,
        correction=report.correction or "",
        commentary=report.commentary,
        demonstration=demonstration,
    )
