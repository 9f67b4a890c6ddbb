"""What is a user's to do, and giving it to somebody else."""

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response

from lado import clock
from lado.models import User
from lado.queries import settings, users
from lado.queries.cover import deciders
from lado.queries.hand_over import work_of
from lado.rules.permissions import Permission
from lado.services import hand_over as services
from lado.services.hand_over import HandedOver
from lado.web.cover.blueprint import blueprint
from lado.web.cover.forms import HandOverForm
from lado.web.filters import counted
from lado.web.guard import requires, user

Answer = str | Response


@blueprint.route("/hand-over", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_DECIDE)
def own() -> Answer:
    return _page(user())


@blueprint.route("/hand-over/<record_id:public_id>", methods=["GET", "POST"])
@requires(Permission.COVER_MANAGE)
def somebodys(public_id: str) -> Answer:
    return _page(users.get(public_id))


def _page(whose: User) -> Answer:
    work = work_of(whose, reader=user())
    form = HandOverForm.of(whose, work)
    if form.validate_on_submit() and form.run(
        lambda: services.give(
            whose,
            to=form.to.data,
            chosen=None if form.everything.data else form.chosen.data,
            by=user(),
        )
    ):
        _say(form.result)
        return redirect(request.path)
    return render_template(
        "cover/hand_over.html",
        form=form,
        whose=whose,
        work=work,
        key_of=services.key_of,
        others=[each for each in deciders() if each.id != whose.id],
        meeting=settings.get_text("discussion_name"),
        today=clock.today(),
    )


def _say(done: HandedOver) -> None:
    flash(f"{counted(done.given, 'record')} given")
    if done.kept:
        kept = counted(done.kept, "record")
        flash(
            f"{kept} could not be given: they may not see what it is about, or its closure waits "
            "to be signed off",
            "warning",
        )
