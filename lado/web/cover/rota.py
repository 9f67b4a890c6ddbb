"""Who is on duty on which day."""

from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lado import clock
from lado.queries import cover
from lado.rules.permissions import Permission
from lado.services import duty as services
from lado.web.cover.blueprint import blueprint
from lado.web.cover.forms import ON, DutyForm
from lado.web.filters import counted
from lado.web.guard import requires, user

WEEK = timedelta(days=7)
WEEKS = 4
WORKING_WEEK = 5
YEARS = range(2000, 2100)


@blueprint.get("")
@requires(Permission.CONSULTATION_VIEW)
def rota() -> str:
    """Four weeks, from the Monday of the day asked for or of today."""
    day = _day_asked_for() or clock.today()
    monday = day - timedelta(days=day.weekday())
    days = cover.rota(monday, monday + WEEKS * WEEK - timedelta(days=1))
    return render_template(
        "cover/rota.html",
        weeks=[days[n * 7 : n * 7 + WORKING_WEEK] for n in range(WEEKS)],
        gaps=[each for each in days if each.is_gap and each.day >= clock.today()],
        overlaps=[each for each in days if each.is_overlap],
        today=clock.today(),
        before=monday - WEEKS * WEEK,
        after=monday + WEEKS * WEEK,
    )


def _day_asked_for() -> date | None:
    try:
        day = date.fromisoformat(request.args.get("from", ""))
    except ValueError:
        return None
    return day if day.year in YEARS else None


@blueprint.route("/duty", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_DECIDE)
def duty() -> str | Response:
    form = DutyForm.new(user())
    save = services.set_on_duty if form.duty.data == ON else services.take_off_duty
    if form.validate_on_submit() and form.run(
        lambda: save(form.user.data, first=form.first.data, last=form.last.data, by=user())
    ):
        flash(f"{counted(form.result, 'working day')} changed")
        return redirect(url_for("cover.rota", **{"from": form.first.data.isoformat()}))
    return render_template("cover/duty.html", form=form)
