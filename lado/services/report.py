"""A report is drawn, written, approved and published; once published it never changes."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from lado import clock
from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import Report, User
from lado.rules.audit import AuditAction
from lado.rules.permissions import ROLES
from lado.rules.quarters import Period
from lado.rules.transitions import Action, Condition, Thing, Transition
from lado.rules.transitions import check as check_transition
from lado.rules.vocabulary import ReportStatus
from lado.services import audit
from lado.services.publication import Judged, figures_hash, hold_against_others
from lado.services.transaction import check_version, writes

UNFINISHED = (ReportStatus.DRAFT, ReportStatus.APPROVED)
NO_PUBLIC_EDITION = "This report has no public edition. Draw it again to have one."
UNEXPLAINED = "Explain why these sentences stand, or have them changed"


@dataclass(frozen=True)
class DrawnFigures:
    """What the records gave; `record` and `council`, the council's name, are all that is shown.
    Each of `discrepancies` says in words which total does not hold; `provisional` figures were
    drawn before the period had ended. `public` is what the public edition hides, or why it cannot
    be made; `sub_group_actions` are the records of what became of those decided earlier."""

    period: Period
    as_at: date
    definitions_version: str
    council: str
    record: dict[str, Any]
    discrepancies: list[str]
    provisional: bool = False
    public: dict[str, Any] = field(default_factory=dict)
    sub_group_actions: list[dict[str, Any]] = field(default_factory=list)

    @property
    def stored(self) -> dict[str, Any]:
        return {
            "council": self.council,
            "comparison": self.record,
            "discrepancies": self.discrepancies,
            "provisional": self.provisional,
            "public": self.public,
            "sub_group_actions": self.sub_group_actions,
        }


@dataclass(frozen=True)
class Editions:
    """The files as they are from now on, made before the transaction, since that takes seconds in
    which nobody could save. Where no public edition is safe the full one is published alone."""

    full: bytes
    public: bytes | None
    judged: Judged = field(default_factory=Judged)


def check_published(period: Period) -> None:
    """That each report of the period is: it is said before the figures are counted, too. Raises
    Refused."""
    if db.session.scalar(_of(period).where(Report.status.in_(UNFINISHED)).limit(1)):
        raise Refused(
            "There is already a report for this period that is not published. Draw that one again."
        )


@writes(AuditAction.REPORT_DRAWN)
def draw(drawn: DrawnFigures, *, correction: str = "", by: User) -> Report:
    """A new draft, which starts from what the last version said. After a published version,
    `correction` says what changes and why."""
    check_published(drawn.period)
    earlier = db.session.scalars(_of(drawn.period)).all()
    newest = max(earlier, key=lambda report: report.edition_number, default=None)
    report = Report(
        period_start=drawn.period.start,
        period_end=drawn.period.end,
        edition_number=1 + (newest.edition_number if newest else 0),
        correction=_said(correction) if earlier else None,
        commentary=newest.commentary if newest else "",
        public_commentary=newest and newest.public_commentary,
    )
    _take_over(report, drawn, by=by)
    db.session.add(report)
    audit.record(AuditAction.REPORT_DRAWN, report, by=by, edition=report.edition_number)
    return report


@writes(AuditAction.REPORT_DRAWN)
def draw_again(
    report: Report, drawn: DrawnFigures, *, correction: str = "", version: int, by: User
) -> None:
    """Take the figures from the records as they are now. The commentary stays."""
    _lock_draft(report, version)
    if report.edition_number > 1:
        report.correction = _said(correction)
    _take_over(report, drawn, by=by)
    audit.record(AuditAction.REPORT_DRAWN, report, by=by, fields=["as_at", "figures"])


@writes(AuditAction.REPORT_CHANGED)
def write_commentary(report: Report, commentary: str, *, version: int, by: User) -> None:
    _lock_draft(report, version)
    report.commentary = commentary
    audit.record(AuditAction.REPORT_CHANGED, report, by=by, fields=["commentary"])


@writes(AuditAction.REPORT_CHANGED)
def write_public_commentary(
    report: Report, commentary: str | None, *, version: int, by: User
) -> None:
    """None: the same as in the full edition."""
    _lock_draft(report, version)
    report.public_commentary = commentary
    audit.record(AuditAction.REPORT_CHANGED, report, by=by, fields=["public_commentary"])


@writes(AuditAction.REPORT_APPROVED)
def approve(
    report: Report,
    *,
    found: Sequence[str] = (),
    explanation: str = "",
    version: int,
    by: User,
) -> None:
    """`found` is what the commentary says that the figures do not bear: each stands only with an
    explanation, which is kept."""
    row = _lock(report, Action.APPROVE, version, by)
    _hold(row, report, by)
    if found and not explanation.strip():
        raise Invalid({"explanation": UNEXPLAINED})
    explained = {"reason": explanation.strip(), "found": list(found)} if found else None
    report.figures = dict(report.figures) | {"explained": explained}
    report.status = ReportStatus.APPROVED
    report.approved_at, report.approved_by = clock.now(), by
    report.sent_back_reason = None
    audit.record(AuditAction.REPORT_APPROVED, report, by=by, explained=len(found))


@writes(AuditAction.REPORT_SENT_BACK)
def send_back(report: Report, *, reason: str, version: int, by: User) -> None:
    row = _lock(report, Action.SEND_BACK, version, by)
    row.check_note(reason, "reason")
    report.status, report.sent_back_reason = ReportStatus.DRAFT, reason
    report.approved_at, report.approved_by = None, None
    audit.record(AuditAction.REPORT_SENT_BACK, report, by=by)


@writes(AuditAction.REPORT_PUBLISHED)
def publish(report: Report, *, editions: Editions, version: int, by: User) -> None:
    """Freeze it. The version published before, if any, is superseded."""
    row = _lock(report, Action.PUBLISH, version, by)
    _hold(row, report, by)
    if (editions.public is None) != bool(no_public_edition(report)):
        # Without its file it would be read in public, and no later one held against it.
        raise ValueError("A report is published with the public edition that it has")
    hold_against_others(editions.judged)
    _supersede(report, by)
    report.status = ReportStatus.PUBLISHED
    report.published_at, report.published_by = clock.now(), by
    report.figures_sha256 = figures_hash(report.figures)
    report.pdf_sha256 = hashlib.sha256(editions.full).hexdigest()
    if editions.public is not None:
        report.public_pdf_sha256 = hashlib.sha256(editions.public).hexdigest()
    audit.record(AuditAction.REPORT_PUBLISHED, report, by=by, edition=report.edition_number)


@writes(AuditAction.REPORT_DOWNLOADED)
def downloaded(report: Report, *, by: User) -> None:
    audit.record(AuditAction.REPORT_DOWNLOADED, report, by=by)


def _of(period: Period) -> Any:
    return select(Report).where(
        Report.period_start == period.start, Report.period_end == period.end
    )


def _take_over(report: Report, drawn: DrawnFigures, *, by: User) -> None:
    report.as_at = drawn.as_at
    report.figures = drawn.stored
    report.definitions_version = drawn.definitions_version
    report.drawn_at, report.drawn_by = clock.now(), by


def _said(correction: str) -> str:
    if not correction.strip():
        raise Invalid({"correction": "Say what changes in this version, and why"})
    return correction.strip()


def _lock_draft(report: Report, version: int) -> None:
    db.session.refresh(report, with_for_update={"of": Report})
    if report.status is not ReportStatus.DRAFT:
        raise Refused("Only a draft can be changed. Send the report back first.")
    check_version(report, version)


def _lock(report: Report, action: Action, version: int, by: User) -> Transition:
    db.session.refresh(report, with_for_update={"of": Report})
    row = check_transition(Thing.REPORT, report.status, action, ROLES[by.role].permissions)
    check_version(report, version)
    return row


def _hold(row: Transition, report: Report, by: User) -> None:
    """Refuse unless each condition of the table holds."""
    for condition in row.conditions:
        if not _holds(condition, report, by):
            raise Refused(" ".join([condition.label, *_details(condition, report)]))


def _details(condition: Condition, report: Report) -> list[str]:
    match condition:
        case Condition.FIGURES_RECONCILE:
            return list(report.figures["discrepancies"])
        case _:
            return []


def _holds(condition: Condition, report: Report, by: User) -> bool:
    match condition:
        case Condition.FIGURES_RECONCILE:
            return not report.figures["discrepancies"]
        case Condition.NOT_BY_DRAWER:
            return report.drawn_by_id != by.id
        case Condition.PERIOD_OVER:
            return not report.figures["provisional"]
        case _:
            raise ValueError(f"No report is judged by {condition}")


def no_public_edition(report: Report) -> str:
    """Why it has none, in words; nothing where it has one."""
    public = report.figures.get("public", {})
    return "" if "hidden" in public else public.get("refused", NO_PUBLIC_EDITION)


def _supersede(report: Report, by: User) -> None:
    published = Report.status == ReportStatus.PUBLISHED
    for earlier in db.session.scalars(_of(report.period).where(published)):
        check_transition(Thing.REPORT, earlier.status, Action.SUPERSEDE, ROLES[by.role].permissions)
        earlier.status = ReportStatus.SUPERSEDED
    db.session.flush()
