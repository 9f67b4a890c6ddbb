from datetime import datetime
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import Blueprint, flash, jsonify, redirect, render_template, send_file, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from lado import clock
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
from lado.web.guard import requires, user
from lado.web.register import jobs
from lado.web.register.forms import ExportForm, UploadForm

blueprint = Blueprint("register", __name__, url_prefix="/register")

blueprint.before_request(jobs.sweep)

Answer = str | Response
IN_MEMORY = 4 * 1024 * 1024


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
    return _attachment(BytesIO(found.errors.read_bytes()), "register-errors", CSV)


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
    file = _file()
    write_left_out(missing, file)
    return _attachment(file, "register-left-out", CSV)


def _register_file(form: Format) -> Response:
    file = _file()
    write_register(lines_for(user()), file, form, by=user())
    return _attachment(file, "register", form)


def _file() -> IO[bytes]:
    """Beyond some size on the disk, under no name that anybody could open."""
    return SpooledTemporaryFile(max_size=IN_MEMORY)


def _attachment(file: Any, name: str, form: Format) -> Response:
    file.seek(0)
    return send_file(
        file,
        mimetype=form.media_type,
        as_attachment=True,
        download_name=f"{name}-{clock.today():%Y-%m-%d}.{form.suffix}",
    )
