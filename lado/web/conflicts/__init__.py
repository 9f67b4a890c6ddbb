from lado.web.conflicts.routes import blueprint

__all__ = ["blueprint"]
