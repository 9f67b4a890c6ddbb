"""What stands in the council's lists, by its label."""

from lado.queries import vocabulary
from lado.rules.vocabulary import TermGroup


def term(group: TermGroup, label: str) -> int:
    found = vocabulary.find(group, label)
    if found is None:
        raise LookupError(f"The list “{group.label}” has lost “{label}”")
    return found.id
