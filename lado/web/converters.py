"""What may stand in an address."""

from werkzeug.routing import IntegerConverter


class DatabaseNumber(IntegerConverter):
    """A number that a database can look up. A larger one is not found, rather than a failure."""

    regex = "[0-9]{1,9}"
