"""What may stand in an address where a route has a part that varies."""

from werkzeug.routing import BaseConverter, IntegerConverter


class RecordId(BaseConverter):
    """A record's public id. Nothing else is an address of ours, so nothing else is looked up:
    PostgreSQL fails on some text, such as one with a NUL."""

    regex = r"[A-Za-z0-9_-]{22}"


class DatabaseNumber(IntegerConverter):
    """A number that a database can look up. A larger one is not found, rather than a failure."""

    regex = "[0-9]{1,9}"
