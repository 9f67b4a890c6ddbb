"""A public list of schools or providers is loaded from the page; a longer one by command."""

from flask import render_template
from werkzeug.wrappers import Response

from lado.directory.loading import load as load_list
from lado.rules.permissions import Permission
from lado.web.guard import requires, user
from lado.web.organisations.blueprint import blueprint
from lado.web.organisations.forms import LoadForm


@blueprint.route("/load", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_EDIT)
def load() -> str | Response:
    form = LoadForm()
    if form.validate_on_submit() and form.run(
        lambda: load_list(
            form.file.data.stream,
            authority=form.authority.data,
            by=user(),
            dry_run=not form.save.data,
        )
    ):
        return render_template(
            "organisations/loaded.html", result=form.result, saved=form.save.data
        )
    return render_template("organisations/load.html", form=form)
