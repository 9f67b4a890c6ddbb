"""The referral form for settings: a public page, switched off unless the council wants it."""

from lado.web.refer.routes import blueprint

__all__ = ["blueprint"]
