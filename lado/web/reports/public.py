"""The public edition of a report: what may be handed out."""

from flask import render_template

from lado.queries.access import get_report
from lado.reports.document import Edition
from lado.reports.svg import inline_svg
from lado.rules.permissions import Permission
from lado.web.guard import requires, user
from lado.web.reports.blueprint import blueprint, found_in, may_write, shown


@blueprint.get("/<record_id:public_id>/public")
@requires(Permission.REPORT_VIEW)
def public_edition(public_id: str) -> str:
    report = get_report(user(), public_id, Permission.REPORT_VIEW)
    return render_template(
        "reports/public.html",
        report=report,
        document=shown(report, edition=Edition.PUBLIC),
        svg=inline_svg,
        may_write=may_write(report),
        findings=found_in(report),
    )
