from flask import Blueprint, render_template, request

from lado.queries import audit
from lado.rules.audit import AuditAction
from lado.rules.permissions import Permission
from lado.web import lists
from lado.web.guard import requires, user

blueprint = Blueprint("audit", __name__, url_prefix="/audit")

OTHERS = [("command line", "The command line"), ("not signed in", "Nobody signed in")]
LONGEST_ID = 40


@blueprint.get("")
@requires(Permission.AUDIT_VIEW)
def index() -> str:
    """The filters are codes and opaque ids, so they may stand in the address."""
    chosen = {
        name: request.args.get(name, "").strip()[:LONGEST_ID]
        for name in ("action", "actor", "record")
    }
    page = audit.events(user(), lists.cursor(), **chosen)
    return render_template(
        "audit/index.html",
        page=page,
        chosen=chosen,
        names=audit.names(page.items) | dict(OTHERS),
        actions={action.value: action.label for action in AuditAction},
        actors=audit.actors() + OTHERS,
    )
