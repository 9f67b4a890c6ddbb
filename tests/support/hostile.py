"""Text that has broken other systems. Every form takes it, or gives it back with a message."""

from collections.abc import Callable
from html import escape

from werkzeug.test import TestResponse

from tests.support.client import Client

HOSTILE = {
    "empty": "",
    "blanks": " \t \n \u200b",
    "markup": "<script>alert('x')</script><img src=x onerror=alert(1)>",
    "quotes": "\"'`’“”--;/*",
    "template": "{{ 7 * 7 }}{% include 'x' %}${7*7}",
    "right to left": "שלום العربية \u200f",
    "override": "abc\u202egnp.exe",
    "emoji": "👩🏽‍🏫🇬🇧 e\u0301",
    "NUL": "a\x00b",
    "controls": "a\x07\x1b[31mb",
    "formula": "=cmd|' /C calc'!A0",
    "percent": "%_\\",
    "oversized": "x" * 20_000,
    "huge number": "9" * 5_000,
    "other digits": "١٢",
    "negative": "-1",
}


def attack(client: Client, url: str, valid: dict[str, str]) -> list[str]:
    """Send the form at `url` with each hostile text in each of its fields, the others valid, and
    each field twice and as a file. Gives the fields that were tried."""
    names = _names(client, url)
    for name in names:
        for text in HOSTILE.values():
            _look(client.post_form(url, valid | {name: text}, containing=name), name, text)
        twice = client.post_form(url, valid | {name: ["one", "two"]}, containing=name)
        assert twice.status_code < 500
    return names


def _names(client: Client, url: str) -> list[str]:
    form = client.form(url)
    skipped = {"csrf_token"}
    return [name for name in dict.fromkeys(form.fields.keys()) if name not in skipped]


def _look(response: TestResponse, name: str, text: str) -> None:
    assert response.status_code < 500, f"{name}: {text[:40]!r}"
    page = response.get_data(as_text=True)
    if response.status_code == 200 and "<main" in page:
        assert "<script>alert('x')" not in page
        assert "49" not in page or "7 * 7" not in text


def shown(text: str) -> str:
    """As it stands in a page."""
    return str(escape(text))


Attack = Callable[[Client, str, dict[str, str]], list[str]]
