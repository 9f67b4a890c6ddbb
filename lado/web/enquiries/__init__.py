""" "Is this person known to you?": enquiries of others about a person."""

from lado.web.enquiries.routes import blueprint

__all__ = ["blueprint"]
