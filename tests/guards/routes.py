"""What the project says of its routes, and the one table that the tests hold it to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule

from lado.rules.permissions import Permission

GIVEN_BY_HTTP = {"HEAD", "OPTIONS"}
Access = Permission | str


@dataclass(frozen=True)
class Route:
    endpoint: str
    methods: frozenset[str]
    access: Access | None
    rule: Rule


def routes(app: Flask) -> Iterator[Route]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        view = app.view_functions[rule.endpoint]
        methods = frozenset(rule.methods or ()) - GIVEN_BY_HTTP
        yield Route(rule.endpoint, methods, getattr(view, "access", None), rule)


def label(access: Access | None) -> str:
    return access.value if isinstance(access, Permission) else str(access)


@cache
def table() -> dict[str, tuple[str, str]]:
    """The rule -> methods and access, from routes.txt beside this file."""
    lines = (Path(__file__).parent / "routes.txt").read_text().splitlines()
    parts = (re.split(r"\s{2,}", line.strip()) for line in lines if line and line[0] != "#")
    return {rule: (methods, access) for rule, methods, access in parts}


def as_table(app: Flask) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[set[str], str]] = {}
    for route in routes(app):
        methods, access = found.setdefault(str(route.rule), (set(), label(route.access)))
        methods |= route.methods
        # Two views at one address, one to read and one to write: both are named.
        if label(route.access) not in access.split(" / "):
            access = " / ".join(sorted([*access.split(" / "), label(route.access)]))
        found[str(route.rule)] = (methods, access)
    return {rule: (" ".join(sorted(m)), access) for rule, (m, access) in found.items()}
