"""Who may see a consultation."""

from flask import render_template

from lado.queries import stays_visible
from lado.rules.permissions import Permission
from lado.web.consultations.blueprint import blueprint
from lado.web.consultations.opened import Answer, done, opened
from lado.web.guard import requires, user
from lado.web.restricting import LiftRestrictionForm, RestrictForm


@blueprint.route("/<record_id:public_id>/restrict", methods=["GET", "POST"])
@requires(Permission.RESTRICT)
def restrict(public_id: str) -> Answer:
    consultation = opened(public_id, Permission.RESTRICT)
    form = RestrictForm.of(consultation)
    if form.restricts(consultation):
        return done(consultation, "Only those you named see this consultation now")
    return render_template(
        "consultations/restrict.html",
        form=form,
        consultation=consultation,
        stays=stays_visible.beside(user(), consultation),
    )


@blueprint.route("/<record_id:public_id>/lift-restriction", methods=["GET", "POST"])
@requires(Permission.RESTRICT)
def unrestrict(public_id: str) -> Answer:
    consultation = opened(public_id, Permission.RESTRICT)
    form = LiftRestrictionForm(obj=consultation)
    if form.lifts(consultation):
        return done(consultation, "All who log consultations can see this one again")
    return render_template("consultations/unrestrict.html", form=form, consultation=consultation)
