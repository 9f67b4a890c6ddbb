"""Timescales of a case, reasons for delay, and asking again for what is late."""

from typing import Any

from flask import url_for

from lado import clock
from lado.errors import Refused
from lado.models import Action, Case, OnwardReferral, Strand, StrategyDiscussion
from lado.queries import cases, chasing, delays
from lado.queries.clocks import clocks_of
from lado.rules.chasing import chaser
from lado.rules.clocks import State
from lado.rules.permissions import Permission
from lado.rules.vocabulary import StrandKind
from lado.services import chase as chases
from lado.services import delay as services
from lado.web.cases.blueprint import blueprint
from lado.web.cases.opened import Answer, done, opened, page
from lado.web.cases.parts import kind_of
from lado.web.cases.timekeeping_forms import ChaseForm, DelayForm
from lado.web.drafting import begins_anew
from lado.web.guard import requires, user

PAGE = "cases.times"
CALLED = {
    StrandKind.POLICE: "the police",
    StrandKind.SOCIAL_CARE: "social care",
    StrandKind.EMPLOYER: "the employer",
}
Part = Action | StrategyDiscussion | Strand | OnwardReferral


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
    return _chase(case, cases.action(case, number), f"action {number}", "cases.actions")


@blueprint.route("/<record_id:public_id>/discussions/<int:number>/chase", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def chase_discussion(public_id: str, number: int) -> Answer:
    case = opened(public_id, Permission.DISCUSSION_RECORD)
    discussion = cases.discussion(case, number)
    return _chase(case, discussion, "", "cases.discussion", number=number)


@blueprint.route("/<record_id:public_id>/strands/<int:number>/chase", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def chase_strand(public_id: str, number: int) -> Answer:
    case = opened(public_id, Permission.DISCUSSION_RECORD)
    strand = cases.strand(case, kind_of(number))
    return _chase(case, strand, CALLED[strand.kind], "cases.strands")


@blueprint.route("/<record_id:public_id>/referrals/<int:number>/chase", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def chase_referral(public_id: str, number: int) -> Answer:
    case = opened(public_id, Permission.DISCUSSION_RECORD)
    return _chase(case, cases.referral(case, number), f"referral {number}", "cases.strands")


def _chase(case: Case, part: Part, called: str, back: str, **where: Any) -> Answer:
    """What of a discussion is waited for says it itself."""
    owed = chasing.owed(case, part)
    what = called or f"the {owed.what.label.lower()} of number {owed.number}"
    form = ChaseForm.of_today()
    if form.validate_on_submit() and form.run(
        lambda: chases.chase(
            case, part, chased_on=form.chased_on.data, how=form.how.data, by=user()
        )
    ):
        return done(case, f"You chased {what}", back, **where)
    text = chaser(
        owed.what,
        owed.number,
        reference=case.reference,
        due_on=owed.due_on,
        today=clock.today(),
        again=owed.again,
    )
    back_to = url_for(back, public_id=case.public_id, **where)
    return page("cases/chase.html", case, form=form, text=text, what=what, back=back_to)
