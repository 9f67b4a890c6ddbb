from typing import Any

from flask import Blueprint, render_template

from lado import clock
from lado.queries import coverage
from lado.reports.engagement import engagement
from lado.rules.permissions import Permission
from lado.rules.timescales import add_months
from lado.web import lists
from lado.web.engagement.forms import SilentForm
from lado.web.guard import requires, user

blueprint = Blueprint("engagement", __name__, url_prefix="/engagement")


@blueprint.get("")
@requires(Permission.FIGURES_VIEW)
def index() -> str:
    """The organisations only for those who may see them."""
    today, form = clock.today(), SilentForm()
    found: dict[str, Any] = {}
    if user().can(Permission.ORGANISATION_VIEW) and form.validate():
        found["sectors"] = coverage.by_sector(user(), add_months(today, -form.chosen_months))
    return render_template(
        "engagement/index.html", engagement=engagement(today), form=form, **found
    )


@blueprint.get("/silent")
@requires(Permission.ORGANISATION_VIEW)
def silent() -> str:
    form, page = SilentForm(), None
    if form.validate():
        since = add_months(clock.today(), -form.chosen_months)
        page = coverage.silent(user(), since, lists.cursor(), sector_id=form.sector_id.data)
        lists.remember(form.address())
    return render_template(
        "engagement/silent.html",
        form=form,
        page=page,
        last=coverage.last_days(user(), page.items) if page else {},
    )
