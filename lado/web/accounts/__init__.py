"""Signing in, the second factor, one-time links, and one's own account."""

from lado.web.accounts import links, own, sign_in
from lado.web.accounts.blueprint import blueprint

__all__ = ["blueprint", "links", "own", "sign_in"]
