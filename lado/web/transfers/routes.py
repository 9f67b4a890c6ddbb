"""Files that another authority sent: opened, looked at, thrown away. The call page takes in."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from lado.queries.received_transfer import TakenOver
from lado.rules.permissions import Permission
from lado.services import received_transfer as services
from lado.web.forms import Form, TextField, UploadField
from lado.web.guard import requires, user

blueprint = Blueprint("transfers", __name__, url_prefix="/transfers")

Answer = str | Response


class OpenForm(Form):
    file = UploadField(
        "Transfer file",
        hint="Its name ends in .lado",
        accept=".lado",
        required="Choose the file that they sent",
    )
    passphrase_code = TextField(
        "Passphrase",
        hint="As they told it to you: five groups of five letters and figures",
        called="The passphrase",
        required="Enter the passphrase",
        width=30,
    )


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.TRANSFER)
def index() -> Answer:
    form = OpenForm()
    if form.validate_on_submit() and form.run(
        lambda: services.open_file(
            form.file.data.stream, passphrase=form.passphrase_code.data, by=user()
        )
    ):
        return redirect(url_for("transfers.view", public_id=form.result))
    return render_template("transfers/index.html", form=form)


@blueprint.get("/<record_id:public_id>")
@requires(Permission.TRANSFER)
def view(public_id: str) -> str:
    sent = services.look(public_id, by=user())
    over = TakenOver.of(sent)
    return render_template("transfers/view.html", sent=sent, over=over, public_id=public_id)


@blueprint.post("/<record_id:public_id>/discard")
@requires(Permission.TRANSFER)
def discard(public_id: str) -> Answer:
    services.discard(public_id, by=user())
    flash("The transfer file is deleted")
    return redirect(url_for("transfers.index"))
