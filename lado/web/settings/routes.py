from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from lado.queries import settings
from lado.rules.permissions import Permission
from lado.rules.settings import SETTINGS
from lado.services import settings as services
from lado.web.guard import requires, user
from lado.web.settings.forms import SettingsForm

blueprint = Blueprint("settings", __name__, url_prefix="/settings")


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.SETTINGS_EDIT)
def index() -> str | Response:
    form = SettingsForm(data=settings.everything())
    if form.validate_on_submit() and form.run(lambda: services.change(form.texts(), by=user())):
        flash("Settings saved" if form.result else "Nothing was changed")
        return redirect(url_for("settings.index"))
    return render_template("settings/index.html", form=form, keys=list(SETTINGS))
