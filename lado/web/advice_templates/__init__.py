"""Templates of the letters that confirm advice, which the administrator keeps."""

from lado.web.advice_templates.routes import blueprint

__all__ = ["blueprint"]
