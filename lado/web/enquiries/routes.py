from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from lado.errors import Refused
from lado.models import Enquiry
from lado.queries import access
from lado.queries import enquiries as queries
from lado.rules.enquiries import FOR_REFERENCE, SOURCE, WITHHELD
from lado.rules.permissions import Permission
from lado.services import enquiry as services
from lado.web import lists
from lado.web.drafting import begins_anew
from lado.web.enquiries.forms import (
    AnswerForm,
    AnswerSentForm,
    ConsiderForm,
    EnquiryForm,
    EnquiryListForm,
)
from lado.web.guard import requires, user
from lado.web.viewing import noted, shown

blueprint = Blueprint("enquiries", __name__, url_prefix="/enquiries")

Answer = str | Response


@blueprint.get("")
@requires(Permission.CONSULTATION_VIEW)
def index() -> Answer:
    form = EnquiryListForm()
    page = None
    if form.validate():
        page = queries.page_of_list(
            user(), lists.cursor(), state=form.state.data, kind=form.kind.data
        )
        lists.remember(form.address())
    return render_template("enquiries/index.html", form=form, page=page, state_of=queries.state_of)


@blueprint.route("/add", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def add() -> Answer:
    form = EnquiryForm.of_today()
    if form.validate_on_submit() and form.run(
        lambda: services.log(details=form.details(), by=user())
    ):
        return _back_to(form.result, f"Enquiry logged: {form.result.reference}")
    return render_template("enquiries/edit.html", form=form, enquiry=None)


@blueprint.get("/<record_id:public_id>")
@requires(Permission.CONSULTATION_VIEW)
def view(public_id: str) -> Answer:
    enquiry = _opened(public_id, Permission.CONSULTATION_VIEW)
    queries.load(enquiry)
    return render_template(
        "enquiries/view.html",
        enquiry=enquiry,
        state=queries.state_of(enquiry),
        **_about_disclosure(enquiry),
    )


@blueprint.route("/<record_id:public_id>/edit", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def edit(public_id: str) -> Answer:
    enquiry = _unsent(public_id, Permission.CONSULTATION_LOG)
    form = EnquiryForm(obj=enquiry)
    if form.validate_on_submit() and form.run_on(
        enquiry,
        lambda: services.change(
            enquiry, details=form.details(), version=form.version.data, by=user()
        ),
    ):
        return _back_to(enquiry, "Changes saved")
    return render_template("enquiries/edit.html", form=form, enquiry=enquiry)


@blueprint.post("/<record_id:public_id>/search")
@requires(Permission.CONSULTATION_LOG)
def search(public_id: str) -> Answer:
    enquiry = _unsent(public_id, Permission.CONSULTATION_LOG)
    services.searched(enquiry, found=len(queries.candidates(user(), enquiry)), by=user())
    return redirect(url_for("enquiries.consider", public_id=public_id))


@blueprint.route("/<record_id:public_id>/records", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def consider(public_id: str) -> Answer:
    """What was found, as it is now; the search itself was noted when it was asked for."""
    enquiry = _unsent(public_id, Permission.CONSULTATION_LOG)
    if not enquiry.searches:
        raise Refused(services.NOT_SEARCHED)
    offered = queries.offered(user(), enquiry)
    shown(each.person for each in offered.candidates)
    form = ConsiderForm.about(enquiry, offered)
    if form.validate_on_submit() and form.run(
        lambda: services.consider(enquiry, records=form.records.data, of=form.offered, by=user())
    ):
        return _back_to(enquiry, "Records to consider saved")
    return render_template(
        "enquiries/records.html", form=form, enquiry=enquiry, speak_to_whom=offered.speak_to
    )


@blueprint.route("/<record_id:public_id>/answer", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_DECIDE)
def answer(public_id: str) -> Answer:
    enquiry = _unsent(public_id, Permission.CONSULTATION_DECIDE)
    queries.load(enquiry)
    if not enquiry.searches:
        raise Refused(services.NOT_SEARCHED)
    form = AnswerForm.of(enquiry)
    if form.validate_on_submit() and form.run_on(
        enquiry,
        lambda: services.answer(
            enquiry, details=form.details(), version=form.version.data, by=user()
        ),
    ):
        return _back_to(enquiry, "Answer decided")
    return render_template(
        "enquiries/answer.html", form=form, enquiry=enquiry, **_about_disclosure(enquiry)
    )


@blueprint.route("/<record_id:public_id>/sent", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def sent(public_id: str) -> Answer:
    enquiry = _unsent(public_id, Permission.CONSULTATION_LOG)
    form = AnswerSentForm.of(enquiry)
    if form.validate_on_submit() and form.run_on(
        enquiry,
        lambda: services.mark_sent(
            enquiry,
            sent_on=form.sent_on.data,
            sent_how=form.sent_how.data,
            version=form.version.data,
            by=user(),
        ),
    ):
        return _back_to(enquiry, "The answer is recorded as sent")
    return render_template("enquiries/sent.html", form=form, enquiry=enquiry)


def _opened(public_id: str, permission: Permission) -> Enquiry:
    return noted(access.get_enquiry(user(), public_id, permission))


def _unsent(public_id: str, permission: Permission) -> Enquiry:
    """A page that could only be refused is not shown; what was typed already is not lost."""
    enquiry = _opened(public_id, permission)
    if enquiry.sent_on is not None and begins_anew():
        raise Refused(services.SENT)
    return enquiry


def _about_disclosure(enquiry: Enquiry) -> dict[str, object]:
    return {
        "findings": list(queries.findings(enquiry)),
        "for_reference": enquiry.kind in FOR_REFERENCE,
        "withheld": sorted(outcome.label.lower() for outcome in WITHHELD),
        "source": SOURCE,
    }


def _back_to(enquiry: Enquiry, message: str) -> Response:
    flash(message)
    return redirect(url_for("enquiries.view", public_id=enquiry.public_id))
