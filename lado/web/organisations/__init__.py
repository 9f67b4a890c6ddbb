"""Organisations: employers and settings."""

from lado.web.organisations import loading, merging, routes
from lado.web.organisations.blueprint import blueprint

__all__ = ["blueprint", "loading", "merging", "routes"]
