from flask import Blueprint, redirect, render_template, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from lado.errors import NotFound
from lado.queries import settings
from lado.services import throttle
from lado.services.received_form import check, receive
from lado.web.guard import public
from lado.web.refer.forms import ReferForm

blueprint = Blueprint("refer", __name__, url_prefix="/refer")

SENT = "form_sent"
TOO_MANY = (
    "Too many reports were sent in the last hour, and this one was not taken. What you typed is "
    "still here: ring us, or send it again later."
)


@blueprint.before_request
def _only_when_on() -> None:
    if not settings.is_on("referral_form"):
        raise NotFound


@blueprint.route("", methods=["GET", "POST"])
@public
def index() -> str | Response | tuple[str, int]:
    form = ReferForm()
    status = 200
    if form.validate_on_submit() and form.run(lambda: check(form.sent())):
        if not throttle.may_send_form(request.remote_addr or ""):
            form.refuse(TOO_MANY)
            status = 429
        elif form.run(lambda: receive(form.sent())):
            cookie[SENT] = form.result.reference
            return redirect(url_for("refer.sent"))
    return render_template("refer/index.html", form=form), status


@blueprint.get("/sent")
@public
def sent() -> str | Response:
    """Once: the reference is all that is told, and it opens nothing."""
    reference = cookie.pop(SENT, None)
    if reference is None:
        return redirect(url_for("refer.index"))
    return render_template("refer/sent.html", reference=reference)
