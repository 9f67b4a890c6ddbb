"""Organisations and people whose contacts add up."""

from lado.web.alerts.routes import blueprint

__all__ = ["blueprint"]
