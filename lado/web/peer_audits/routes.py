from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from lado.errors import Forbidden
from lado.models import PeerAudit
from lado.queries import peer_audits as queries
from lado.queries.access import get_audited_decision, get_peer_audit
from lado.rules.peer_audit import DRAW
from lado.rules.permissions import Permission
from lado.services import peer_audit as services
from lado.web import lists
from lado.web.guard import requires, user
from lado.web.peer_audits.forms import AuditDrawForm, JudgeForm
from lado.web.viewing import noted

blueprint = Blueprint("peer_audits", __name__)

Answer = str | Response


@blueprint.get("/peer-audits")
@requires(Permission.PEER_AUDIT)
def index() -> Answer:
    page = queries.page_of_draws(user(), lists.cursor())
    return render_template(
        "peer_audits/index.html",
        page=page,
        waiting=queries.still_open(user(), page.items),
        own=queries.to_audit(user()),
    )


@blueprint.route("/peer-audits/draw", methods=["GET", "POST"])
@requires(Permission.PEER_AUDIT_DRAW)
def draw() -> Answer:
    form = AuditDrawForm.offered()

    def draw_it() -> PeerAudit:
        return services.draw(
            form.period(), size=form.size.data, auditors=form.auditors.data, by=user()
        )

    if form.validate_on_submit() and form.run(draw_it):
        flash("Decisions drawn")
        return redirect(url_for("peer_audits.view", public_id=form.result.public_id))
    return render_template("peer_audits/draw.html", form=form, rule=DRAW)


@blueprint.get("/peer-audits/<record_id:public_id>")
@requires(Permission.PEER_AUDIT)
def view(public_id: str) -> Answer:
    draw = get_peer_audit(user(), public_id, Permission.PEER_AUDIT)
    return render_template(
        "peer_audits/view.html",
        draw=draw,
        decisions=queries.of_draw(user(), draw),
        takes_part=queries.takes_part(user(), draw),
        rule=DRAW,
    )


@blueprint.route("/audited-decisions/<record_id:public_id>", methods=["GET", "POST"])
@requires(Permission.PEER_AUDIT)
def audited(public_id: str) -> Answer:
    """Judged by its auditor alone; whoever draws reads what they said."""
    decision = noted(get_audited_decision(user(), public_id, Permission.PEER_AUDIT))
    queries.load(decision)
    form = JudgeForm.of(decision)
    own = decision.auditor_id == user().id
    if form.is_submitted() and not own:
        raise Forbidden
    if form.validate_on_submit() and form.run_on(
        decision,
        lambda: services.judge(
            decision, judgement=form.judgement(), version=form.version.data, by=user()
        ),
    ):
        flash("Your view is recorded")
        return redirect(url_for("peer_audits.index"))
    return render_template(
        "peer_audits/audited.html",
        form=form,
        audited=decision,
        own=own,
        takes_part=queries.takes_part(user(), decision.peer_audit),
        paper=queries.paper(decision),
    )
