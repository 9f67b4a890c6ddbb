"""A reader of calendar entries by the letter of RFC 5545, sharing nothing with what writes them."""

import re
from datetime import datetime, timedelta

SUNDAY = 6


def lines(content: bytes) -> list[str]:
    """Unfolded (3.1). Each line as sent ends in CR LF and has no more than 75 octets."""
    assert content.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    return re.sub(r"\r\n[ \t]", "", content.decode()).split("\r\n")[:-1]


def component(content: bytes, name: str) -> dict[str, str]:
    """The properties of the one component of that name, by name with parameters."""
    found, inside = {}, []
    for line in lines(content):
        key, value = re.fullmatch(r'([^":]+(?:"[^"]*"[^":]*)*):(.*)', line).groups()
        if key == "BEGIN":
            inside.append(value)
        elif key == "END":
            assert inside.pop() == value
        elif inside[-1] == name:
            assert key not in found, key
            found[key] = value
    assert not inside
    return found


def text(value: str) -> str:
    """3.3.11"""
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)


def offset(content: bytes, local: str) -> timedelta:
    """From UTC at `local`, by the two yearly rules of the entry's own time zone."""
    day = datetime.strptime(local, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - of the zone that is tried
    rules = [component(content, part) for part in ("STANDARD", "DAYLIGHT")]
    onsets = [(_onset(rule, year), rule["TZOFFSETTO"]) for rule in rules
              for year in (day.year - 1, day.year)]  # fmt: skip
    newest = max(onset for onset in onsets if onset[0] <= day)[1]
    away = timedelta(hours=int(newest[1:3]), minutes=int(newest[3:]))
    return away if newest[0] == "+" else -away


def _onset(rule: dict[str, str], year: int) -> datetime:
    parts = dict(part.split("=") for part in rule["RRULE"].split(";"))
    assert parts["FREQ"] == "YEARLY"
    assert parts["BYDAY"] == "-1SU"
    time = rule["DTSTART"][9:]
    day = datetime(year, int(parts["BYMONTH"]), 31)  # noqa: DTZ001 - March and October have 31 days
    day -= timedelta(days=(day.weekday() - SUNDAY) % 7)
    return day.replace(hour=int(time[:2]), minute=int(time[2:4]))
