"""For whatever watches that the system runs."""

from sqlalchemy import select

from lado.extensions import db


def ask_database() -> None:
    """Raises what SQLAlchemy raises when it does not answer."""
    db.session.scalar(select(1))
