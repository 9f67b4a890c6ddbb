"""One's own drafts: listed, gone on with, thrown away, and kept while somebody types."""

from lado.web.drafts.routes import blueprint

__all__ = ["blueprint"]
