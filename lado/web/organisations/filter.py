"""A list narrowed to one organisation, which is chosen on the organisation's own page."""

from lado.models import Organisation
from lado.queries import organisations
from lado.web.forms.field import KitField


class OrganisationFilter(KitField):
    """`data` is the organisation of the opaque id that was sent. It is not drawn as an input."""

    kind = "hidden"
    data: Organisation | None

    def read(self, text: str) -> None:
        self.data = organisations.by_public_id(text) if text else None
        if text and self.data is None:
            self.problem = "There is no such organisation any more. Show all to begin again"

    @property
    def organisation_id(self) -> int | None:
        return self.data.id if self.data else None

    def as_words(self, value: Organisation | None) -> str:
        return value.name if value else ""
