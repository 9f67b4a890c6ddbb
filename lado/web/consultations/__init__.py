from lado.web.consultations import deciding, logging, reading, restricting
from lado.web.consultations.blueprint import blueprint

__all__ = ["blueprint", "deciding", "logging", "reading", "restricting"]
