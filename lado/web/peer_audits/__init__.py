"""Decisions drawn at random, and what a peer thinks of each."""

from lado.web.peer_audits.routes import blueprint

__all__ = ["blueprint"]
