"""The records that lack something or contradict themselves."""

from lado.web.to_mend.routes import blueprint

__all__ = ["blueprint"]
