"""What stands in a table or a file where a number does not."""

NOTHING = "\N{EN DASH}"
NOT_AVAILABLE, NOT_APPLICABLE, WITHHELD = "[x]", "[z]", "[u]"
NO_VALUE = "none"
ALL = (NOTHING, NOT_AVAILABLE, NOT_APPLICABLE, WITHHELD, NO_VALUE)
