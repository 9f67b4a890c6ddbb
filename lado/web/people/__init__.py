from lado.web.people import same
from lado.web.people.routes import blueprint

__all__ = ["blueprint", "same"]
