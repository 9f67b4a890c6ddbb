"""Text that has broken other systems. Every form takes it, or gives it back with a message."""

from typing import Any

from lxml.html import FormElement

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


# What a name or a story may well be: it goes through to the database and back onto a page. Short,
# so that it fits each field.
AS_TEXT = "=<i>x</i>'\"`{{ 7 * 7 }}%_\\ ש 👩🏽‍🏫"


def attack(client: Client, url: str, valid: dict[str, str]) -> list[str]:
    """Send the form at `url` with what may be text in every text field; where that is not taken, in
    each of them with the others valid; then with all fields twice. Gives the fields. What nobody
    should send into any field at all is sent by `tests/security/test_hostile_text.py`."""
    form = client.form(url, next(iter(valid), None))
    names = [name for name in dict.fromkeys(form.fields.keys()) if name != "csrf_token"]
    typed = [name for name in names if _is_typed(form, name)]
    if not _send(client, url, valid, dict.fromkeys(typed, AS_TEXT)):
        for name in typed:
            _send(client, url, valid, {name: AS_TEXT})
    _send(client, url, valid, {name: ["one", "two"] for name in names})
    return names


def _is_typed(form: FormElement, name: str) -> bool:
    return bool(form.xpath(".//textarea[@name=$n] | .//input[@name=$n][@type='text']", n=name))


def _send(client: Client, url: str, valid: dict[str, str], sent: dict[str, Any]) -> bool:
    """Whether it was taken. Each answer is parsed strictly by the client; markup that came alive
    would show there too."""
    response = client.post_form(url, valid | sent, containing=next(iter(valid), None))
    assert response.status_code < 500, sent
    page = response.get_data(as_text=True)
    assert "<i>x</i>" not in page
    if AS_TEXT in sent.values():
        assert "{{ 7 * 7 }}" in page or response.status_code != 200
    return response.status_code in {302, 303}
