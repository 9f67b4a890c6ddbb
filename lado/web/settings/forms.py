from typing import Any

from lado.rules.settings import SETTINGS, SettingKind
from lado.web.forms import Choice, ChoiceField, Form, IntegerField, TextField


class SettingsForm(Form):
    """One field for each declared setting, named by its key."""

    def texts(self) -> dict[str, str]:
        return {key: str(self[key].data) for key in SETTINGS}


def _field(key: str) -> Any:
    setting = SETTINGS[key]
    required = f"{setting.label}: enter a value"
    if setting.kind is SettingKind.TEXT:
        return TextField(
            setting.label, hint=setting.help, longest=setting.maximum, required=required
        )
    if setting.kind is SettingKind.CHOICE:
        choices = [Choice(value, label, value) for value, label in setting.choices.items()]
        return ChoiceField(setting.label, hint=setting.help, choices=choices, required=required)
    return IntegerField(
        setting.label,
        hint=setting.help,
        least=setting.minimum,
        most=setting.maximum,
        required=required,
    )


for _key in SETTINGS:
    setattr(SettingsForm, _key, _field(_key))
