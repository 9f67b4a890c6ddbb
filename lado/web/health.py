"""For whatever watches that the system runs."""

from flask import Blueprint
from sqlalchemy import select
from werkzeug.wrappers import Response

from lado.extensions import db
from lado.web.guard import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@public
def health() -> Response:
    """`ok` when the database answers too; else the 503 page."""
    db.session.scalar(select(1))
    return Response("ok", mimetype="text/plain")
