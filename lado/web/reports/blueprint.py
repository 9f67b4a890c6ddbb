"""What the pages of a report share."""

from typing import Any

from flask import Blueprint, current_app, redirect, url_for

from lado.errors import NotFound
from lado.models import Report
from lado.queries.access import get_report
from lado.queries.public_text import findings_in
from lado.reports.document import Document, Edition
from lado.reports.stored import disclosure_of, document_of, public_text
from lado.rules.permissions import Permission
from lado.rules.public_text import Finding
from lado.rules.vocabulary import ReportStatus
from lado.web.guard import user

blueprint = Blueprint("reports", __name__, url_prefix="/reports")


def get_draft(public_id: str) -> Report:
    report = get_report(user(), public_id, Permission.REPORT_DRAFT_VIEW)
    if report.status is not ReportStatus.DRAFT:
        raise NotFound
    return report


def back_to(report: Report) -> Any:
    return redirect(url_for("reports.view", public_id=report.public_id))


def demonstration() -> bool:
    return bool(current_app.config["LADO"].demonstration)


def shown(report: Report, *, edition: Edition = Edition.FULL) -> Document:
    return document_of(report, edition=edition, demonstration=demonstration())


def may_write(report: Report) -> bool:
    return report.status is ReportStatus.DRAFT and user().can(Permission.REPORT_DRAW)


def found_in(report: Report) -> list[Finding]:
    """In what the public edition says, for those who can do something about it."""
    if not any(map(user().can, (Permission.REPORT_DRAW, Permission.REPORT_APPROVE))):
        return []
    return findings_in(public_text(report), disclosure_of(report).labels, user())
