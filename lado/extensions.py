"""Made here, bound to the application in `create_app()`."""

from typing import cast

from flask import current_app
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_migrate import Migrate
from flask_security import Security
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from werkzeug.local import LocalProxy

from lado.config import Config
from lado.models.base import Base

db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
migrate = Migrate()
csrf = CSRFProtect()
limiter = Limiter(get_remote_address)
# Flask-Security keeps one application's keys in itself, so each application has its own.
config = cast(Config, LocalProxy(lambda: current_app.config["LADO"]))
security = cast(Security, LocalProxy(lambda: current_app.extensions["security"]))
