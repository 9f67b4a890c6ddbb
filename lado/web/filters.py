"""How dates, moments and numbers are written in templates."""

from datetime import date, datetime
from typing import Any

from flask import Flask

from lado.clock import LONDON, day_of
from lado.rules.words import long_day

HOURS = 12


def day(value: date | None) -> str:
    """`5 January 2026`"""
    return long_day(value) if value else ""


def short_day(value: date | None) -> str:
    """`5 Jan 2026`, for tables."""
    return f"{value.day} {value:%b %Y}" if value else ""


def moment(value: datetime | None) -> str:
    """`5 January 2026 at 2:05pm`, on a clock in London."""
    if value is None:
        return ""
    return f"{day(day_of(value))} at {time_of_day(value)}"


def time_of_day(value: datetime) -> str:
    """`2:05pm`, on a clock in London."""
    local = value.astimezone(LONDON)
    half = "am" if local.hour < HOURS else "pm"
    return f"{local.hour % HOURS or HOURS}:{local:%M}{half}"


def counted(number: int, one: str, several: str = "") -> str:
    """`1 case`, `1,204 cases`"""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def yes_no(value: Any) -> str:
    return "Not known" if value is None else "Yes" if value else "No"


def init_app(app: Flask) -> None:
    for function in (day, short_day, moment, time_of_day, counted, yes_no):
        app.add_template_filter(function)
