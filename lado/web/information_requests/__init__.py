"""Questions from outside, and the figures that answer them."""

from lado.web.information_requests.routes import blueprint

__all__ = ["blueprint"]
