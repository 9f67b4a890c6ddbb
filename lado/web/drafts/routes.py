from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lado.errors import NotFound, Refused
from lado.models import Draft
from lado.queries import drafts
from lado.services import draft as services
from lado.web import drafting
from lado.web.filters import time_of_day
from lado.web.forms import Form
from lado.web.guard import signed_in, user

blueprint = Blueprint("drafts", __name__, url_prefix="/drafts")

Answer = str | Response | tuple[Response, int]


@blueprint.get("")
@signed_in
def index() -> Answer:
    return render_template("drafts/index.html", drafts=drafts.listed(user()))


@blueprint.post("")
@signed_in
def save() -> Answer:
    """From the script (`draft-quietly`) while somebody types, or from the button."""
    if not request.form.get("draft-quietly"):
        draft, endpoint = drafting.save_sent()
        flash("Draft saved" if draft else "This form was saved already")
        return redirect(_address(draft, endpoint) if draft else url_for("drafts.index"))
    try:
        draft, _ = drafting.save_sent()
    except Refused as refused:
        return jsonify(message=refused.message), 409
    if draft is None:
        return jsonify(finished=True)
    return jsonify(draft=draft.public_id, saved=time_of_day(draft.saved_at))


@blueprint.get("/<record_id:public_id>")
@signed_in
def go_on(public_id: str) -> Answer:
    draft = drafts.get(user(), public_id)
    return redirect(_address(draft, drafting.VIEW_OF[draft.form]))


@blueprint.route("/<record_id:public_id>/throw-away", methods=["GET", "POST"])
@signed_in
def discard(public_id: str) -> Answer:
    draft = drafts.get(user(), public_id)
    form = Form()
    if form.validate_on_submit() and form.run(lambda: services.discard(draft, by=user())):
        flash("Draft thrown away")
        return redirect(url_for("drafts.index"))
    found = [each for each in drafts.listed(user()) if each.draft.public_id == public_id]
    if not found:
        raise NotFound
    return render_template("drafts/discard.html", form=form, listed=found[0])


def _address(draft: Draft, endpoint: str) -> str:
    return url_for(endpoint, **drafting.address_values(draft))
