"""Who calls us, and who does not."""

from lado.web.engagement.routes import blueprint

__all__ = ["blueprint"]
