"""Signing in, the second factor, one-time links, and one's own account."""

from lado.web.accounts import declaring, links, own, sign_in
from lado.web.accounts.blueprint import blueprint

__all__ = ["blueprint", "declaring", "links", "own", "sign_in"]
