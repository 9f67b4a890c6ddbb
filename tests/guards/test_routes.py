"""Every route says who may use it, and stands in the one table."""

import re

import pytest
from flask import Flask
from werkzeug.exceptions import MethodNotAllowed, NotFound

from lado.rules.permissions import Permission
from tests.guards.routes import Route, as_table, routes, table

KEBAB = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?$")
PERSONAL = re.compile(
    r"name|birth|dob|email|e-mail|phone|address|surname|forename|query|search-term|reference"
)
ALL_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# Random ids of what is no record: a loading that is under way.
TOKENS = {"token", "job_id"}


def test_every_route_states_its_access(app: Flask) -> None:
    silent = [
        route.endpoint
        for route in routes(app)
        if not isinstance(route.access, Permission) and route.access not in {"signed in", "public"}
    ]
    assert silent == []


def test_the_table_holds_exactly_the_routes_there_are(app: Flask) -> None:
    assert as_table(app) == table()


def test_addresses_are_kebab_case_and_say_nothing_of_anybody(app: Flask) -> None:
    for route in routes(app):
        for part in str(route.rule).strip("/").split("/"):
            if part.startswith("<"):
                continue
            assert not part or KEBAB.match(part), route.rule
        for argument in route.rule.arguments:
            assert not PERSONAL.search(argument.replace("_", "-")), f"{route.rule}: {argument}"


def test_what_varies_in_an_address_is_typed(app: Flask) -> None:
    """A record has its opaque id, a number is a number, and other text is a known word."""
    for route in routes(app):
        for name, converter in route.rule._converters.items():
            kind = type(converter).__name__
            assert kind != "PathConverter", route.rule
            assert (kind == "RecordId") == name.endswith("public_id"), route.rule
            if kind == "UnicodeConverter":
                assert name in TOKENS | OTHER_TEXT, (
                    f"{route.rule}: {name} is neither an opaque id nor a number"
                )


# Words out of a short list of the code's own, which the view checks.
OTHER_TEXT = {
    "kind", "group", "code", "step", "period", "form", "figure", "key", "file_format", "measure",
    "row", "column",
}  # fmt: skip


def with_numbers(app: Flask) -> list[Route]:
    return [route for route in routes(app) if "<int" in str(route.rule)]


@pytest.mark.parametrize("number", ["9" * 10, str(2**63), "9" * 30, "9" * 5000, "-1", "1.5", "١"])
def test_a_number_that_no_database_holds_is_not_found(number: str, app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    assert len(with_numbers(app)) > 10
    for route in with_numbers(app):
        url = re.sub(r"<int:[^>]+>", number, str(route.rule))
        url = re.sub(r"<[^>]+>", "A" * 22, url)
        for method in route.methods:
            with pytest.raises(NotFound):
                adapter.match(url, method=method)


def test_every_other_method_is_refused(app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    for route in routes(app):
        if route.endpoint == "static":
            continue
        url = example(app, route.rule)
        declared = {m for r in routes(app) if str(r.rule) == str(route.rule) for m in r.methods}
        for method in set(ALL_METHODS) - declared:
            with pytest.raises(MethodNotAllowed):
                adapter.match(url, method=method)


def test_reading_and_writing_are_told_apart(app: Flask) -> None:
    """No route takes anything but GET and POST, and links cannot write: a view that only writes
    takes POST alone."""
    for route in routes(app):
        assert route.methods <= {"GET", "POST"}, route.rule


def example(app: Flask, rule: object) -> str:
    """An address of the rule that leads nowhere."""
    url = re.sub(r"<int(?:\([^)]*\))?:[^>]+>", "1", str(rule))
    return re.sub(r"<[^>]+>", "AAAAAAAAAAAAAAAAAAAAAA", url)
