from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from lado import clock
from lado.errors import NotFound
from lado.models import Term
from lado.queries import vocabulary
from lado.rules import threshold
from lado.rules import vocabulary as statutory
from lado.rules.permissions import Permission
from lado.rules.vocabulary import TermGroup
from lado.services import vocabulary as services
from lado.web.guard import requires, user
from lado.web.vocabulary.forms import TermForm

blueprint = Blueprint("vocabulary", __name__, url_prefix="/lists")

Answer = str | Response

# Shown to read: a change of these is a change of the law, and of the program.
STATUTORY = {
    "Limbs of the threshold": threshold.Limb,
    "Outcomes of an allegation": statutory.OutcomeCode,
    "What a decision on a consultation means": statutory.DecisionStage,
    "Status of a consultation": statutory.ConsultationStatus,
    "Status of a case": statutory.CaseStatus,
    "Status of a strategy discussion": statutory.DiscussionStatus,
    "Strands of a case": statutory.StrandKind,
    "Basis of an onward referral": statutory.ReferralBasis,
}


@blueprint.get("")
@requires(Permission.VOCABULARY_EDIT)
def index() -> Answer:
    return render_template(
        "vocabulary/index.html", counts=vocabulary.counts(clock.today()), statutory=STATUTORY
    )


@blueprint.get("/<group>")
@requires(Permission.VOCABULARY_EDIT)
def group(group: str) -> Answer:
    which = _group(group)
    return render_template(
        "vocabulary/group.html",
        group=which,
        terms=vocabulary.terms(which),
        today=clock.today(),
    )


@blueprint.route("/<group>/add", methods=["GET", "POST"])
@requires(Permission.VOCABULARY_EDIT)
def add(group: str) -> Answer:
    which = _group(group)
    form = TermForm.to_add(which)
    if form.validate_on_submit() and form.run(
        lambda: services.add(which, details=form.details(), by=user())
    ):
        return _back_to(which, "Term added")
    return render_template("vocabulary/add.html", form=form, group=which)


@blueprint.route("/terms/<record_id:public_id>", methods=["GET", "POST"])
@requires(Permission.VOCABULARY_EDIT)
def edit(public_id: str) -> Answer:
    term = vocabulary.get(public_id)
    form = TermForm.to_change(term)
    if form.validate_on_submit() and form.run_on(
        term,
        lambda: services.change(term, details=form.details(), version=form.version.data, by=user()),
    ):
        return _back_to(term.group, "Term saved")
    return render_template("vocabulary/edit.html", form=form, term=term)


@blueprint.post("/terms/<record_id:public_id>/retire")
@requires(Permission.VOCABULARY_EDIT)
def retire(public_id: str) -> Answer:
    term = vocabulary.get(public_id)
    services.retire(term, by=user())
    return _back_to(term.group, "Term retired: it is offered until the end of today")


@blueprint.post("/terms/<record_id:public_id>/bring-back")
@requires(Permission.VOCABULARY_EDIT)
def bring_back(public_id: str) -> Answer:
    term = vocabulary.get(public_id)
    services.bring_back(term, by=user())
    return _back_to(term.group, "Term brought back")


@blueprint.post("/terms/<record_id:public_id>/up")
@requires(Permission.VOCABULARY_EDIT)
def up(public_id: str) -> Answer:
    return _moved(vocabulary.get(public_id), up=True)


@blueprint.post("/terms/<record_id:public_id>/down")
@requires(Permission.VOCABULARY_EDIT)
def down(public_id: str) -> Answer:
    return _moved(vocabulary.get(public_id), up=False)


def _moved(term: Term, *, up: bool) -> Response:
    services.move(term, up=up, by=user())
    return _back_to(term.group, "Order changed")


def _group(code: str) -> TermGroup:
    """From the address, where words are parted by hyphens."""
    code = code.replace("-", "_")
    if code not in {group.value for group in TermGroup}:
        raise NotFound
    return next(group for group in TermGroup if group.value == code)


def _back_to(group: TermGroup, message: str) -> Response:
    flash(message)
    return redirect(url_for("vocabulary.group", group=group.replace("_", "-")))
