from collections.abc import Callable
from io import BytesIO
from typing import Any

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)

from lado.errors import Invalid, NotFound
from lado.extensions import db
from lado.models import Report
from lado.queries import reports as listing
from lado.queries import settings
from lado.queries.access import get_report
from lado.reports.comparison import compare
from lado.reports.document import Document
from lado.reports.pdf import build_pdf
from lado.reports.stored import document_of, drawn_figures
from lado.reports.svg import inline_svg
from lado.rules import transitions
from lado.rules.permissions import ROLES, Permission
from lado.rules.quarters import Period
from lado.rules.transitions import Action, Thing, confirmed
from lado.rules.vocabulary import ReportStatus
from lado.services import report as service
from lado.services.report import DrawnFigures
from lado.web import lists
from lado.web.drafting import begins_anew
from lado.web.forms import VersionedForm
from lado.web.guard import requires, user
from lado.web.reports.forms import AsAtForm, CommentaryForm, DrawForm, PeriodForm, SendBackForm

blueprint = Blueprint("reports", __name__, url_prefix="/reports")


@blueprint.get("")
@requires(Permission.REPORT_VIEW)
def index() -> str:
    page = listing.listed(user(), lists.cursor())
    return render_template("reports/index.html", page=page, period_of=_period_of)


@blueprint.route("/figures", methods=["GET", "POST"])
@requires(Permission.FIGURES_VIEW)
def figures() -> Any:
    """Choose a period; its figures are drawn from the records as they are now."""
    form = PeriodForm()
    if form.validate_on_submit() and form.run(form.period):
        return redirect(url_for("reports.figures_of", period=form.result.slug))
    return render_template("reports/figures.html", form=form)


@blueprint.get("/figures/<string:period>")
@requires(Permission.FIGURES_VIEW)
def figures_of(period: str) -> Any:
    try:
        comparison = compare(db.session(), Period.parse(period))
    except ValueError as error:
        raise NotFound from error
    council = settings.get_text("council_name")
    document = Document(comparison, council, demonstration=_demonstration())
    return render_template("reports/figures_of.html", document=document, svg=inline_svg)


@blueprint.route("/draw", methods=["GET", "POST"])
@requires(Permission.REPORT_DRAW)
def draw() -> Any:
    form = DrawForm()
    if form.validate_on_submit() and form.run(lambda: _draw(form)):
        flash("Draft drawn")
        return redirect(url_for("reports.view", public_id=form.result.public_id))
    return render_template("reports/draw.html", form=form)


@blueprint.get("/<record_id:public_id>")
@requires(Permission.REPORT_VIEW)
def view(public_id: str) -> str:
    report = get_report(user(), public_id, Permission.REPORT_VIEW)
    return render_template(
        "reports/view.html",
        report=report,
        document=_document(report),
        svg=inline_svg,
        actions=transitions.allowed(Thing.REPORT, report.status, _may()),
        may_write=report.status is ReportStatus.DRAFT and user().can(Permission.REPORT_DRAW),
    )


@blueprint.route("/<record_id:public_id>/commentary", methods=["GET", "POST"])
@requires(Permission.REPORT_DRAW)
def commentary(public_id: str) -> Any:
    if begins_anew():
        report = _draft(public_id)
    else:
        report = get_report(user(), public_id, Permission.REPORT_DRAFT_VIEW)
    form = CommentaryForm(obj=report)
    if form.validate_on_submit() and form.run_on(
        report,
        lambda: service.write_commentary(
            report, form.commentary.data, version=form.version.data, by=user()
        ),
    ):
        flash("Commentary saved")
        return _back_to(report)
    return render_template("reports/commentary.html", form=form, report=report)


@blueprint.route("/<record_id:public_id>/draw-again", methods=["GET", "POST"])
@requires(Permission.REPORT_DRAW)
def draw_again(public_id: str) -> Any:
    report = _draft(public_id)
    form = AsAtForm(obj=report)

    def again() -> None:
        drawn = _drawn(_period_of(report), form.as_at.data)
        service.draw_again(report, drawn, version=form.version.data, by=user())

    if form.validate_on_submit() and form.run_on(report, again):
        flash("Figures drawn again from the records")
        return _back_to(report)
    return render_template("reports/draw_again.html", form=form, report=report)


@blueprint.post("/<record_id:public_id>/approve")
@requires(Permission.REPORT_APPROVE)
def approve(public_id: str) -> Any:
    return _step(public_id, Action.APPROVE, service.approve)


@blueprint.route("/<record_id:public_id>/send-back", methods=["GET", "POST"])
@requires(Permission.REPORT_APPROVE)
def send_back(public_id: str) -> Any:
    report = get_report(user(), public_id, Permission.REPORT_APPROVE)
    if request.method == "GET":
        transitions.check(Thing.REPORT, report.status, Action.SEND_BACK, _may())
    form = SendBackForm(obj=report)
    if form.validate_on_submit() and form.run_on(
        report,
        lambda: service.send_back(
            report, reason=form.reason.data, version=form.version.data, by=user()
        ),
    ):
        flash(confirmed(Thing.REPORT, Action.SEND_BACK))
        return _back_to(report)
    return render_template("reports/send_back.html", form=form, report=report)


@blueprint.route("/<record_id:public_id>/publish", methods=["GET", "POST"])
@requires(Permission.REPORT_PUBLISH)
def publish(public_id: str) -> Any:
    """It cannot be undone, so it is asked once more."""
    if request.method == "GET":
        report = get_report(user(), public_id, Permission.REPORT_PUBLISH)
        transitions.check(Thing.REPORT, report.status, Action.PUBLISH, _may())
        form = VersionedForm(obj=report)
        return render_template("reports/publish.html", form=form, report=report)

    def publish_it(report: Report, **options: Any) -> None:
        pdf = build_pdf(_document(report, status=ReportStatus.PUBLISHED))
        service.publish(report, pdf=pdf, **options)

    return _step(public_id, Action.PUBLISH, publish_it)


@blueprint.get("/<record_id:public_id>/download")
@requires(Permission.REPORT_VIEW)
def download(public_id: str) -> Any:
    """The name is ours, so nothing typed by anybody gets into it."""
    report = get_report(user(), public_id, Permission.REPORT_VIEW)
    content = build_pdf(_document(report))
    service.downloaded(report, by=user())
    stage = "" if report.published_at else "-draft"
    name = f"lado-report-{_period_of(report).slug}-version-{report.edition_number}{stage}.pdf"
    return send_file(
        BytesIO(content), mimetype="application/pdf", as_attachment=True, download_name=name
    )


def _step(public_id: str, action: Action, act: Callable[..., None]) -> Any:
    row = transitions.row_of(Thing.REPORT, action)
    report = get_report(user(), public_id, row.permission)
    form = VersionedForm()
    if form.validate_on_submit():
        act(report, version=form.version.data, by=user())
        flash(row.confirmation)
    return _back_to(report)


def _draw(form: DrawForm) -> Report:
    drawn = _drawn(form.period(), form.as_at.data)
    return service.draw(drawn, correction=form.correction.data, by=user())


def _drawn(period: Period, as_at: Any) -> DrawnFigures:
    """What cannot be counted is a message beside the date that is to blame."""
    try:
        return drawn_figures(db.session(), period, as_at)
    except ValueError as error:
        raise Invalid({"as_at" if as_at else "chosen": str(error)}) from error


def _draft(public_id: str) -> Report:
    report = get_report(user(), public_id, Permission.REPORT_DRAFT_VIEW)
    if report.status is not ReportStatus.DRAFT:
        raise NotFound
    return report


def _back_to(report: Report) -> Any:
    return redirect(url_for("reports.view", public_id=report.public_id))


def _period_of(report: Report) -> Period:
    return Period(report.period_start, report.period_end)


def _may() -> frozenset[Permission]:
    return ROLES[user().role].permissions


def _demonstration() -> bool:
    return bool(current_app.config["LADO"].demonstration)


def _document(report: Report, *, status: ReportStatus | None = None) -> Document:
    return document_of(report, status=status, demonstration=_demonstration())
