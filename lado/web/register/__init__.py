"""Loading a register and writing it to a file."""

from lado.web.register.routes import blueprint

__all__ = ["blueprint"]
