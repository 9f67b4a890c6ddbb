"""People: find, read, add and correct them."""

from lado.web.people.routes import blueprint

__all__ = ["blueprint"]
