"""What a council may set for itself: declared here, kept in the database where it differs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lado.rules.drafts import WARNED_DAYS
from lado.rules.naming import NamingPolicy
from lado.rules.signs import ALL as OTHER_SIGNS
from lado.rules.timescales import TIMESCALES, TimescaleRule, Unit
from lado.rules.vocabulary import Labelled

LONGEST_TEXT = 100
LONGEST_NUMBER = 10
LONGEST_AMOUNT = 400
MOST_MEGABYTES = 100
YES, NO = "yes", "no"
PUBLIC_SYMBOL = "public_symbol"
# Others that a reader takes for a nought or for none.
DASHES = ("-", "\N{EM DASH}", "\N{MINUS SIGN}")


class SettingKind(Labelled):
    TEXT = "text", "Text"
    WHOLE_NUMBER = "whole_number", "Whole number"
    CHOICE = "choice", "One of several"


@dataclass(frozen=True)
class Setting:
    """`minimum` and `maximum` bound a number, or the length of a text. A choice is one of
    `choices`: the value and its label."""

    key: str
    label: str
    help: str
    kind: SettingKind
    default: str | int
    minimum: int
    maximum: int
    choices: Mapping[str, str] = field(default_factory=dict)


def _text(key: str, label: str, help_: str, default: str) -> Setting:
    return Setting(key, label, help_, SettingKind.TEXT, default, 1, LONGEST_TEXT)


def _choice(key: str, label: str, help_: str, default: str, choices: Mapping[str, str]) -> Setting:
    return Setting(key, label, help_, SettingKind.CHOICE, default, 1, LONGEST_TEXT, choices)


def _in_a_sentence(label: str) -> str:
    return label[0].lower() + label[1:]


def _timescale(rule: TimescaleRule) -> Setting:
    return Setting(
        rule.setting,
        f"{rule.name.label}, {rule.unit.label}",
        f"Counted from: {_in_a_sentence(rule.start.label)}. Usual: {rule.amount}. {rule.source}.",
        SettingKind.WHOLE_NUMBER,
        rule.amount,
        0,
        LONGEST_AMOUNT,
    )


SETTINGS: dict[str, Setting] = {
    setting.key: setting
    for setting in (
        _text(
            "council_name",
            "Council's name",
            "Shown at the top of each page and on reports.",
            "Your council",
        ),
        _text(
            "discussion_name",
            "Name of the meeting",
            "What the council calls a strategy discussion, such as allegations management meeting.",
            "strategy discussion",
        ),
        Setting(
            "non_recent_after_months",
            "Non-recent after, months",
            "A concern is non-recent when it happened longer than this before it was reported. "
            "There is no national rule.",
            SettingKind.WHOLE_NUMBER,
            12,
            1,
            1200,
        ),
        _choice(
            "naming_policy",
            "Names of adults before there is a case",
            "What is typed is always compared with what is known. Once a case is opened its adult "
            "is recorded by name. A change counts for what is recorded from now on.",
            NamingPolicy.NAMED.value,
            {policy.value: policy.label for policy in NamingPolicy},
        ),
        Setting(
            "alert_contacts",
            "Alert from, contacts",
            "Alert when an organisation or a person has this many contacts within the months "
            "below, those below the threshold included.",
            SettingKind.WHOLE_NUMBER,
            3,
            2,
            100,
        ),
        Setting(
            "alert_months",
            "Alert within, months",
            "How far back contacts count for that alert, from today.",
            SettingKind.WHOLE_NUMBER,
            12,
            1,
            120,
        ),
        _choice(
            "referral_form",
            "Referral form for settings",
            "Whether anybody may send a report through the page /refer, without signing in. What "
            "they send waits in the inbox until somebody logs it.",
            NO,
            {YES: "Yes", NO: "No"},
        ),
        Setting(
            "draft_days",
            "Drafts are kept, days",
            "A draft that nobody went on with for so long is deleted. Its author is told of it "
            f"{WARNED_DAYS} days before.",
            SettingKind.WHOLE_NUMBER,
            30,
            WARNED_DAYS,
            LONGEST_AMOUNT,
        ),
        Setting(
            "document_megabytes",
            "Largest document, MB",
            "A larger file is not attached to a case or a consultation.",
            SettingKind.WHOLE_NUMBER,
            25,
            1,
            MOST_MEGABYTES,
        ),
        Setting(
            "documents_most",
            "Documents, at most",
            "How many are attached to one case or consultation.",
            SettingKind.WHOLE_NUMBER,
            200,
            1,
            2000,
        ),
        Setting(
            "public_threshold",
            "Public edition hides counts under",
            "Counts from 1 to below this are hidden in the public edition of a report, and as few "
            "others as are needed so that none can be worked out. Raised, it may meet counts that "
            "were published before, and the public edition is refused.",
            SettingKind.WHOLE_NUMBER,
            5,
            3,  # below it one and two, and with none there are three numbers that it could be
            20,
        ),
        _text(
            PUBLIC_SYMBOL,
            "Symbol of a hidden count",
            "Stands in the public edition where a count is hidden. Without digits, so that nobody "
            "reads it as a number.",
            "[c]",
        ),
        _choice(
            "public_noughts",
            "Public edition hides noughts",
            "Whether a count of none is hidden like a small one.",
            NO,
            {YES: "Yes", NO: "No"},
        ),
        Setting(
            "public_least_base",
            "Public edition leaves out tables under",
            "A table about fewer than this is left out of the public edition whole.",
            SettingKind.WHOLE_NUMBER,
            10,
            1,
            100,
        ),
        # Months are those of the bands in reports, which are fixed so that reports compare.
        *(_timescale(rule) for rule in TIMESCALES.values() if rule.unit is not Unit.MONTHS),
    )
}


def parse(key: str, text: str) -> str | int:
    """The value that was typed for a setting; a ValueError says what to type instead."""
    setting = SETTINGS[key]
    text = " ".join(text.split())
    if key == PUBLIC_SYMBOL:
        return _parse_symbol(setting, text)
    if setting.kind is SettingKind.TEXT:
        return _parse_text(setting, text)
    if setting.kind is SettingKind.CHOICE:
        return _parse_choice(setting, text)
    return _parse_number(setting, text)


def _parse_text(setting: Setting, text: str) -> str:
    if not text:
        raise ValueError(f"{setting.label}: enter a name.")
    if len(text) > setting.maximum:
        raise ValueError(f"{setting.label}: use {setting.maximum} characters or fewer.")
    if not text.isprintable():
        raise ValueError(f"{setting.label}: this contains characters that cannot be shown.")
    return text


def _parse_symbol(setting: Setting, text: str) -> str:
    text = _parse_text(setting, text)
    if any(character.isnumeric() for character in text):
        raise ValueError(f"{setting.label}: use no digits, which would be read as a number.")
    if text.lower() in (*OTHER_SIGNS, *DASHES):
        raise ValueError(
            f"{setting.label}: {text} means something else in the report's tables and files. Use "
            f"another, such as {setting.default}."
        )
    return text


def _parse_choice(setting: Setting, text: str) -> str:
    if text not in setting.choices:
        raise ValueError(f"{setting.label}: choose one from the list.")
    return text


def _parse_number(setting: Setting, text: str) -> int:
    # The length first: a number of a million digits takes long to read.
    if len(text) <= LONGEST_NUMBER and text.isascii() and text.isdigit():
        number = int(text)
        if setting.minimum <= number <= setting.maximum:
            return number
    raise ValueError(
        f"{setting.label}: enter a whole number from {setting.minimum} to {setting.maximum}."
    )
