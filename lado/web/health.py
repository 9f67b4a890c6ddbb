"""For whatever watches that the system runs."""

from flask import Blueprint
from werkzeug.wrappers import Response

from lado.queries.health import ask_database
from lado.web.guard import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@public
def health() -> Response:
    """`ok` when the database answers too; else the 503 page."""
    ask_database()
    return Response("ok", mimetype="text/plain")
