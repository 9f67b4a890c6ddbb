"""Strategy discussions under the council's own name for them."""

from lado.errors import Refused
from lado.models import Case, StrategyDiscussion
from lado.queries import cases, chasing, minutes, requests, users
from lado.queries.concerns import earlier_concerns
from lado.rules import transitions
from lado.rules.minutes import CONFIDENTIALITY, HEADINGS
from lado.rules.permissions import Permission
from lado.rules.redaction import in_full
from lado.rules.transitions import Action, Thing, confirmed
from lado.rules.vocabulary import DiscussionStatus
from lado.services import discussion as services
from lado.web.cases.blueprint import blueprint
from lado.web.cases.discussion_forms import ArrangeForm, CancelForm, RecordForm
from lado.web.cases.opened import Answer, done, may, opened, opened_to_change, page
from lado.web.drafting import begins_anew
from lado.web.guard import requires, user

ONE = "cases.discussion"
RECORD = Permission.DISCUSSION_RECORD


@blueprint.get("/<record_id:public_id>/discussions/<int:number>")
@requires(Permission.CASE_VIEW)
def discussion(public_id: str, number: int) -> str:
    case = opened(public_id, Permission.CASE_VIEW)
    found = cases.whole_discussion(case, number)
    now = minutes.written(found) if found.held_on else None
    return page(
        "cases/discussion.html",
        case,
        discussion=found,
        headings=HEADINGS,
        written={minute.heading: in_full(minute.text) for minute in found.minutes},
        confidentiality=CONFIDENTIALITY,
        versions=minutes.versions(found),
        asked=requests.asked(found),
        to_chase=chasing.discussion_may_be_chased(case, number),
        names_caller=now is not None and minutes.names_caller(user(), case, now),
        can_do={row.action for row in transitions.allowed(Thing.DISCUSSION, found.status, may())},
    )


@blueprint.route("/<record_id:public_id>/discussions/schedule", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def schedule_discussion(public_id: str) -> Answer:
    case = opened_to_change(public_id, RECORD)
    form = ArrangeForm.new(case)
    form.offer_chairs(list(users.colleagues(RECORD)), case.owner)
    if (
        not form.add_asked_for()
        and form.validate_on_submit()
        and form.run(lambda: services.schedule(case, form.arrangement(), by=user()))
    ):
        return done(case, "Scheduled", ONE, number=form.result.number)
    return page("cases/arrange.html", case, form=form, discussion=None)


@blueprint.route(
    "/<record_id:public_id>/discussions/<int:number>/rearrange", methods=["GET", "POST"]
)
@requires(Permission.DISCUSSION_RECORD)
def rearrange_discussion(public_id: str, number: int) -> Answer:
    case = opened(public_id, RECORD)
    found = cases.discussion(case, number)
    _must_be(found, DiscussionStatus.SCHEDULED)
    form = ArrangeForm.of(found)
    form.offer_chairs(list(users.colleagues(RECORD)), found.chair)
    if (
        not form.add_asked_for()
        and form.validate_on_submit()
        and form.run_on(
            found,
            lambda: services.rearrange(
                found, form.arrangement(), version=form.version.data, by=user()
            ),
        )
    ):
        return done(case, "Changes saved", ONE, number=number)
    return page("cases/arrange.html", case, form=form, discussion=found)


@blueprint.route("/<record_id:public_id>/discussions/record", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def record_unplanned(public_id: str) -> Answer:
    """One that came about without having been scheduled."""
    case = opened(public_id, RECORD)
    form = RecordForm.new(case, earlier_concerns(user(), case))
    return _record(case, None, form)


@blueprint.route("/<record_id:public_id>/discussions/<int:number>/record", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def record_discussion(public_id: str, number: int) -> Answer:
    case = opened(public_id, RECORD)
    found = cases.discussion(case, number)
    _check_can(found, Action.HOLD)
    return _record(case, found, RecordForm.of(found, earlier_concerns(user(), case)))


def _record(case: Case, found: StrategyDiscussion | None, form: RecordForm) -> Answer:
    form.offer_chairs(list(users.colleagues(RECORD)), found.chair if found else case.owner)
    if (
        not form.add_asked_for()
        and form.validate_on_submit()
        and form.run_on(
            found,
            lambda: services.record(
                case, form.proceedings(), discussion=found, version=form.version.data, by=user()
            ),
        )
    ):
        return done(case, confirmed(Thing.DISCUSSION, Action.HOLD), ONE, number=form.result.number)
    return page("cases/record.html", case, form=form, discussion=found, headings=HEADINGS)


@blueprint.route("/<record_id:public_id>/discussions/<int:number>/edit", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def edit_discussion(public_id: str, number: int) -> Answer:
    case = opened(public_id, RECORD)
    found = cases.discussion(case, number)
    _must_be(found, DiscussionStatus.HELD)
    form = RecordForm.of(found)
    form.offer_chairs(list(users.colleagues(RECORD)), found.chair)
    if (
        not form.add_asked_for()
        and form.validate_on_submit()
        and form.run_on(
            found,
            lambda: services.change(
                found, form.proceedings(), version=form.version.data, by=user()
            ),
        )
    ):
        return done(case, "Changes saved", ONE, number=number)
    return page("cases/record.html", case, form=form, discussion=found, headings=HEADINGS)


@blueprint.route("/<record_id:public_id>/discussions/<int:number>/cancel", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def cancel_discussion(public_id: str, number: int) -> Answer:
    case = opened(public_id, RECORD)
    found = cases.discussion(case, number)
    _check_can(found, Action.CANCEL)
    form = CancelForm(obj=found)
    if form.validate_on_submit() and form.run_on(
        found,
        lambda: services.cancel(
            found, reason=form.reason.data, version=form.version.data, by=user()
        ),
    ):
        return done(case, confirmed(Thing.DISCUSSION, Action.CANCEL), ONE, number=number)
    return page("cases/cancel.html", case, form=form, discussion=found)


def _check_can(found: StrategyDiscussion, action: Action) -> None:
    """A page that could only be refused is not shown; what was typed already is not lost."""
    if begins_anew():
        transitions.check(Thing.DISCUSSION, found.status, action, may())


def _must_be(found: StrategyDiscussion, status: DiscussionStatus) -> None:
    if begins_anew() and found.status is not status:
        raise Refused(
            f"This can be changed only while it is {status.label.lower()}. "
            f"Now it is: {found.status.label.lower()}."
        )
