"""What is on record of the adults and children of a consultation, to lay beside what was typed."""

import re
from collections.abc import Iterable
from typing import Any

from lado.models import Child
from lado.web.consultations.blocks import AdultForm, ChildForm, PositionForm
from lado.web.forms import Blocks
from lado.web.forms.differences import Difference, of_rows

NAMES = {"adults": "Adult", "described_children": "Child"}
IN_BLOCK = re.compile(rf"({'|'.join(NAMES)})-([0-9]+)-")


def saved_blocks(
    adults: list[AdultForm], children: Iterable[Child], described: Blocks
) -> dict[str, Any]:
    """By the names of the fields."""
    on_record = {child.number: ChildForm.data_of(child) for child in children}
    found: dict[str, Any] = {}
    for adult in adults:
        if adult.subject:
            found |= _by_name(adult, AdultForm.data_of_subject(adult.subject))
    for child in described.blocks:
        found |= _by_name(child, on_record.get(child.number.data, {}))
    return found


def _by_name(block: Any, saved: dict[str, Any]) -> dict[str, Any]:
    fields = (field for field in block if field is not block.number and hasattr(field, "as_words"))
    return {field.name: saved[field.short_name] for field in fields if field.short_name in saved}


def heading_in_block(field: Any) -> str:
    """`Adult 1: Category of concern`; nothing for a field outside the blocks."""
    found = IN_BLOCK.match(field.name)
    return f"{NAMES[found[1]]} {int(found[2]) + 1}: {field.label.text}" if found else ""


def positions_that_differ(adult: AdultForm) -> Difference | None:
    """The further positions of an adult on record."""
    if adult.subject is None:
        return None
    positions = adult.subject.other_positions
    saved = "\n".join(
        _line(
            each.role.label if each.role else "",
            each.organisation.name if each.organisation else "",
            each.sector.label,
        )
        for each in positions
    )
    typed = "\n".join(
        _line(
            block.role_id.typed_words, block.organisation.typed_words, block.sector_id.typed_words
        )
        for block in adult.further_positions.blocks
    )
    rows = [PositionForm.data_of(each) for each in positions]
    label = f"Adult {adult.subject.number}: Further positions"
    return of_rows(adult.further_positions, label, (typed, saved), rows)


def _line(*words: str) -> str:
    return ", ".join(word for word in words if word)
