"""Who deals with a consultation."""

from flask import render_template

from lado.models import Consultation
from lado.queries.cover import possible_owners
from lado.rules.permissions import Permission
from lado.services import consultation_owner as services
from lado.web.consultations.blueprint import blueprint
from lado.web.consultations.opened import Answer, done, opened
from lado.web.forms import Choice, ChoiceField, VersionedForm
from lado.web.guard import requires, user

NOBODY = "nobody"


class OwnerForm(VersionedForm):
    owner = ChoiceField("Who deals with it?", required="Choose who deals with it")

    @classmethod
    def of(cls, consultation: Consultation) -> "OwnerForm":
        """Where nobody deals with it yet, whoever opens the page is chosen already."""
        version = consultation.version
        form = cls(data={"owner": consultation.owner or user(), "version": version})
        form.owner.choices = [
            *(Choice(each.public_id, each.name, each) for each in possible_owners(consultation)),
            Choice(NOBODY, "Nobody yet", NOBODY, "It is shown to everybody who may decide"),
        ]
        return form


@blueprint.route("/<record_id:public_id>/owner", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def owner(public_id: str) -> Answer:
    consultation = opened(public_id, Permission.CONSULTATION_LOG)
    form = OwnerForm.of(consultation)
    if form.validate_on_submit():
        chosen = None if form.owner.data == NOBODY else form.owner.data
        if form.run_on(
            consultation,
            lambda: services.assign(
                consultation, owner=chosen, version=form.version.data, by=user()
            ),
        ):
            message = f"{chosen.name} deals with it now" if chosen else "Nobody deals with it now"
            return done(consultation, message)
    return render_template("consultations/owner.html", form=form, consultation=consultation)
