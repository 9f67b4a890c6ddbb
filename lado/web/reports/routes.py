from typing import Any

from flask import (
    flash,
    redirect,
    render_template,
    request,
    url_for,
)

from lado import clock
from lado.errors import Invalid, NotFound
from lado.extensions import db
from lado.models import Report
from lado.queries import reports as listing
from lado.queries import settings, sub_group
from lado.queries.access import get_report
from lado.reports.checked import checked
from lado.reports.comparison import compare
from lado.reports.document import Document
from lado.reports.stored import drawn_figures, editions_of
from lado.reports.svg import inline_svg
from lado.rules import transitions
from lado.rules.permissions import ROLES, Permission
from lado.rules.quarters import Period
from lado.rules.transitions import Action, Thing, confirmed
from lado.services import report as service
from lado.services.report import DrawnFigures
from lado.web import lists
from lado.web.guard import requires, user
from lado.web.reports.blueprint import (
    back_to,
    blueprint,
    demonstration,
    found_in,
    get_draft,
    may_write,
    shown,
)
from lado.web.reports.forms import (
    AsAtForm,
    DrawForm,
    PeriodForm,
    PublishAloneForm,
    PublishForm,
    SendBackForm,
)
from lado.web.reports.links import links


@blueprint.get("")
@requires(Permission.REPORT_VIEW)
def index() -> str:
    page = listing.listed(user(), lists.cursor())
    return render_template("reports/index.html", page=page)


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
    document = Document(comparison, council, demonstration=demonstration())
    return render_template(
        "reports/figures_of.html", document=document, svg=inline_svg, records=links(document)
    )


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
    document = shown(report)
    actions = transitions.allowed(Thing.REPORT, report.status, _may())
    to_approve = any(row.action is Action.APPROVE for row in actions)
    return render_template(
        "reports/view.html",
        report=report,
        document=document,
        svg=inline_svg,
        records=links(document),
        actions=actions,
        to_explain=to_approve and bool(checked(report)),
        **_decided(report),
        may_write=may_write(report),
        no_public_edition=service.no_public_edition(report),
        explained=_explained(report),
    )


@blueprint.route("/<record_id:public_id>/draw-again", methods=["GET", "POST"])
@requires(Permission.REPORT_DRAW)
def draw_again(public_id: str) -> Any:
    report = get_draft(public_id)
    form = AsAtForm.of(report)
    correction = form.correction.data if "correction" in form else ""

    def again() -> None:
        drawn = _drawn(report.period, form.as_at.data)
        service.draw_again(
            report, drawn, correction=correction, version=form.version.data, by=user()
        )

    if form.validate_on_submit() and form.run_on(report, again):
        flash("Figures drawn again from the records")
        return back_to(report)
    return render_template("reports/draw_again.html", form=form, report=report)


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
        return back_to(report)
    return render_template("reports/send_back.html", form=form, report=report)


@blueprint.route("/<record_id:public_id>/publish", methods=["GET", "POST"])
@requires(Permission.REPORT_PUBLISH)
def publish(public_id: str) -> Any:
    """It cannot be undone, so it is asked once more."""
    report = get_report(user(), public_id, Permission.REPORT_PUBLISH)
    if request.method == "GET":
        transitions.check(Thing.REPORT, report.status, Action.PUBLISH, _may())
    why_none = service.no_public_edition(report)
    form = (PublishAloneForm if why_none else PublishForm)(obj=report)

    def publish_it() -> None:
        transitions.check(Thing.REPORT, report.status, Action.PUBLISH, _may())
        editions = editions_of(report, demonstration=demonstration())
        service.publish(report, editions=editions, version=form.version.data, by=user())

    if form.validate_on_submit() and form.run_on(report, publish_it):
        flash(confirmed(Thing.REPORT, Action.PUBLISH))
        return back_to(report)
    return render_template(
        "reports/publish.html",
        form=form,
        report=report,
        no_public_edition=why_none,
        before=listing.published(report.period),
        findings=[] if why_none else found_in(report),
    )


def _decided(report: Report) -> dict[str, Any]:
    """About a published report, as it is now."""
    decided = sub_group.of_report(user(), report) if report.published_at else ()
    today = clock.today()
    return {
        "decided": decided,
        "seen": sub_group.recurrences(decided, sub_group.last_day_told(user())),
        "state_of": lambda action: sub_group.state_of(action, today),
    }


def _draw(form: DrawForm) -> Report:
    service.check_published(form.period())
    drawn = _drawn(form.period(), form.as_at.data)
    return service.draw(drawn, correction=form.correction.data, by=user())


def _drawn(period: Period, as_at: Any) -> DrawnFigures:
    """What cannot be counted is a message beside the date that is to blame."""
    try:
        return drawn_figures(db.session(), period, as_at)
    except ValueError as error:
        raise Invalid({"as_at" if as_at else "chosen": str(error)}) from error


def _explained(report: Report) -> Any:
    """Why what the figures do not bear stands; for those who may see drafts."""
    shown_to = user().can(Permission.REPORT_DRAFT_VIEW)
    return report.figures.get("explained") if shown_to and report.approved_at else None


def _may() -> frozenset[Permission]:
    return ROLES[user().role].permissions
