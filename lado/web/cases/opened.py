"""What every view of a case begins and ends with."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from lado import clock
from lado.models import Case
from lado.queries import access, settings
from lado.rules import transitions
from lado.rules.permissions import ROLES, Permission
from lado.rules.transitions import Action, Thing
from lado.services.case_writing import refuse_unless_open
from lado.web.drafting import begins_anew
from lado.web.guard import user
from lado.web.viewing import noted

Answer = str | Response


def opened(public_id: str, permission: Permission) -> Case:
    return noted(access.get_case(user(), public_id, permission))


def opened_to_change(public_id: str, permission: Permission) -> Case:
    """A page that could only be refused is not shown; what was typed already is not lost."""
    case = opened(public_id, permission)
    if begins_anew():
        refuse_unless_open(case)
    return case


def opened_to_add(public_id: str, permission: Permission) -> Case:
    """The same of what may be recorded of a concluded case too."""
    case = opened(public_id, permission)
    if begins_anew():
        transitions.check(Thing.CASE, case.status, Action.CHANGE, may())
    return case


def may() -> frozenset[Permission]:
    return ROLES[user().role].permissions


def page(template: str, case: Case, **context: Any) -> str:
    meeting = settings.get_text("discussion_name")
    return render_template(
        template,
        case=case,
        today=clock.today(),
        meeting=meeting,
        Meeting=f"{meeting[:1].upper()}{meeting[1:]}",
        **context,
    )


def headed() -> dict[str, str]:
    """What stands at the head of a paper, or names it."""
    return {
        "council": settings.get_text("council_name"),
        "meeting": settings.get_text("discussion_name"),
    }


def done(case: Case, message: str, view: str = "cases.view", **where: Any) -> Response:
    flash(message)
    return redirect(url_for(view, public_id=case.public_id, **where))
