"""Commands, one file per group."""

from flask import Flask

GROUPS: tuple[str, ...] = ("demo", "report", "audit", "users")


def register(app: Flask) -> None:
    from importlib import import_module

    for group in GROUPS:
        app.cli.add_command(import_module(f"lado.cli.{group}").group)
