"""The log of training and briefings given."""

from lado.web.training.routes import blueprint

__all__ = ["blueprint"]
