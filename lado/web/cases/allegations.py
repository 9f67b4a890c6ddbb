"""Allegations and their outcomes."""

from lado.queries import cases
from lado.queries.case_standing import stood_before_reopening
from lado.rules.permissions import Permission
from lado.services import case_allegations as services
from lado.web.cases.blueprint import blueprint
from lado.web.cases.opened import Answer, done, opened_to_change, page
from lado.web.cases.part_forms import AllegationForm, OutcomeForm
from lado.web.guard import requires, user

LIST = "cases.allegations"


@blueprint.route("/<record_id:public_id>/allegations/add", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add_allegation(public_id: str) -> Answer:
    case = opened_to_change(public_id, Permission.CASE_EDIT)
    form = AllegationForm(case)
    if form.validate_on_submit() and form.run(
        lambda: services.add_allegation(case, form.details(), by=user())
    ):
        return done(case, "Allegation added", LIST)
    return page("cases/allegation.html", case, form=form, allegation=None)


@blueprint.route("/<record_id:public_id>/allegations/<int:number>/edit", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def edit_allegation(public_id: str, number: int) -> Answer:
    case = opened_to_change(public_id, Permission.CASE_EDIT)
    allegation = cases.allegation(case, number)
    form = AllegationForm.of(allegation)
    if form.validate_on_submit() and form.run_on(
        allegation,
        lambda: services.change_allegation(
            allegation, form.details(), version=form.version.data, by=user()
        ),
    ):
        return done(case, "Changes saved", LIST)
    return page("cases/allegation.html", case, form=form, allegation=allegation)


@blueprint.post("/<record_id:public_id>/allegations/<int:number>/make-primary")
@requires(Permission.CASE_EDIT)
def make_primary(public_id: str, number: int) -> Answer:
    case = opened_to_change(public_id, Permission.CASE_EDIT)
    services.make_primary(cases.allegation(case, number), by=user())
    return done(case, f"Allegation {number} is the primary one now", LIST)


@blueprint.route("/<record_id:public_id>/allegations/<int:number>/outcome", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def record_outcome(public_id: str, number: int) -> Answer:
    case = opened_to_change(public_id, Permission.CASE_EDIT)
    allegation = cases.allegation(case, number)
    form = OutcomeForm.of(allegation)
    if form.validate_on_submit() and form.run_on(
        allegation,
        lambda: services.record_outcome(
            allegation,
            outcome=form.outcome.data,
            reasons=form.reasons.data,
            evidence=form.evidence.data,
            decided_on=form.decided_on.data,
            change_reason=form.change_reason.data,
            version=form.version.data,
            by=user(),
        ),
    ):
        return done(case, "Outcome recorded", LIST)
    return page(
        "cases/outcome.html",
        case,
        form=form,
        allegation=allegation,
        to_confirm=stood_before_reopening(case, allegation),
    )
