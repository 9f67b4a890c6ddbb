"""The LADO's system of record: consultations, cases, strategy discussions, reports."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from lado import cli, database, logs, web
from lado.config import ROOT, Config
from lado.extensions import csrf, db, limiter, migrate
from lado.services import search_index, throttle  # noqa: F401 - each makes itself known
from lado.web import headers, session


def create_app(config: Config | None = None) -> Flask:
    config = config or Config.from_environment()
    app = Flask(
        __name__,
        instance_path=str(config.instance),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "lado" / "static"),
    )
    app.config.from_mapping(config.flask())
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = database.engine_options(config.database_url)
    if config.proxy_hops:
        hops = config.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    logs.init_app(app)
    headers.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)
    with app.app_context():
        database.prepare(db.engine)
    session.init_app(app)
    web.init_app(app)
    cli.init_app(app)
    return app
