"""Cover: the duty rota, and giving somebody's work to another."""

from lado.web.cover import handing_over, rota
from lado.web.cover.blueprint import blueprint

__all__ = ["blueprint", "handing_over", "rota"]
