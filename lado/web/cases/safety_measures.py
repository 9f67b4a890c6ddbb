"""Suspension and its alternatives: what was considered, decided, reviewed, ended."""

from lado.errors import Refused
from lado.models import SafetyMeasure
from lado.queries import cases
from lado.rules.permissions import Permission
from lado.rules.vocabulary import MeasureDecision
from lado.services import safety_measure as services
from lado.web.cases.blueprint import blueprint
from lado.web.cases.opened import Answer, done, opened, opened_to_add, page
from lado.web.cases.safety_measure_forms import EndForm, MeasureForm, ReviewForm
from lado.web.drafting import begins_anew
from lado.web.guard import requires, user

LIST = "cases.measures"


@blueprint.get("/<record_id:public_id>/safety-measures")
@requires(Permission.CASE_VIEW)
def measures(public_id: str) -> str:
    case = cases.whole(opened(public_id, Permission.CASE_VIEW))
    return page("cases/measures.html", case)


@blueprint.route("/<record_id:public_id>/safety-measures/add", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def add_measure(public_id: str) -> Answer:
    case = opened_to_add(public_id, Permission.DISCUSSION_RECORD)
    form = MeasureForm()
    if form.validate_on_submit() and form.run(
        lambda: services.add_measure(case, form.details(), by=user())
    ):
        return done(case, "Safety measure added", LIST)
    return page("cases/measure.html", case, form=form, measure=None)


@blueprint.route(
    "/<record_id:public_id>/safety-measures/<int:number>/edit", methods=["GET", "POST"]
)
@requires(Permission.DISCUSSION_RECORD)
def edit_measure(public_id: str, number: int) -> Answer:
    case = opened_to_add(public_id, Permission.DISCUSSION_RECORD)
    measure = cases.safety_measure(case, number)
    if begins_anew() and measure.decision is MeasureDecision.ENDED:
        raise Refused(services.ENDED)
    form = MeasureForm(obj=measure)
    if form.validate_on_submit() and form.run_on(
        measure,
        lambda: services.change_measure(
            measure, form.details(), version=form.version.data, by=user()
        ),
    ):
        return done(case, "Changes saved", LIST)
    return page("cases/measure.html", case, form=form, measure=measure)


@blueprint.route(
    "/<record_id:public_id>/safety-measures/<int:number>/review", methods=["GET", "POST"]
)
@requires(Permission.DISCUSSION_RECORD)
def review_measure(public_id: str, number: int) -> Answer:
    case = opened_to_add(public_id, Permission.DISCUSSION_RECORD)
    measure = cases.safety_measure(case, number)
    _must_be_in_place(measure)
    form = ReviewForm.of(measure)
    if form.validate_on_submit() and form.run_on(
        measure,
        lambda: services.review_measure(
            measure,
            reviewed_on=form.reviewed_on.data,
            decided=form.decided.data,
            next_review_on=form.next_review_on.data,
            version=form.version.data,
            by=user(),
        ),
    ):
        return done(case, f"Safety measure {number}: review recorded", LIST)
    return page("cases/review_measure.html", case, form=form, measure=measure)


@blueprint.route("/<record_id:public_id>/safety-measures/<int:number>/end", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def end_measure(public_id: str, number: int) -> Answer:
    case = opened_to_add(public_id, Permission.DISCUSSION_RECORD)
    measure = cases.safety_measure(case, number)
    _must_be_in_place(measure)
    form = EndForm.of(measure)
    if form.validate_on_submit() and form.run_on(
        measure,
        lambda: services.end_measure(
            measure,
            ended_on=form.ended_on.data,
            reason=form.reason.data,
            version=form.version.data,
            by=user(),
        ),
    ):
        return done(case, f"Safety measure {number} has ended", LIST)
    return page("cases/end_measure.html", case, form=form, measure=measure)


def _must_be_in_place(measure: SafetyMeasure) -> None:
    if begins_anew() and not measure.is_in_place:
        raise Refused(services.NOT_IN_PLACE)
