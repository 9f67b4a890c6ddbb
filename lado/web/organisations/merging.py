"""Two organisations that are one are merged by somebody, split again, or told apart."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lado.errors import NotFound
from lado.models import Organisation
from lado.queries import access, merging, organisations
from lado.rules.permissions import Permission
from lado.services import organisation_merge as services
from lado.web.forms import Choice
from lado.web.guard import requires, user
from lado.web.organisations.blueprint import blueprint
from lado.web.organisations.forms import MergeForm, SearchForm, SplitForm

Answer = str | Response
EDIT = Permission.ORGANISATION_EDIT


@blueprint.get("/near")
@requires(EDIT)
def near() -> str:
    page = merging.near_pairs(request.args.get("page", 1, int))
    return render_template("organisations/near.html", page=page)


@blueprint.route("/<record_id:public_id>/merge", methods=["GET", "POST"])
@requires(EDIT)
def choose_other(public_id: str) -> Answer:
    """Which other one it is the same as."""
    organisation = _standing(public_id)
    form = SearchForm()
    found = organisations.like(organisation.name)
    if form.validate_on_submit():
        found = organisations.suggested(form.name.data)
        if not form.name.data:
            form.refuse("Enter a name, or a part of it")
    others = [each for each in found if each.id != organisation.id]
    return render_template(
        "organisations/choose_other.html", form=form, organisation=organisation, others=others
    )


@blueprint.route(
    "/<record_id:public_id>/merge/<record_id:other_public_id>", methods=["GET", "POST"]
)
@requires(EDIT)
def merge(public_id: str, other_public_id: str) -> Answer:
    one, other = _standing(public_id), _standing(other_public_id)
    if one is other:
        raise NotFound
    form = MergeForm()
    form.stays.choices = [Choice(each.public_id, each.name, each) for each in (one, other)]
    if form.validate_on_submit():
        stays = form.stays.data
        goes = other if stays is one else one
        if form.run(lambda: services.merge(goes, into=stays, reason=form.reason.data, by=user())):
            flash("Merged. The other name leads here from now on")
            return redirect(url_for(".view", public_id=stays.public_id))
    return render_template(
        "organisations/merge.html",
        form=form,
        both=[(each, merging.weight(user(), each)) for each in (one, other)],
    )


@blueprint.post("/<record_id:public_id>/not-the-same/<record_id:other_public_id>")
@requires(EDIT)
def tell_apart(public_id: str, other_public_id: str) -> Response:
    services.tell_apart(_standing(public_id), other=_standing(other_public_id), by=user())
    flash("They are not offered as the same any more")
    return redirect(url_for(".near"))


@blueprint.route(
    "/<record_id:public_id>/split/<record_id:merge_public_id>", methods=["GET", "POST"]
)
@requires(EDIT)
def split(public_id: str, merge_public_id: str) -> Answer:
    organisation = _standing(public_id)
    merge = merging.find(organisation, merge_public_id)
    form = SplitForm()
    if form.validate_on_submit() and form.run(
        lambda: services.split(merge, reason=form.reason.data, by=user())
    ):
        flash("Split again. What was merged is as it was")
        return redirect(url_for(".view", public_id=merge.merged.public_id))
    return render_template(
        "organisations/split.html", form=form, organisation=organisation, merge=merge
    )


def _standing(public_id: str) -> Organisation:
    organisation = access.get_organisation(user(), public_id, EDIT)
    if organisation.merged_into_id:
        raise NotFound
    return organisation
