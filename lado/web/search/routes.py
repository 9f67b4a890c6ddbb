from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from lado.models import Case, Enquiry
from lado.queries import matching
from lado.queries.by_reference import Quoted, by_number, by_reference
from lado.queries.search import search
from lado.rules.permissions import Permission
from lado.services.search_index import searched
from lado.web.guard import requires, user
from lado.web.search.forms import SearchForm

AREAS = {Case: "cases", Enquiry: "enquiries"}

blueprint = Blueprint("search", __name__, url_prefix="/search")


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_VIEW)
def index() -> str | Response:
    """Answered at once: what somebody looks for stays out of addresses and cookies. A reference
    leads straight to its record."""
    form = SearchForm()
    found, alike = None, []
    if form.validate_on_submit():
        quoted = by_reference(user(), form.words.data)
        if len(quoted) == 1:
            return redirect(_address_of(quoted[0]))
        found = search(
            user(),
            form.wanted(),
            kind=form.kind.data,
            first_day=form.received_from.data,
            last_day=form.received_to.data,
            quoted=quoted or by_number(user(), form.words.data),
        )
        if not found and not form.is_narrowed and user().can(Permission.PERSON_VIEW):
            alike = matching.like_words(user(), form.words.data)
        searched(found=sum(len(each.hits) for each in found) + len(alike), by=user())
    return render_template("search/index.html", form=form, found=found, alike=alike)


def _address_of(record: Quoted) -> str:
    area = AREAS.get(type(record), "consultations")
    return url_for(f"{area}.view", public_id=record.public_id)
