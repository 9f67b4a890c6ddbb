"""Strategy discussions under the council's own name for them."""

from functools import partial

from lado import clock
from lado.errors import Refused
from lado.models import Case, StrategyDiscussion
from lado.queries import cases, chasing, minutes, requests, users
from lado.rules import transitions
from lado.rules.minutes import CONFIDENTIALITY, HEADINGS
from lado.rules.permissions import Permission
from lado.rules.redaction import pieces
from lado.rules.transitions import Action, Thing, confirmed
from lado.rules.vocabulary import DiscussionStatus
from lado.services import discussion as services
from lado.web.cases.blueprint import blueprint
from lado.web.cases.discussion_forms import (
    ArrangeForm,
    CancelForm,
    RecordForm,
    not_after_today,
)
from lado.web.cases.opened import Answer, done, may, opened, opened_to_add, opened_to_change, page
from lado.web.drafting import begins_anew
from lado.web.guard import requires, user

ONE = "cases.discussion"
RECORD = Permission.DISCUSSION_RECORD


@blueprint.get("/<record_id:public_id>/discussions/<int:number>")
@requires(Permission.CASE_VIEW)
def discussion(public_id: str, number: int) -> str:
    case = opened(public_id, Permission.CASE_VIEW)
    found = cases.whole_discussion(case, number)
    return page(
        "cases/discussion.html",
        case,
        discussion=found,
        headings=HEADINGS,
        written={minute.heading: list(pieces(minute.text)) for minute in found.minutes},
        confidentiality=CONFIDENTIALITY,
        versions=minutes.versions(found),
        asked=requests.asked(found),
        to_chase=chasing.discussion_may_be_chased(case, number),
        names_caller=_names_caller(case, found),
        only_invited=minutes.only_invited(found),
        can_do={row.action for row in transitions.allowed(Thing.DISCUSSION, found.status, may())},
    )


def _names_caller(case: Case, found: StrategyDiscussion) -> bool:
    if found.held_on is None:
        return False
    said = found.standing.minutes if found.standing else minutes.written(found)
    return minutes.names_caller(case, said)


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
    case = opened_to_add(public_id, RECORD)
    begun = minutes.beginning(user(), case, clock.today())
    return _record(case, None, RecordForm.new(case, begun), begun)


@blueprint.route("/<record_id:public_id>/discussions/<int:number>/record", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def record_discussion(public_id: str, number: int) -> Answer:
    case = opened_to_add(public_id, RECORD)
    found = cases.discussion(case, number)
    _check_can(found, Action.HOLD)
    begun = minutes.beginning(user(), case, not_after_today(found.scheduled_on))
    return _record(case, found, RecordForm.of(found, begun), begun)


def _record(
    case: Case, found: StrategyDiscussion | None, form: RecordForm, begun: dict[str, str]
) -> Answer:
    """Of two who record the same one, the second changes what the first recorded."""
    form.offer_chairs(list(users.colleagues(RECORD)), found.chair if found else case.owner)
    act = partial(services.record, case, discussion=found)
    if found and found.status is DiscussionStatus.HELD:
        act = partial(services.change, found)
    if (
        not form.add_asked_for()
        and form.validate_on_submit()
        and _begin_from_day_held(case, form, begun)
        and form.run_on(
            found, lambda: act(form.proceedings(), version=form.version.data, by=user())
        )
    ):
        return done(case, confirmed(Thing.DISCUSSION, Action.HOLD), ONE, number=form.result.number)
    return page("cases/record.html", case, form=form, discussion=found, headings=HEADINGS)


def _begin_from_day_held(case: Case, form: RecordForm, begun: dict[str, str]) -> bool:
    """It may have been held on another day than the one for which the page was filled in; what
    somebody wrote there instead stays."""
    held = minutes.beginning(user(), case, form.held_on.data)
    for heading, text in begun.items():
        if form.minutes[heading].data == text:
            form.minutes[heading].data = held[heading]
    return True


@blueprint.route("/<record_id:public_id>/discussions/<int:number>/edit", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def edit_discussion(public_id: str, number: int) -> Answer:
    case = opened_to_add(public_id, RECORD)
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
    case = opened_to_add(public_id, RECORD)
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
