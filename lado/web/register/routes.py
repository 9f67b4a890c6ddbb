from datetime import datetime
from io import BytesIO

from flask import Blueprint, flash, jsonify, redirect, render_template, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from lado.errors import NotFound
from lado.register.export import (
    left_out,
    lines_for,
    shortened,
    summary,
    write_left_out,
    write_register,
)
from lado.register.writing import CSV, XLSX, Format
from lado.rules.permissions import Permission
from lado.web.downloads import attachment, temporary_file
from lado.web.guard import requires, user
from lado.web.register import jobs
from lado.web.register.forms import ExportForm, UploadForm

blueprint = Blueprint("register", __name__, url_prefix="/register")

blueprint.before_request(jobs.sweep)

Answer = str | Response


@blueprint.record
def sweep_at_start(setup: BlueprintSetupState) -> None:
    with setup.app.app_context():  # type: ignore[attr-defined]
        jobs.sweep()


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.REGISTER_IMPORT)
def index() -> Answer:
    """Choosing a file; it is checked first, and loaded only when somebody says so."""
    form = UploadForm()
    if form.validate_on_submit() and form.run(lambda: jobs.start(form.contents(), by=user())):
        return redirect(url_for("register.job", job_id=form.result.id))
    return render_template("register/index.html", form=form, jobs=jobs.of(user()))


@blueprint.get("/loading/<string:job_id>")
@requires(Permission.REGISTER_IMPORT)
def job(job_id: str) -> Answer:
    found = jobs.find(job_id, by=user())
    found.take_up()
    state = found.state
    if found.at_work:
        return render_template("register/progress.html", job=found, progress=found.progress)
    before = datetime.fromisoformat(state.loaded_before) if state.loaded_before else None
    template = f"register/{state.stage}.html"
    return render_template(template, job=found, state=state, loaded_before=before)


@blueprint.get("/loading/<string:job_id>/progress")
@requires(Permission.REGISTER_IMPORT)
def progress(job_id: str) -> Response:
    found = jobs.find(job_id, by=user())
    found.take_up()
    return jsonify(at_work=found.at_work, **found.progress)


@blueprint.get("/loading/<string:job_id>/errors")
@requires(Permission.REGISTER_IMPORT)
def errors(job_id: str) -> Response:
    found = jobs.find(job_id, by=user())
    if not found.errors.exists():
        raise NotFound
    return attachment(BytesIO(found.errors.read_bytes()), "register-errors", CSV)


@blueprint.post("/loading/<string:job_id>/load")
@requires(Permission.REGISTER_IMPORT)
def load(job_id: str) -> Answer:
    jobs.find(job_id, by=user()).begin_loading()
    return redirect(url_for("register.job", job_id=job_id))


@blueprint.post("/loading/<string:job_id>/discard")
@requires(Permission.REGISTER_IMPORT)
def discard(job_id: str) -> Answer:
    found = jobs.find(job_id, by=user())
    if not found.at_work:
        found.discard()
        flash("The uploaded file and what was found in it are deleted")
    return redirect(url_for("register.index"))


@blueprint.route("/export", methods=["GET", "POST"])
@requires(Permission.REGISTER_EXPORT)
def export() -> Answer:
    form = ExportForm()
    if form.validate_on_submit():
        return _register_file(form.chosen.data)
    return render_template("register/export.html", form=form, summary=summary(left_out(user())))


@blueprint.get("/export/left-out")
@requires(Permission.REGISTER_EXPORT)
def what_is_left_out() -> Response:
    missing = left_out(user()) + shortened(lines_for(user()), XLSX)
    file = temporary_file()
    write_left_out(missing, file)
    return attachment(file, "register-left-out", CSV)


def _register_file(form: Format) -> Response:
    file = temporary_file()
    write_register(lines_for(user()), file, form, by=user())
    return attachment(file, "register", form)
