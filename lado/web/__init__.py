"""HTTP in, HTTP out. One folder per area; views translate and nothing else."""

from importlib import import_module

from flask import Flask

from lado.web import errors, page, uploads
from lado.web.converters import DatabaseNumber, RecordId

# Each area's package has a `blueprint`.
AREAS: tuple[str, ...] = (
    "health",
    "accounts",
    "users",
    "home",
    "search",
    "drafts",
    "consultations",
    "enquiries",
    "inbox",
    "transfers",
    "refer",
    "cover",
    "work",
    "to_mend",
    "cases",
    "people",
    "organisations",
    "alerts",
    "conflicts",
    "vocabulary",
    "advice_templates",
    "settings",
    "audit",
    "register",
    "reports",
    "information_requests",
    "sub_group",
    "training",
    "peer_audits",
    "engagement",
)


def init_app(app: Flask) -> None:
    app.url_map.converters["record_id"] = RecordId
    app.url_map.converters["int"] = DatabaseNumber
    page.init_app(app)
    errors.init_app(app)
    uploads.init_app(app)
    for area in AREAS:
        app.register_blueprint(import_module(f"lado.web.{area}").blueprint)
