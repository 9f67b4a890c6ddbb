"""Organisations: employers and settings."""

from lado.web.organisations.routes import blueprint

__all__ = ["blueprint"]
