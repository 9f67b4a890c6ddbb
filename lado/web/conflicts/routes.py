from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lado.errors import NotFound
from lado.models import SuspectedConflict
from lado.queries import access, suspected_conflicts
from lado.rules.permissions import Permission
from lado.rules.vocabulary import ConflictState
from lado.services import conflict as services
from lado.services.person import searched
from lado.web.conflicts.forms import SettleForm
from lado.web.guard import requires, user
from lado.web.viewing import noted

blueprint = Blueprint("conflicts", __name__, url_prefix="/conflicts")


@blueprint.get("")
@requires(Permission.CASE_SIGN_OFF)
def index() -> str:
    page = suspected_conflicts.to_settle(user(), request.args.get("page", 1, int))
    shown = render_template("conflicts/index.html", page=page)
    searched(found=len(page.items), by=user())
    return shown


@blueprint.route("/<record_id:public_id>", methods=["GET", "POST"])
@requires(Permission.CASE_SIGN_OFF)
def settle(public_id: str) -> str | Response:
    found = access.get_suspected_conflict(user(), public_id, Permission.CASE_SIGN_OFF)
    if found.state is not ConflictState.PENDING:
        raise NotFound
    noted(found.person)
    form = SettleForm()
    if form.validate_on_submit() and form.run(lambda: _settle(found, form)):
        flash(
            "Confirmed. Their records stay closed to the user"
            if form.is_them.data
            else "It is somebody else. Their records are open to the user again"
        )
        return redirect(url_for("conflicts.index"))
    return render_template(
        "conflicts/settle.html",
        form=form,
        shown=suspected_conflicts.shown(found),
        dismissed=suspected_conflicts.dismissed_before(found),
    )


def _settle(found: SuspectedConflict, form: SettleForm) -> None:
    act = services.confirm if form.is_them.data else services.dismiss
    act(found, note=form.note.data, by=user())
