"""How an invented case goes on after the decision that opened it."""

from datetime import date
from random import Random

from lado.demo import weights
from lado.demo.adults import Cells, written
from lado.demo.calendar import Calendar


def case_cells(chance: Random, calendar: Calendar, decided: date, open_until: date | None) -> Cells:
    """The case columns of the row that opened it. `open_until`: not concluded before that day."""
    lasts = chance.randint(*weights.CASE_LASTS.pick(chance))
    concluded = calendar.after(decided, lasts)
    while open_until and concluded and concluded < open_until:
        lasts += chance.randint(20, 80)
        concluded = calendar.after(decided, lasts)
    cells = {"discussions": _discussions(chance, calendar, decided, lasts)}
    return cells | _conclusion(chance, calendar, concluded) if concluded else cells


def _discussions(chance: Random, calendar: Calendar, decided: date, lasts: int) -> str:
    first = min(weights.FIRST_DISCUSSION_AFTER.pick(chance), lasts)
    later = range(first + 1, lasts + 1)
    further = min(weights.DISCUSSIONS.pick(chance) - 1, len(later))
    places = [first, *sorted(chance.sample(later, further))]
    held = (calendar.after(decided, place) for place in places)
    return "; ".join(written(day) for day in held if day)


def _conclusion(chance: Random, calendar: Calendar, concluded: date) -> Cells:
    ending = weights.ENDING.pick(chance)
    employer = weights.EMPLOYER_OUTCOME.get(ending, weights.OTHER_EMPLOYER_OUTCOME).pick(chance)
    cells = {"ending": ending, "concluded_on": written(concluded), "employer_outcome": employer}
    if chance.random() < weights.POLICE_INVOLVED:
        police = weights.POLICE_OUTCOME.get(ending, weights.OTHER_POLICE_OUTCOME)
        cells["police_outcome"] = police.pick(chance)
    if ending == "Substantiated" and employer in weights.LEAVES_TO_BAR:
        cells["dbs_referred_on"] = written(calendar.before(concluded, chance.randint(0, 6)))
    if themes := _themes(chance):
        cells["learning_themes"] = themes
    return cells


def _themes(chance: Random) -> str:
    if chance.random() >= weights.HAS_THEME:
        return ""
    themes = [weights.THEME.pick(chance)]
    if chance.random() < weights.HAS_SECOND_THEME:
        themes.append(weights.THEME.pick(chance))
    return "; ".join(dict.fromkeys(themes))
