"""Referral forms that came in from outside."""

from lado.web.inbox.routes import blueprint

__all__ = ["blueprint"]
