"""What may stand in an address where a route has a part that varies."""

from werkzeug.routing import BaseConverter


class RecordId(BaseConverter):
    """A record's public id. Nothing else is an address of ours, so nothing else is looked up:
    PostgreSQL fails on some text, such as one with a NUL."""

    regex = r"[A-Za-z0-9_-]{22}"
