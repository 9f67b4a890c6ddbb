"""Changing the council's settings."""

from collections.abc import Mapping

from lado.errors import Invalid
from lado.extensions import db
from lado.models import Setting
from lado.queries import settings
from lado.rules.audit import AuditAction
from lado.rules.settings import SETTINGS, parse
from lado.services import audit
from lado.services.audit import Actor
from lado.services.transaction import writes


@writes(AuditAction.SETTING_CHANGED)
def change(typed: Mapping[str, str], *, by: Actor) -> list[str]:
    """Set what differs from now, and give back the keys that changed.

    All or nothing: each setting that cannot be used is named in one Invalid.
    """
    values, messages = _parsed(typed)
    if messages:
        raise Invalid(messages)
    now = settings.everything()
    changed = [key for key, value in values.items() if value != now[key]]
    for key in changed:
        db.session.merge(Setting(key=key, value=str(values[key])))
    audit.record(AuditAction.SETTING_CHANGED, None, by=by, fields=changed)
    return changed


def _parsed(typed: Mapping[str, str]) -> tuple[dict[str, str | int], dict[str, str]]:
    values: dict[str, str | int] = {}
    messages: dict[str, str] = {}
    for key, text in typed.items():
        if key not in SETTINGS:
            continue
        try:
            values[key] = parse(key, text)
        except ValueError as error:
            messages[key] = str(error)
    return values, messages
