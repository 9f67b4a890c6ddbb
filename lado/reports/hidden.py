"""What stands in a public edition where a count is hidden."""

from typing import Any


class Hidden(str):
    """The symbol, in place of the number: whoever would reckon with it fails."""


def hidden_of(*numbers: Any) -> Hidden | None:
    """The first of these that is hidden."""
    return next((number for number in numbers if isinstance(number, Hidden)), None)
