"""Naming an organisation without picking it from a list of hundreds.

The name is typed. When exactly one organisation has that name (case, accents and punctuation
aside), it is the one. When none or several have it, the form comes back with the near ones and
"add it" as radios, which stand only for the name that was typed. A script offers what fits while
somebody types (static/suggest.js); nothing here needs it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wtforms.validators import StopValidation

from lado.models import Organisation
from lado.queries import organisations
from lado.rules.folding import fold
from lado.web.forms.clean import clean_line, one_text
from lado.web.forms.field import KitField

NEW = "new"
LONGEST = 200


@dataclass(frozen=True)
class NamedOrganisation:
    """`organisation` is None when one of this `name` is to be added."""

    name: str
    organisation: Organisation | None


class OrganisationField(KitField):
    """`data` is a NamedOrganisation or None. Give it an Organisation as the record's value, or a
    name, which is then as if it had been typed and is asked about when the form is sent.

    Inputs: `name` (the text), `name-choice` (the radios), `name-asked` (what they were about).
    """

    kind = "organisation"

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, **options)
        self.typed, self.choice, self.asked = "", "", ""
        self.near: Sequence[Organisation] = ()
        self.asks = False

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        super().process(None, *args, **kwargs)
        if formdata is not None:
            self.choice = one_text(formdata.getlist(f"{self.name}-choice"))[0]
            self.asked = one_text(formdata.getlist(f"{self.name}-asked"))[0]
            self.process_formdata(formdata.getlist(self.name))

    def process_data(self, value: Organisation | str | None) -> None:
        known = value if isinstance(value, Organisation) else None
        self.data = NamedOrganisation(known.name, known) if known else None
        self.typed = known.name if known else clean_line(str(value or ""))

    def read(self, text: str) -> None:
        self.typed, self.data = clean_line(text), None
        if not self.typed or len(self.typed) > LONGEST:
            return
        same = organisations.called(self.typed)
        if len(same) == 1:
            self.data = NamedOrganisation(same[0].name, same[0])
        elif not self._answer():
            self.asks, self.near = True, same or organisations.like(self.typed)

    def _answer(self) -> bool:
        """Whether the radios answer for this very name."""
        if self.asked != fold(self.typed) or not self.choice:
            return False
        if self.choice == NEW:
            self.data = NamedOrganisation(self.typed, None)
        elif chosen := organisations.by_public_id(self.choice):
            self.data = NamedOrganisation(chosen.name, chosen)
        return self.data is not None

    @property
    def folded(self) -> str:
        return fold(self.typed)

    @property
    def focus_id(self) -> str:
        return f"{self.id}-choice" if self.asks else str(self.id)

    @property
    def is_empty(self) -> bool:
        return not self.typed

    def look_closer(self) -> None:
        if len(self.typed) > LONGEST:
            raise StopValidation(f"{self.called} must be {LONGEST} characters or fewer")
        if self.asks:
            raise StopValidation(self.question)

    @property
    def question(self) -> str:
        if self.near and self.near[0].folded == self.folded:
            return "More than one organisation has this name. Choose which is meant"
        if self.near:
            return "No organisation has exactly this name. Choose one, or add it"
        return "No organisation has this name yet. Check the spelling, or add it"

    def as_words(self, value: Any) -> str:
        return "" if value is None else str(value.name)

    @property
    def typed_words(self) -> str:
        return self.typed

    def take(self, value: Any) -> None:
        self.choice, self.asked, self.asks = "", "", False
        super().take(value)
