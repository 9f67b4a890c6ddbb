"""The children of a consultation, so far as they are named or described."""

from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass

from lado.extensions import db
from lado.models import Child, Consultation
from lado.queries.consultations import children_of
from lado.rules.vocabulary import Sex


@dataclass(frozen=True)
class ChildDetails:
    """All blank: no child (a child on record is taken off again)."""

    name: str | None = None
    age: int | None = None
    sex: Sex | None = None
    looked_after: bool | None = None
    social_care_reference: str | None = None

    @property
    def is_blank(self) -> bool:
        return all(value in (None, "") for value in astuple(self))


def take_over_children(consultation: Consultation, children: Sequence[ChildDetails]) -> set[str]:
    """Those on record come first and in their order. Gives `children` when anything differs."""
    db.session.flush()
    on_record = children_of(consultation)
    changed = False
    next_number = max((child.number for child in on_record), default=0) + 1
    for index, details in enumerate(children):
        if index < len(on_record):
            changed |= _correct(on_record[index], details)
        elif not details.is_blank:
            _add(consultation, next_number, details)
            next_number, changed = next_number + 1, True
    return {"children"} if changed else set()


def _correct(child: Child, details: ChildDetails) -> bool:
    if details.is_blank:
        db.session.delete(child)
        return True
    typed = asdict(details)
    differs = any(getattr(child, name) != value for name, value in typed.items())
    for name, value in typed.items():
        setattr(child, name, value)
    return differs


def _add(consultation: Consultation, number: int, details: ChildDetails) -> None:
    db.session.add(
        Child(
            consultation=consultation,
            number=number,
            origin=consultation.origin,
            text_agency_id=consultation.text_agency_id,
            **asdict(details),
        )
    )
