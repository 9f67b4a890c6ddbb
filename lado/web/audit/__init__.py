"""The audit trail, to read."""

from lado.web.audit.routes import blueprint

__all__ = ["blueprint"]
