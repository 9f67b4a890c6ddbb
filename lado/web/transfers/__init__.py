from lado.web.transfers.routes import blueprint

__all__ = ["blueprint"]
