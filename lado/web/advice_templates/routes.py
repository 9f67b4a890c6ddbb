from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from lado.queries import advice_templates
from lado.rules.advice import PLACEHOLDERS
from lado.rules.permissions import Permission
from lado.services import advice_template as services
from lado.web.forms import TextAreaField, TextField, VersionedForm
from lado.web.guard import requires, user

blueprint = Blueprint("advice_templates", __name__, url_prefix="/advice-templates")

Answer = str | Response


class TemplateForm(VersionedForm):
    title = TextField("Title", required="Enter the title", longest=200)
    text = TextAreaField("Text", required="Enter the text", longest=20_000, rows=24)


@blueprint.get("")
@requires(Permission.VOCABULARY_EDIT)
def index() -> Answer:
    return render_template("advice_templates/index.html", templates=advice_templates.everything())


@blueprint.route("/add", methods=["GET", "POST"])
@requires(Permission.VOCABULARY_EDIT)
def add() -> Answer:
    form = TemplateForm()
    if form.validate_on_submit() and form.run(
        lambda: services.add(title=form.title.data, text=form.text.data, by=user())
    ):
        return _back("Template added")
    return _page(form, "Add a template")


@blueprint.route("/<record_id:public_id>", methods=["GET", "POST"])
@requires(Permission.VOCABULARY_EDIT)
def edit(public_id: str) -> Answer:
    template = advice_templates.get(public_id)
    form = TemplateForm(obj=template)
    if form.validate_on_submit() and form.run_on(
        template,
        lambda: services.change(
            template,
            title=form.title.data,
            text=form.text.data,
            version=form.version.data,
            by=user(),
        ),
    ):
        return _back("Template saved")
    return _page(form, "Change a template")


@blueprint.post("/<record_id:public_id>/retire")
@requires(Permission.VOCABULARY_EDIT)
def retire(public_id: str) -> Answer:
    services.retire(advice_templates.get(public_id), by=user())
    return _back("Template retired")


@blueprint.post("/<record_id:public_id>/bring-back")
@requires(Permission.VOCABULARY_EDIT)
def bring_back(public_id: str) -> Answer:
    services.bring_back(advice_templates.get(public_id), by=user())
    return _back("Template brought back")


def _page(form: TemplateForm, title: str) -> str:
    return render_template(
        "advice_templates/edit.html", form=form, title=title, placeholders=PLACEHOLDERS
    )


def _back(message: str) -> Response:
    flash(message)
    return redirect(url_for("advice_templates.index"))
