"""Commands, one file per group."""

from flask import Flask

GROUPS: tuple[str, ...] = ("demo", "register", "report", "audit", "users")


def init_app(app: Flask) -> None:
    from importlib import import_module

    for group in GROUPS:
        app.cli.add_command(import_module(f"lado.cli.{group}").group)
