"""Commands, one file per group."""

from importlib import import_module

from flask import Flask

GROUPS: tuple[str, ...] = (
    "demo", "register", "organisations", "report", "audit", "users", "people", "match_key",
    "search", "documents", "reminders",
)  # fmt: skip


def init_app(app: Flask) -> None:
    for group in GROUPS:
        app.cli.add_command(import_module(f"lado.cli.{group}").group)
