"""The case as a whole is given to somebody, corrected, restricted."""

from lado.models import Case
from lado.queries import cases, stays_visible
from lado.rules.permissions import Permission
from lado.services import case as services
from lado.services.case_owner import assign_owner
from lado.web.cases.blueprint import blueprint
from lado.web.cases.forms import FactsForm, LiftForm, NoRestrictionForm, OwnerForm
from lado.web.cases.opened import Answer, done, opened, opened_to_change, page
from lado.web.forms import VersionedForm
from lado.web.guard import requires, user
from lado.web.restricting import LiftRestrictionForm, RestrictForm


@blueprint.route("/<record_id:public_id>/owner", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def owner(public_id: str) -> Answer:
    case = opened(public_id, Permission.CASE_EDIT)
    form = OwnerForm.of(case, cases.possible_owners(case))
    if form.validate_on_submit() and form.run_on(
        case,
        lambda: assign_owner(case, owner=form.owner.data, version=form.version.data, by=user()),
    ):
        return done(case, f"Case given to {form.owner.data.name}")
    return page("cases/owner.html", case, form=form)


@blueprint.route("/<record_id:public_id>/facts", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def facts(public_id: str) -> Answer:
    case = opened_to_change(public_id, Permission.CASE_EDIT)
    form = FactsForm(obj=case)
    if form.validate_on_submit() and form.run_on(
        case,
        lambda: services.change_facts(
            case,
            children=form.children.data,
            children_count=form.children_count.data,
            legal_position_of_trust=form.legal_position_of_trust.data,
            version=form.version.data,
            by=user(),
        ),
    ):
        return done(case, "Changes saved")
    return page("cases/facts.html", case, form=form)


@blueprint.route("/<record_id:public_id>/restrict", methods=["GET", "POST"])
@requires(Permission.RESTRICT)
def restrict(public_id: str) -> Answer:
    case = opened(public_id, Permission.RESTRICT)
    form = RestrictForm.of(case)
    if form.restricts(case):
        return done(case, "Only those you named see this case now")
    stays = stays_visible.beside(user(), case)
    return page("cases/restrict.html", case, form=form, stays=stays)


@blueprint.route("/<record_id:public_id>/lift-restriction", methods=["GET", "POST"])
@requires(Permission.RESTRICT)
def unrestrict(public_id: str) -> Answer:
    case = opened(public_id, Permission.RESTRICT)
    form = LiftRestrictionForm(obj=case)
    if form.lifts(case):
        return done(case, "All who work with cases can see this case again")
    return page("cases/unrestrict.html", case, form=form)


@blueprint.route("/<record_id:public_id>/reporting-restriction", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def reporting_restriction(public_id: str) -> Answer:
    case = opened(public_id, Permission.CASE_EDIT)
    if case.reporting_restricted:
        return _lift(case)
    form = VersionedForm(obj=case)
    if form.validate_on_submit() and form.run_on(
        case,
        lambda: services.impose_reporting_restriction(case, version=form.version.data, by=user()),
    ):
        return done(case, "Reporting restriction recorded")
    return page("cases/impose.html", case, form=form)


@blueprint.route("/<record_id:public_id>/reporting-restriction/none", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def no_reporting_restriction(public_id: str) -> Answer:
    case = opened(public_id, Permission.CASE_EDIT)
    form = NoRestrictionForm(data={"version": case.version})
    if form.validate_on_submit() and form.run_on(
        case,
        lambda: services.need_no_reporting_restriction(
            case, reason=form.reason.data, version=form.version.data, by=user()
        ),
    ):
        return done(case, "Recorded that no reporting restriction is needed")
    return page("cases/no_reporting_restriction.html", case, form=form)


def _lift(case: Case) -> Answer:
    form = LiftForm(data={"version": case.version})
    if form.validate_on_submit() and form.run_on(
        case,
        lambda: services.lift_reporting_restriction(
            case,
            lifted_on=form.lifted_on.data,
            reason=form.reason.data,
            version=form.version.data,
            by=user(),
        ),
    ):
        return done(case, "Reporting restriction lifted")
    return page("cases/lift.html", case, form=form)
