"""A report to take away, in any of its formats."""

from typing import Any

from flask import render_template

from lado.errors import NotFound
from lado.queries.access import get_report
from lado.reports.document import Edition
from lado.reports.files import FORMATS
from lado.rules.permissions import Permission
from lado.services import report as service
from lado.web.downloads import saved_bytes
from lado.web.guard import requires, user
from lado.web.reports.blueprint import blueprint, shown

FULL, PUBLIC = ({"edition": edition.value} for edition in Edition)


@blueprint.get("/<record_id:public_id>/files", defaults=FULL)
@blueprint.get("/<record_id:public_id>/public/files", defaults=PUBLIC)
@requires(Permission.REPORT_VIEW)
def files(public_id: str, edition: str) -> str:
    report = get_report(user(), public_id, Permission.REPORT_VIEW)
    document = shown(report, edition=Edition[edition.upper()])
    return render_template(
        "reports/files.html", report=report, document=document, formats=FORMATS.values()
    )


@blueprint.get("/<record_id:public_id>/files/<file_format>", defaults=FULL)
@blueprint.get("/<record_id:public_id>/public/files/<file_format>", defaults=PUBLIC)
@requires(Permission.REPORT_VIEW)
def file(public_id: str, edition: str, file_format: str) -> Any:
    """The name is ours, so nothing typed by anybody gets into it."""
    report = get_report(user(), public_id, Permission.REPORT_VIEW)
    if file_format not in FORMATS:
        raise NotFound
    form = FORMATS[file_format]
    content = form.build(shown(report, edition=Edition[edition.upper()]))
    service.downloaded(report, by=user())
    stage = "" if report.published_at else "-draft"
    public = "-public" if edition == Edition.PUBLIC else ""
    version = f"version-{report.edition_number}{public}{stage}"
    name = f"lado-report-{report.period.slug}-{version}{form.suffix}"
    return saved_bytes(content, name, form.media_type)
