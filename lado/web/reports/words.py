"""What an author writes beside the figures, held against them before it is approved."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from lado.errors import Invalid, Refused
from lado.models import Report
from lado.queries.access import get_report
from lado.reports.checked import Checked, checked, compared, unknown_words
from lado.reports.comparison import Comparison
from lado.reports.contradictions import contradictions
from lado.reports.document import Edition
from lado.reports.draft_words import draft_words
from lado.reports.quoting import endings, listing
from lado.reports.stored import public_commentary as words_in_public
from lado.rules import transitions
from lado.rules.permissions import ROLES, Permission
from lado.rules.transitions import Action, Thing, confirmed
from lado.services import report as service
from lado.web.drafting import begins_anew
from lado.web.guard import requires, user
from lado.web.reports.blueprint import back_to, blueprint, get_draft
from lado.web.reports.forms import ApproveForm, CommentaryForm, PublicCommentaryForm

SAVED = "Commentary saved"
LOOK_AGAIN = "Commentary saved. Look at what the figures do not bear"


@blueprint.route("/<record_id:public_id>/commentary", methods=["GET", "POST"])
@requires(Permission.REPORT_DRAW)
def commentary(public_id: str) -> Any:
    report = _to_write(public_id)
    form = CommentaryForm(obj=report)
    comparison = compared(report, Edition.FULL)

    def write() -> None:
        _check_markers("commentary", form.commentary.data, comparison)
        service.write_commentary(report, form.commentary.data, version=form.version.data, by=user())

    if request.form.get("action") == "start":
        form.commentary.data = _continued(form.commentary.data, draft_words(comparison))
    elif form.validate_on_submit() and form.run_on(report, write):
        return _saved(report)
    return render_template(
        "reports/commentary.html",
        form=form,
        report=report,
        found=contradictions(form.commentary.data or "", comparison),
        listing=listing(comparison),
        endings=endings(comparison),
    )


@blueprint.route("/<record_id:public_id>/public/commentary", methods=["GET", "POST"])
@requires(Permission.REPORT_DRAW)
def public_commentary(public_id: str) -> Any:
    report = _to_write(public_id)
    comparison = compared(report, Edition.PUBLIC)
    form = PublicCommentaryForm(
        obj=report, same=report.public_commentary is None, words=words_in_public(report)
    )

    def write() -> None:
        words = _words_of(form, report)
        _check_markers("words", words or "", comparison)
        service.write_public_commentary(report, words, version=form.version.data, by=user())

    if form.validate_on_submit() and form.run_on(report, write):
        flash("Commentary of the public edition saved")
        return redirect(url_for("reports.public_edition", public_id=report.public_id))
    return render_template(
        "reports/public_commentary.html",
        form=form,
        report=report,
        found=contradictions(form.words.data or "", comparison),
        listing=listing(comparison),
        endings=endings(comparison),
    )


def _words_of(form: PublicCommentaryForm, report: Report) -> str | None:
    """None: the same. Nothing that was typed is thrown away by a yes."""
    typed = " ".join((form.words.data or "").split())
    if form.same.data:
        kept = (" ".join(words.split()) for words in (report.commentary, words_in_public(report)))
        if typed and typed not in kept:
            raise Invalid({"same": "You changed the words below, so choose No, or undo the change"})
        return None
    if not typed:
        raise Invalid({"words": "Write the commentary of the public edition, or choose Yes"})
    return str(form.words.data)


@blueprint.route("/<record_id:public_id>/approve", methods=["GET", "POST"])
@requires(Permission.REPORT_APPROVE)
def approve(public_id: str) -> Any:
    """What the figures do not bear is shown first, and stands only with an explanation."""
    report = get_report(user(), public_id, Permission.REPORT_APPROVE)
    if request.method == "GET":
        transitions.check(
            Thing.REPORT, report.status, Action.APPROVE, ROLES[user().role].permissions
        )
    form, found = ApproveForm(obj=report), checked(report)
    if form.validate_on_submit() and form.run_on(report, lambda: _approve(report, form, found)):
        flash(confirmed(Thing.REPORT, Action.APPROVE))
        return back_to(report)
    return render_template("reports/approve.html", form=form, report=report, found=found)


def _approve(report: Report, form: ApproveForm, found: Checked) -> None:
    if found.unknown:
        raise Refused(
            f"There is no figure {' or '.join(found.unknown)}. Have it taken out of the commentary."
        )
    service.approve(
        report,
        found=found.listed,
        explanation=form.explanation.data,
        version=form.version.data,
        by=user(),
    )


def _to_write(public_id: str) -> Report:
    if begins_anew():
        return get_draft(public_id)
    return get_report(user(), public_id, Permission.REPORT_DRAFT_VIEW)


def _check_markers(field: str, text: str, comparison: Comparison) -> None:
    if words := unknown_words(text, comparison):
        raise Invalid({field: words})


def _continued(typed: str | None, draft: str) -> str:
    """Nothing that was typed is lost."""
    return f"{typed.rstrip()}\n\n{draft}" if typed and typed.strip() else draft


def _saved(report: Report) -> Any:
    if not contradictions(report.commentary, compared(report, Edition.FULL)):
        flash(SAVED)
        return back_to(report)
    flash(LOOK_AGAIN)
    return redirect(url_for("reports.commentary", public_id=report.public_id))
