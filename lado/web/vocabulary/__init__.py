"""The local lists that the administrator keeps."""

from lado.web.vocabulary.routes import blueprint

__all__ = ["blueprint"]
