from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lado.models import ReceivedForm
from lado.queries import access, inbox, settings
from lado.rules.permissions import Permission
from lado.rules.vocabulary import FormStatus
from lado.services import received_form as services
from lado.web.guard import requires, user
from lado.web.inbox.forms import PutAsideForm
from lado.web.viewing import noted

blueprint = Blueprint("inbox", __name__, url_prefix="/inbox")


def _opened(public_id: str) -> ReceivedForm:
    return noted(access.get_received_form(user(), public_id, Permission.CONSULTATION_LOG))


@blueprint.get("")
@requires(Permission.CONSULTATION_LOG)
def index() -> str:
    return render_template(
        "inbox/index.html",
        waiting=inbox.waiting(user()),
        page=inbox.handled(user(), request.args.get("page", 1, int)),
        is_on=settings.is_on("referral_form"),
    )


@blueprint.get("/<record_id:public_id>")
@requires(Permission.CONSULTATION_LOG)
def view(public_id: str) -> str:
    received = _opened(public_id)
    waits = received.status is FormStatus.WAITING
    return render_template("inbox/view.html", received=received, waits=waits)


@blueprint.route("/<record_id:public_id>/put-aside", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def put_aside(public_id: str) -> str | Response:
    received = _opened(public_id)
    form = PutAsideForm(obj=received)
    if form.validate_on_submit() and form.run_on(
        received,
        lambda: services.put_aside(
            received, reason=form.reason.data, version=form.version.data, by=user()
        ),
    ):
        flash(f"Put aside: {received.reference}")
        return redirect(url_for("inbox.index"))
    return render_template("inbox/put_aside.html", form=form, received=received)
