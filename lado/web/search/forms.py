from typing import Any

from lado.rules.search import SearchKind, Wanted, parse
from lado.web.forms import EnumField, TextField
from lado.web.period import ReceivedWithin


class SearchForm(ReceivedWithin):
    words = TextField(
        "Search for",
        hint="A reference, name, place or words from a text. The beginning of a word is enough",
        called="What to search for",
        required="Enter what to search for",
        longest=200,
    )
    kind = EnumField("Kind of record", enum=SearchKind, radios=False)

    def wanted(self) -> Wanted:
        return parse(self.words.data)

    @property
    def is_narrowed(self) -> bool:
        fields = (self.kind, self.received_from, self.received_to)
        return any(field.data or field.problem for field in fields)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if valid and not self.wanted().terms:
            self.words.errors = ["Enter at least one word to search for"]
            return False
        return valid
