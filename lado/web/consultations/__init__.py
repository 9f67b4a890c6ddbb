from lado.web.consultations import deciding, logging, owning, reading, restricting
from lado.web.consultations.blueprint import blueprint

__all__ = ["blueprint", "deciding", "logging", "owning", "reading", "restricting"]
