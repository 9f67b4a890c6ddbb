"""Signing in, the second factor, one-time links, and one's own account."""

from lado.web.accounts.routes import blueprint

__all__ = ["blueprint"]
