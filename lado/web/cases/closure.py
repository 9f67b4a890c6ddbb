"""How a case is concluded, signed off and reopened."""

from lado import clock
from lado.models import Case
from lado.queries import cases
from lado.queries.case_standing import missing
from lado.rules import transitions
from lado.rules.permissions import Permission
from lado.rules.transitions import Action, Thing, confirmed
from lado.services import case_closure as services
from lado.web.cases.blueprint import blueprint
from lado.web.cases.forms import AnswerForm, CloseForm, ReopenForm
from lado.web.cases.opened import Answer, done, may, opened, page
from lado.web.drafting import begins_anew
from lado.web.forms import VersionedForm
from lado.web.guard import requires, user


@blueprint.route("/<record_id:public_id>/close", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def close(public_id: str) -> Answer:
    """Concluded at once, or requested where a manager must sign it off."""
    case = opened(public_id, Permission.CASE_EDIT)
    _check(case, Action.CONCLUDE)
    form = CloseForm.of(case)
    if form.validate_on_submit() and form.run_on(case, lambda: _close(case, form)):
        return done(case, form.result)
    return page(
        "cases/close.html",
        case,
        form=form,
        missing=missing(cases.whole(case), on=clock.today()),
        needs_sign_off=services.sign_off_needed(case, clock.today()),
    )


def _close(case: Case, form: CloseForm) -> str:
    ending = form.ending()
    needs_sign_off = services.sign_off_needed(case, ending.concluded_on)
    act = services.request_closure if needs_sign_off else services.conclude
    act(case, ending, version=form.version.data, by=user())
    return confirmed(Thing.CASE, Action.REQUEST_CLOSURE if needs_sign_off else Action.CONCLUDE)


@blueprint.route("/<record_id:public_id>/sign-off", methods=["GET", "POST"])
@requires(Permission.CASE_SIGN_OFF)
def sign_off(public_id: str) -> Answer:
    case = opened(public_id, Permission.CASE_SIGN_OFF)
    _check(case, Action.SIGN_OFF)
    form = VersionedForm(obj=case)
    if form.validate_on_submit() and form.run_on(
        case, lambda: services.sign_off(case, version=form.version.data, by=user())
    ):
        return done(case, confirmed(Thing.CASE, Action.SIGN_OFF))
    left = missing(cases.whole(case), on=case.proposed_concluded_on or clock.today())
    return page("cases/sign_off.html", case, form=form, missing=left)


@blueprint.route("/<record_id:public_id>/decline-closure", methods=["GET", "POST"])
@requires(Permission.CASE_SIGN_OFF)
def decline_closure(public_id: str) -> Answer:
    case = opened(public_id, Permission.CASE_SIGN_OFF)
    _check(case, Action.DECLINE_CLOSURE)
    form = AnswerForm(data={"version": case.version})
    if form.validate_on_submit() and form.run_on(
        case,
        lambda: services.decline_closure(
            case, note=form.note.data, version=form.version.data, by=user()
        ),
    ):
        return done(case, confirmed(Thing.CASE, Action.DECLINE_CLOSURE))
    return page("cases/decline.html", case, form=form)


@blueprint.route("/<record_id:public_id>/withdraw-closure", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def withdraw_closure(public_id: str) -> Answer:
    case = opened(public_id, Permission.CASE_EDIT)
    _check(case, Action.WITHDRAW_CLOSURE)
    form = AnswerForm(data={"version": case.version})
    if form.validate_on_submit() and form.run_on(
        case,
        lambda: services.withdraw_closure(
            case, note=form.note.data, version=form.version.data, by=user()
        ),
    ):
        return done(case, confirmed(Thing.CASE, Action.WITHDRAW_CLOSURE))
    return page("cases/withdraw.html", case, form=form)


@blueprint.route("/<record_id:public_id>/reopen", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def reopen(public_id: str) -> Answer:
    case = opened(public_id, Permission.CASE_EDIT)
    _check(case, Action.REOPEN)
    form = ReopenForm.of(case)
    if form.validate_on_submit() and form.run_on(
        case,
        lambda: services.reopen(
            case,
            reopened_on=form.reopened_on.data,
            reason=form.reason.data,
            review_on=form.review_on.data,
            version=form.version.data,
            by=user(),
        ),
    ):
        return done(case, confirmed(Thing.CASE, Action.REOPEN))
    return page("cases/reopen.html", case, form=form)


def _check(case: Case, action: Action) -> None:
    """A page that could only be refused is not shown; what was typed already is not lost."""
    if begins_anew():
        transitions.check(Thing.CASE, case.status, action, may())
