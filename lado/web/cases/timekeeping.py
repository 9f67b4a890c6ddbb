"""Timescales of a case, reasons for delay, and asking again for what is late."""

from datetime import date

from lado import clock
from lado.errors import Refused
from lado.models import StrategyDiscussion
from lado.queries import cases, delays, settings
from lado.queries.clocks import clocks_of, owed_by_employer
from lado.queries.due import review_on
from lado.rules import timescales
from lado.rules.chasing import chaser
from lado.rules.clocks import State
from lado.rules.closure import WITHOUT_MINUTES
from lado.rules.permissions import Permission
from lado.rules.timescales import Timescale
from lado.rules.vocabulary import Chased
from lado.services import chase as chases
from lado.services import delay as services
from lado.web.cases.blueprint import blueprint
from lado.web.cases.opened import Answer, done, opened, page
from lado.web.cases.timekeeping_forms import ChaseForm, DelayForm
from lado.web.drafting import begins_anew
from lado.web.guard import requires, user

PAGE = "cases.times"


@blueprint.get("/<record_id:public_id>/timescales")
@requires(Permission.CASE_VIEW)
def times(public_id: str) -> str:
    case = cases.whole(opened(public_id, Permission.CASE_VIEW))
    return page(
        "cases/timescales.html",
        case,
        clocks=clocks_of(case, user=user()),
        states=State,
        late=delays.months_of(case, clock.today()),
        missing=delays.missing(case, clock.today()),
        given=delays.standing(case),
    )


@blueprint.route("/<record_id:public_id>/delay", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def explain_delay(public_id: str) -> Answer:
    case = cases.whole(opened(public_id, Permission.CASE_EDIT))
    late = delays.months_of(case, clock.today())
    if begins_anew() and not late:
        raise Refused("This case is not late, so no reason for delay is needed.")
    form = DelayForm.of(late, delays.standing(case), delays.missing(case, clock.today()))
    if form.validate_on_submit() and form.run(
        lambda: services.explain(case, form.details(), by=user())
    ):
        return done(case, "Reason for delay recorded", PAGE)
    return page("cases/delay.html", case, form=form)


@blueprint.route("/<record_id:public_id>/actions/<int:number>/chase", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def chase_action(public_id: str, number: int) -> Answer:
    case = opened(public_id, Permission.DISCUSSION_RECORD)
    action = cases.action(case, number)
    if begins_anew() and not action.is_open:
        raise Refused("This action is already done or waived.")
    form = ChaseForm.of_today()
    if form.validate_on_submit() and form.run(
        lambda: chases.chase_action(
            action, chased_on=form.chased_on.data, how=form.how.data, by=user()
        )
    ):
        return done(case, f"You chased action {number}", "cases.actions")
    text = _text(Chased.ACTION, number, case.reference, action.due_on)
    return page("cases/chase.html", case, form=form, text=text, what=Chased.ACTION, number=number)


@blueprint.route("/<record_id:public_id>/discussions/<int:number>/chase", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def chase_discussion(public_id: str, number: int) -> Answer:
    case = opened(public_id, Permission.DISCUSSION_RECORD)
    discussion = cases.discussion(case, number)
    what = Chased.MINUTES if discussion.status in WITHOUT_MINUTES else Chased.REVIEW
    due_on = _due_on(discussion, what)
    if due_on is None:
        raise Refused("Nothing of this is waited for.")
    form = ChaseForm.of_today()
    if form.validate_on_submit() and form.run(
        lambda: chases.chase_discussion(
            discussion, what, chased_on=form.chased_on.data, how=form.how.data, by=user()
        )
    ):
        message = f"You chased the {what.label.lower()} of number {number}"
        return done(case, message, "cases.discussion", number=number)
    text = _text(what, number, case.reference, due_on)
    return page("cases/chase.html", case, form=form, text=text, what=what, number=number)


@blueprint.route("/<record_id:public_id>/employer/chase", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def chase_employer(public_id: str) -> Answer:
    case = opened(public_id, Permission.DISCUSSION_RECORD)
    owed = owed_by_employer(case)
    if owed is None:
        raise Refused("Nothing is waited for from the employer.")
    form = ChaseForm.of_today()
    if form.validate_on_submit() and form.run(
        lambda: chases.chase_employer(
            case, chased_on=form.chased_on.data, how=form.how.data, by=user()
        )
    ):
        return done(case, "You chased the employer", "cases.strands")
    text = _text(Chased.EMPLOYER, 0, case.reference, owed.due_on)
    return page("cases/chase.html", case, form=form, text=text, what=Chased.EMPLOYER, number=0)


def _due_on(discussion: StrategyDiscussion, what: Chased) -> date | None:
    if discussion.held_on is None:
        return None
    if what is Chased.REVIEW:
        return review_on(discussion, settings.amount(Timescale.REVIEW))
    amount = settings.amount(Timescale.MINUTES)
    return timescales.due(Timescale.MINUTES, discussion.held_on, amount)


def _text(what: Chased, number: int, reference: str, due_on: date) -> str:
    return chaser(what, number, reference=reference, due_on=due_on, today=clock.today())
