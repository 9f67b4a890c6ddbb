"""A list's filters, order and page stand in its address, which holds no name: codes and opaque ids
only. The last one seen of each list is remembered, so that a record leads back to it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from flask import request, session, url_for

from lado.queries.keyset import Cursor
from lado.web.forms import DateField, Form
from lado.web.forms.dates import PARTS

REMEMBERED = "lists"
LONGEST = 500
LONGEST_ID = 64
CURSOR = ("after", "before")


class ListForm(Form):
    """What a list is narrowed to. `ORDERS` are the columns it can be sorted by; it is in
    `FIRST_ORDER` unless another is asked for."""

    ORDERS: Any = ()
    FIRST_ORDER = "-received"

    class Meta(Form.Meta):
        csrf = False

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            return formdata

    def __init__(self) -> None:
        super().__init__(formdata=request.args)

    @property
    def sort(self) -> str:
        return sort_asked(self.ORDERS, self.FIRST_ORDER)

    @property
    def is_narrowed(self) -> bool:
        return any(field.data or field.problem for field in self)

    def active(self) -> Iterator[tuple[str, str, dict[str, None]]]:
        """Of each filter that is set its label, its words and the part of the address to drop."""
        for field in self:
            if field.data:
                words = "" if field.data is True else field.as_words(field.data)
                yield field.label.text, words, dict.fromkeys(_names(field))

    def address(self) -> dict[str, Any]:
        """As parts of an address, without the page."""
        names = [name for field in self for name in _names(field)]
        kept = {name: request.args[name] for name in names if request.args.get(name)}
        return kept | ({"sort": self.sort} if self.sort != self.FIRST_ORDER else {})


def _names(field: Any) -> list[str]:
    if isinstance(field, DateField):
        return [f"{field.name}-{part}" for part in PARTS]
    return [field.name]


def sort_asked(orders: Any, first: str) -> str:
    asked = request.args.get("sort", first)
    return asked if asked.removeprefix("-") in orders else first


def cursor() -> Cursor:
    return Cursor(*(request.args.get(name, "")[:LONGEST_ID] for name in CURSOR))


def remember(address: dict[str, str]) -> None:
    """That this list was seen so, on this page."""
    page = {name: request.args[name] for name in CURSOR if request.args.get(name)}
    query = urlencode(address | page)
    seen = session.get(REMEMBERED, {})
    endpoint = str(request.endpoint)
    if len(query) <= LONGEST and seen.get(endpoint, "") != query:
        session[REMEMBERED] = seen | {endpoint: query}


def list_url(endpoint: str) -> str:
    """The address of a list as its reader last saw it."""
    query = session.get(REMEMBERED, {}).get(endpoint, "")
    return url_for(endpoint) + (f"?{query}" if query else "")
