"""Minutes are agreed, corrected as a new version, copied in part, circulated."""

from flask import request

from lado.errors import Refused
from lado.models import MinutesCopy
from lado.papers import minutes as papers
from lado.papers.paper import Paper, as_text
from lado.queries import cases, minutes
from lado.rules import transitions
from lado.rules.permissions import Permission
from lado.rules.transitions import Action, Thing, confirmed
from lado.rules.vocabulary import DiscussionStatus
from lado.services import discussion_papers
from lado.services import minutes as services
from lado.web.cases.blueprint import blueprint
from lado.web.cases.minutes_forms import CirculateForm, CopyForm, CorrectForm, WithdrawForm
from lado.web.cases.opened import Answer, done, headed, may, opened, opened_to_add, page
from lado.web.downloads import saved_paper
from lado.web.drafting import begins_anew
from lado.web.guard import requires, user

ONE = "cases.discussion"
RECORD = Permission.DISCUSSION_RECORD


@blueprint.post("/<record_id:public_id>/discussions/<int:number>/agree")
@requires(Permission.CASE_EDIT)
def agree_minutes(public_id: str, number: int) -> Answer:
    case = opened(public_id, Permission.CASE_EDIT)
    version = request.form.get("version", 0, int)
    services.agree_minutes(cases.discussion(case, number), version=version, by=user())
    return done(case, confirmed(Thing.DISCUSSION, Action.AGREE_MINUTES), ONE, number=number)


@blueprint.route("/<record_id:public_id>/discussions/<int:number>/correct", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def correct_minutes(public_id: str, number: int) -> Answer:
    case = opened_to_add(public_id, Permission.CASE_EDIT)
    found = cases.discussion(case, number)
    _check(found.status, Action.CORRECT_MINUTES)
    form = CorrectForm(obj=found)
    if form.validate_on_submit() and form.run_on(
        found,
        lambda: services.correct_minutes(
            found, reason=form.reason.data, version=form.version.data, by=user()
        ),
    ):
        message = confirmed(Thing.DISCUSSION, Action.CORRECT_MINUTES)
        return done(case, message, "cases.edit_discussion", number=number)
    return page("cases/correct.html", case, form=form, discussion=found)


@blueprint.route(
    "/<record_id:public_id>/discussions/<int:number>/copies/add", methods=["GET", "POST"]
)
@requires(Permission.CASE_EDIT)
def add_copy(public_id: str, number: int) -> Answer:
    """For somebody who may not have all of them."""
    case = opened(public_id, Permission.CASE_EDIT)
    found = cases.discussion(case, number)
    form = CopyForm()
    form.offer_parts(services.standing_minutes(found).minutes)
    if form.validate_on_submit() and form.run(
        lambda: services.make_copy(
            found,
            made_for=form.made_for.data,
            withheld=form.withheld.data,
            passages=form.passages.data,
            names=form.names.data,
            by=user(),
        )
    ):
        made: MinutesCopy = form.result
        where = {"number": number, "version": made.version.number, "copy": made.number}
        return done(case, "Copy made: look it over before it goes out", "cases.copy", **where)
    return page("cases/add_copy.html", case, form=form, discussion=found)


@blueprint.get(
    "/<record_id:public_id>/discussions/<int:number>/versions/<int:version>/copies/<int:copy>"
)
@requires(Permission.CASE_VIEW)
def copy(public_id: str, number: int, version: int, copy: int) -> str:
    case = opened(public_id, Permission.CASE_VIEW)
    found = minutes.copy(cases.discussion(case, number), version, copy)
    text = as_text(_agreed(found))
    return page("cases/copy.html", case, discussion=found.version.discussion, copy=found, text=text)


@blueprint.route(
    "/<record_id:public_id>/discussions/<int:number>/versions/<int:version>/copies/<int:copy>"
    "/withdraw",
    methods=["GET", "POST"],
)
@requires(Permission.CASE_EDIT)
def withdraw_copy(public_id: str, number: int, version: int, copy: int) -> Answer:
    case = opened(public_id, Permission.CASE_EDIT)
    found = minutes.copy(cases.discussion(case, number), version, copy)
    form = WithdrawForm()
    if form.validate_on_submit() and form.run(
        lambda: services.withdraw_copy(found, reason=form.reason.data, by=user())
    ):
        return done(case, "Copy withdrawn", ONE, number=number)
    return page(
        "cases/withdraw_copy.html", case, form=form, discussion=found.version.discussion, copy=found
    )


@blueprint.get(
    "/<record_id:public_id>/discussions/<int:number>/versions/<int:version>/copies/<int:copy>"
    "/<file_format>"
)
@requires(Permission.CASE_VIEW)
def copy_file(public_id: str, number: int, version: int, copy: int, file_format: str) -> Answer:
    found = cases.discussion(opened(public_id, Permission.CASE_VIEW), number)
    made = minutes.copy(found, version, copy)
    if made.withdrawal:
        raise Refused(services.COPY_WITHDRAWN)
    paper = _agreed(made)
    return saved_paper(
        paper,
        file_format,
        lambda: discussion_papers.downloaded(found, version=version, copy=copy, by=user()),
    )


@blueprint.get("/<record_id:public_id>/discussions/<int:number>/minutes/<file_format>")
@requires(Permission.CASE_VIEW)
def draft_file(public_id: str, number: int, file_format: str) -> Answer:
    """As they are now, to be looked over before they are agreed."""
    case = opened(public_id, Permission.CASE_VIEW)
    found = cases.whole_discussion(case, number)
    paper = papers.draft(minutes.written(found), found, **headed())
    return saved_paper(paper, file_format, lambda: discussion_papers.downloaded(found, by=user()))


@blueprint.route(
    "/<record_id:public_id>/discussions/<int:number>/circulate", methods=["GET", "POST"]
)
@requires(Permission.DISCUSSION_RECORD)
def circulate_minutes(public_id: str, number: int) -> Answer:
    case = opened(public_id, RECORD)
    found = cases.discussion(case, number)
    further = found.status is DiscussionStatus.CIRCULATED
    if not further:
        _check(found.status, Action.CIRCULATE)
    act = services.circulate_further if further else services.circulate
    form = CirculateForm.of(found, found.standing)
    if (
        not form.add_asked_for()
        and form.validate_on_submit()
        and form.run_on(
            found,
            lambda: act(found, sent=form.circulated(), version=form.version.data, by=user()),
        )
    ):
        return done(case, confirmed(Thing.DISCUSSION, Action.CIRCULATE), ONE, number=number)
    naming = minutes.copies_that_name(found.standing) if found.standing else []
    return page("cases/circulate.html", case, form=form, discussion=found, naming=naming)


def _agreed(copy: MinutesCopy) -> Paper:
    return papers.agreed(copy, **headed())


def _check(status: DiscussionStatus, action: Action) -> None:
    """A page that could only be refused is not shown; what was typed already is not lost."""
    if begins_anew():
        transitions.check(Thing.DISCUSSION, status, action, may())
