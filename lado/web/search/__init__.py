"""Finding records by what is written in them."""

from lado.web.search.routes import blueprint

__all__ = ["blueprint"]
