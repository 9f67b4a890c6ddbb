"""Who the invented contacts are about, and where they work."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from lado.demo import names, weights
from lado.demo.weights import Sector

Cells = dict[str, str]
YOUNGEST, OLDEST = 19 * 365, 66 * 365


@dataclass(frozen=True, slots=True)
class Adult:
    cells: Cells
    sector: Sector


def written(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def somebody(chance: Random, received: date) -> Adult:
    """A new adult, named or not."""
    sector = weights.SECTOR.pick(chance)
    cells = {
        "role": sector.roles.pick(chance),
        "setting": setting(chance, sector),
        "sector": sector.label,
    }
    if chance.random() >= weights.UNNAMED:
        cells |= _name(chance, received)
    if chance.random() < weights.OTHER_ROLES:
        cells["other_roles"] = _other_role(chance, sector)
    return Adult(cells, sector)


def setting(chance: Random, sector: Sector) -> str:
    return chance.choice(sector.settings).format(chance.choice(names.PLACES))


def full_name(chance: Random) -> str:
    sex = chance.choice(("Female", "Male"))
    return f"{chance.choice(names.FORENAMES[sex])} {chance.choice(names.SURNAMES)}"


def _name(chance: Random, received: date) -> Cells:
    sex = chance.choice(("Female", "Male"))
    cells = {
        "surname": chance.choice(names.SURNAMES),
        "forename": chance.choice(names.FORENAMES[sex]),
        "sex": sex,
    }
    if chance.random() >= weights.UNDATED_BIRTH:
        born = received - timedelta(days=chance.randint(YOUNGEST, OLDEST))
        cells["date_of_birth"] = written(born)
    return cells


def _other_role(chance: Random, first: Sector) -> str:
    other = first
    while other is first:
        other = weights.SECTOR.pick(chance)
    return f"{other.roles.pick(chance)} @ {setting(chance, other)} [{other.label}]"
