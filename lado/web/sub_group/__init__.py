"""What the sub-group decided to do, and how that goes."""

from lado.web.sub_group.routes import blueprint

__all__ = ["blueprint"]
