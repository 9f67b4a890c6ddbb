"""The council's settings."""

from lado.web.settings.routes import blueprint

__all__ = ["blueprint"]
