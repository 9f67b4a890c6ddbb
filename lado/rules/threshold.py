"""The threshold: which limbs were in force when (domain R-02, R-04), and what is non-recent."""

from dataclasses import dataclass
from datetime import date

from lado.rules.timescales import add_months
from lado.rules.vocabulary import Labelled


class Limb(Labelled):
    HARM = "harm", "Behaved in a way that has harmed a child, or may have harmed a child"
    OFFENCE = "offence", "Possibly committed a criminal offence against or related to a child"
    UNSUITABLE = (
        "unsuitable",
        "Behaved in a way that indicates they are unsuitable to work with children",
    )
    RISK = (
        "risk",
        (
            "Behaved towards a child or children in a way that indicates they may pose a risk of "
            "harm to children"
        ),
    )
    SUITABILITY = (
        "suitability",
        (
            "Behaved or may have behaved in a way that indicates they may not be suitable to work "
            "with children"
        ),
    )

    @property
    def short(self) -> str:
        """For tables; never on its own where the criteria are chosen."""
        return _SHORT[self]


_SHORT = {
    Limb.HARM: "Harm",
    Limb.OFFENCE: "Offence",
    Limb.UNSUITABLE: "Unsuitable",
    Limb.RISK: "Risk of harm",
    Limb.SUITABILITY: "Suitability",
}


@dataclass(frozen=True)
class LimbInForce:
    limb: Limb
    valid_from: date | None
    valid_to: date | None
    source: str


LIMBS = (
    LimbInForce(Limb.HARM, None, None, "All editions of Working Together since 2006"),
    LimbInForce(Limb.OFFENCE, None, None, "All editions of Working Together since 2006"),
    LimbInForce(Limb.UNSUITABLE, None, date(2013, 3, 31), "Working Together 2006 and 2010"),
    LimbInForce(Limb.RISK, date(2013, 4, 1), None, "Working Together 2013 and later"),
    LimbInForce(
        Limb.SUITABILITY, date(2020, 9, 1), None, "KCSIE 2020; Working Together 2018 as updated"
    ),
)


def limbs_on(day: date) -> list[Limb]:
    """The limbs a contact received on `day` is judged under."""
    return [
        rule.limb
        for rule in LIMBS
        if (rule.valid_from is None or rule.valid_from <= day)
        and (rule.valid_to is None or day <= rule.valid_to)
    ]


def is_non_recent(happened: date | None, received: date, *, after_months: int) -> bool | None:
    """Whether it happened longer ago than the council's rule says; None when no date is known.

    There is no national definition (R-36): `after_months` is the council's setting.
    """
    if happened is None:
        return None
    return add_months(happened, after_months) < received
