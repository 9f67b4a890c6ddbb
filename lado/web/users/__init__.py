"""Administrators invite users, set their roles, and help those who lost something."""

from lado.web.users.routes import blueprint

__all__ = ["blueprint"]
