from flask import Blueprint, flash, redirect, render_template, url_for
from flask import request as asked
from werkzeug.wrappers import Response

from lado.errors import NotFound
from lado.models import InformationRequest
from lado.papers.answer import answer_paper
from lado.queries import information_requests as queries
from lado.queries.access import get_information_request
from lado.reports.choosing import heading
from lado.reports.measure import Measure
from lado.reports.reply import reply_csv
from lado.reports.stored import drawn_answer, judged_answer, reply_of
from lado.rules.information_requests import check_size
from lado.rules.permissions import Permission
from lado.services import information_request as services
from lado.web import lists
from lado.web.downloads import saved_bytes, saved_paper
from lado.web.guard import requires, user
from lado.web.information_requests.forms import AnswerForm, CountedForm, GiveForm, RequestForm

blueprint = Blueprint("information_requests", __name__, url_prefix="/information-requests")

Answer = str | Response


@blueprint.get("")
@requires(Permission.REPORT_DRAW)
def index() -> Answer:
    page = queries.listed(user(), lists.cursor())
    lists.remember({})
    return render_template("information_requests/index.html", page=page)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.REPORT_DRAW)
def new() -> Answer:
    form = RequestForm()
    if form.validate_on_submit() and form.run(
        lambda: services.log(details=form.details(), by=user())
    ):
        flash("Request logged")
        return _back_to(form.result)
    return render_template("information_requests/edit.html", form=form, information_request=None)


@blueprint.get("/<record_id:public_id>")
@requires(Permission.REPORT_DRAW)
def view(public_id: str) -> Answer:
    request = get_information_request(user(), public_id, Permission.REPORT_DRAW)
    refused = request.figures["refused"] if request.figures else ""
    return render_template(
        "information_requests/view.html",
        information_request=request,
        refused=refused,
        reply=reply_of(request) if request.figures and not refused else None,
    )


@blueprint.route("/<record_id:public_id>/edit", methods=["GET", "POST"])
@requires(Permission.REPORT_DRAW)
def edit(public_id: str) -> Answer:
    request = _unanswered(public_id, Permission.REPORT_DRAW)
    form = RequestForm(obj=request)
    if form.validate_on_submit() and form.run_on(
        request,
        lambda: services.change(
            request, details=form.details(), version=form.version.data, by=user()
        ),
    ):
        flash("Changes saved")
        return _back_to(request)
    return render_template("information_requests/edit.html", form=form, information_request=request)


@blueprint.route("/<record_id:public_id>/answer", methods=["GET", "POST"])
@requires(Permission.REPORT_DRAW)
def answer(public_id: str) -> Answer:
    """What is counted stands in the address; what it is broken down by, and over which periods, is
    chosen next. What was drawn before is offered again."""
    request = _unanswered(public_id, Permission.REPORT_DRAW)
    chosen = CountedForm.of(request)
    if "counted" in asked.args and not chosen.counted.data:
        chosen.counted.errors = ["Choose what is counted"]
    form = AnswerForm.about(request, chosen.counted.data) if chosen.counted.data else None
    if (
        form
        and form.validate_on_submit()
        and form.run_on(request, lambda: _draw(request, chosen.counted.data, form))
    ):
        flash("Answer drawn from the records")
        return _back_to(request)
    return render_template(
        "information_requests/answer.html",
        information_request=request,
        chosen=chosen,
        form=form,
        heading=heading,
    )


@blueprint.route("/<record_id:public_id>/give", methods=["GET", "POST"])
@requires(Permission.REPORT_PUBLISH)
def give(public_id: str) -> Answer:
    """It cannot be undone, so it is asked once more."""
    request = _unanswered(public_id, Permission.REPORT_PUBLISH)
    form = GiveForm(obj=request)
    if form.validate_on_submit() and form.run_on(
        request,
        lambda: services.give(
            request, judged=judged_answer(request), version=form.version.data, by=user()
        ),
    ):
        flash("Answer given")
        return _back_to(request)
    return render_template("information_requests/give.html", form=form, information_request=request)


@blueprint.get("/<record_id:public_id>/files/<file_format>")
@requires(Permission.REPORT_DRAW)
def file(public_id: str, file_format: str) -> Answer:
    """The name is ours, so nothing typed by anybody gets into it."""
    request = get_information_request(user(), public_id, Permission.REPORT_DRAW)
    reply = reply_of(request)
    name = f"lado-answer-{request.received_on}{'' if request.answered_at else '-draft'}"

    def note() -> None:
        services.downloaded(request, by=user())

    if file_format == "csv":
        content = reply_csv(reply)
        note()
        return saved_bytes(content, f"{name}.csv", "text/csv")
    given = request.answered_at is not None
    return saved_paper(answer_paper(reply, request.number, name, given=given), file_format, note)


def _unanswered(public_id: str, permission: Permission) -> InformationRequest:
    request = get_information_request(user(), public_id, permission)
    if request.answered_at:
        raise NotFound
    return request


def _draw(request: InformationRequest, counted: Measure, form: AnswerForm) -> None:
    periods = form.periods()
    measures = [counted.id, *form.breakdowns.data]
    check_size(len(measures), len(periods))
    drawn = drawn_answer(measures, periods)
    services.draw(request, drawn, version=form.version.data, by=user())


def _back_to(request: InformationRequest) -> Response:
    return redirect(url_for("information_requests.view", public_id=request.public_id))
