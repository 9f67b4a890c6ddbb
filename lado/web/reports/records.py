"""From a count to the records behind it. They are found as the records are now: a report that was
drawn earlier may say another number."""

from datetime import date

from flask import render_template, request

from lado.errors import NotFound
from lado.extensions import db
from lado.models import Case
from lado.queries import figure_records
from lado.reports.measure import Measure, Shape
from lado.reports.measures import BY_ID, MEASURES
from lado.reports.tracing import CONCLUDED, OUT_OF, Part, Records, codes
from lado.rules.permissions import Permission
from lado.rules.quarters import Period
from lado.web.guard import requires, user
from lado.web.reports.blueprint import blueprint
from lado.web.reports.links import may_trace, slug_of

BY_SLUG = {slug_of(measure): measure for measure in MEASURES}
ALL = {OUT_OF: "All that it is out of", CONCLUDED: "Concluded of these", "": "All"}


@blueprint.get("/figures/<string:period>/<string:measure>", defaults={"row": "", "column": ""})
@blueprint.get("/figures/<string:period>/<string:measure>/<string:row>", defaults={"column": ""})
@blueprint.get("/figures/<string:period>/<string:measure>/<string:row>/<string:column>")
@requires(Permission.FIGURES_TRACE)
def records(period: str, measure: str, row: str, column: str) -> str:
    counted = BY_SLUG.get(measure)
    if counted is None or not may_trace(counted):
        raise NotFound
    try:
        asked = Period.parse(period)
        as_at = date.fromisoformat(request.args["as_at"]) if "as_at" in request.args else None
        found = Records(counted.population, db.session(), asked, as_at)
        part = Part(row, column)
        behind, labels = found.behind(counted, part), _labels(counted, asked, found, part)
    except (KeyError, ValueError) as error:
        raise NotFound from error
    return render_template(
        "reports/records.html",
        measure=counted,
        period=asked,
        labels=labels,
        is_of_cases=behind.thing is Case,
        page=figure_records.listed(
            user(), behind.thing, behind.homes, request.args.get("page", 1, int)
        ),
    )


def _labels(measure: Measure, period: Period, found: Records, part: Part) -> list[str]:
    """What the row, and of a cross-table the column, is called."""
    asked = [part.row, part.column] if measure.shape is Shape.CROSS else [part.row]
    of = [BY_ID[name] for name in measure.margins if name] or [measure]
    return [
        {code: label for label, code in codes(one, period, found.vocabulary).items()}.get(code)
        or ALL[code]
        for one, code in zip(of, asked, strict=True)
        if code
    ]
