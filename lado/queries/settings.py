"""The council's settings, as declared in `lado.rules.settings`."""

from sqlalchemy import select

from lado.extensions import db
from lado.models import Setting
from lado.rules.naming import NamingPolicy
from lado.rules.settings import SETTINGS, YES, parse
from lado.rules.timescales import TIMESCALES, Timescale, Unit


def get(key: str) -> str | int:
    stored = db.session.scalar(select(Setting.value).where(Setting.key == key))
    return SETTINGS[key].default if stored is None else parse(key, stored)


def get_text(key: str) -> str:
    return str(get(key))


def get_number(key: str) -> int:
    return int(get(key))


def is_on(key: str) -> bool:
    """Of a setting that is yes or no."""
    return get(key) == YES


def naming_policy() -> NamingPolicy:
    return NamingPolicy[get_text("naming_policy").upper()]


def amount(timescale: Timescale) -> int:
    """The council's own number for a timescale."""
    return get_number(TIMESCALES[timescale].setting)


def amounts() -> dict[Timescale, int]:
    """Of each timescale that the council sets; those in months are fixed."""
    kept = everything()
    return {
        rule.name: int(kept[rule.setting])
        for rule in TIMESCALES.values()
        if rule.unit is not Unit.MONTHS
    }


def everything() -> dict[str, str | int]:
    """All settings by key, in the order of their declaration."""
    stored = {row.key: row.value for row in db.session.scalars(select(Setting))}
    return {
        key: parse(key, stored[key]) if key in stored else setting.default
        for key, setting in SETTINGS.items()
    }
