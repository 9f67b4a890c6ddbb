from lado.web.consultations import deciding, logging, reading
from lado.web.consultations.blueprint import blueprint

__all__ = ["blueprint", "deciding", "logging", "reading"]
