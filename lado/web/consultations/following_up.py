"""Follow-ups of a consultation are added, done and dropped."""

from flask import render_template

from lado.errors import Refused
from lado.queries import follow_ups
from lado.rules.permissions import Permission
from lado.services import follow_up as services
from lado.web.consultations.blueprint import blueprint
from lado.web.consultations.follow_up_forms import End, EndForm, FollowUpForm
from lado.web.consultations.opened import Answer, done, opened
from lado.web.drafting import begins_anew
from lado.web.guard import requires, user


@blueprint.route("/<record_id:public_id>/follow-ups/add", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def add_follow_up(public_id: str) -> Answer:
    consultation = opened(public_id, Permission.CONSULTATION_LOG)
    form = FollowUpForm()
    form.offer_owners(user())
    if (
        form.validate_on_submit()
        and (details := form.follow_up())
        and form.run(lambda: services.add(consultation, details=details, by=user()))
    ):
        return done(consultation, "Follow-up added")
    return render_template("consultations/follow_up.html", form=form, consultation=consultation)


@blueprint.route("/<record_id:public_id>/follow-ups/<int:number>/end", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def end_follow_up(public_id: str, number: int) -> Answer:
    consultation = opened(public_id, Permission.CONSULTATION_LOG)
    follow_up = follow_ups.get(consultation, number)
    if not follow_up.is_open and begins_anew():
        raise Refused(services.ENDED)
    form = EndForm.of_today()

    def end() -> None:
        if form.end.data is End.DROPPED:
            services.drop(follow_up, reason=form.reason.data, by=user())
        else:
            services.finish(
                follow_up, done_on=form.done_on.data, result=form.result.data, by=user()
            )

    if form.validate_on_submit() and form.run(end):
        return done(consultation, "Follow-up ended")
    return render_template(
        "consultations/end_follow_up.html",
        form=form,
        consultation=consultation,
        follow_up=follow_up,
    )
