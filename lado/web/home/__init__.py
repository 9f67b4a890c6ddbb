"""What waits for the one who is here."""

from lado.web.home.routes import blueprint

__all__ = ["blueprint"]
