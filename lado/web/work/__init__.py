"""What is to be done: one's own, the team's, and by agency."""

from lado.web.work import delays
from lado.web.work.routes import blueprint

__all__ = ["blueprint", "delays"]
