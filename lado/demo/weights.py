"""How often what occurs in a county's register: shares, not counts. Labels are the register's."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    def __init__(self, shares: Mapping[T, float]) -> None:
        self._values = list(shares)
        self._sums = list(accumulate(shares.values()))

    def pick(self, chance: Random) -> T:
        return chance.choices(self._values, cum_weights=self._sums)[0]


@dataclass(frozen=True)
class Sector:
    """`settings` are patterns with the place in them."""

    label: str
    roles: Weighted[str]
    settings: tuple[str, ...]
    agencies: Weighted[str]


def _sector(
    label: str, roles: Mapping[str, float], settings: tuple[str, ...], own_agency: str
) -> Sector:
    agencies = {own_agency: 50.0} | {a: s for a, s in ELSEWHERE.items() if a != own_agency}
    return Sector(label, Weighted(roles), settings, Weighted(agencies))


ELSEWHERE = {
    "Children's social care": 22, "Police": 14, "Ofsted": 4, "Health": 4, "Parent or carer": 4,
    "Other local authority": 3, "Member of the public": 2, "NSPCC": 1, "Anonymous": 1,
}  # fmt: skip

_TEACHING = {
    "Teacher": 42, "Teaching assistant": 28, "Cover supervisor": 6, "Lunchtime supervisor": 6,
    "Headteacher": 5, "Site staff": 5, "Music teacher": 3, "Student on placement": 2,
    "Governor or trustee": 2, "Office staff": 1,
}  # fmt: skip

SECTORS: Mapping[Sector, float] = {
    _sector(
        "Maintained school",
        _TEACHING,
        ("{} Primary School", "{} Junior School", "{} Community School"),
        "School",
    ): 24,
    _sector("Academy or free school", _TEACHING, ("{} Academy", "{} High School"), "School"): 15,
    _sector(
        "Independent school",
        _TEACHING | {"Boarding house staff": 14},
        ("{} House School", "{} College School"),
        "School",
    ): 6,
    _sector(
        "Special school", {"Teaching assistant": 55, "Teacher": 35, "Support worker": 10},
        ("{} Special School",), "School",
    ): 4,
    _sector(
        "Nursery or pre-school",
        {"Nursery practitioner": 70, "Room leader": 15, "Manager or owner": 10, "Apprentice": 5},
        ("{} Nursery", "{} Pre-school"),
        "Early years provider",
    ): 11,
    _sector(
        "Childminder", {"Childminder": 88, "Household member": 12}, ("{} Childminding",),
        "Early years provider",
    ): 4,
    _sector(
        "Out-of-school club", {"Playworker": 80, "Volunteer": 20}, ("{} Holiday Club",),
        "Early years provider",
    ): 2,
    _sector(
        "Foster care (local authority)", {"Foster carer": 88, "Household member": 12},
        ("Storyshire Fostering Service",), "Fostering service",
    ): 9,
    _sector(
        "Foster care (independent agency)", {"Foster carer": 90, "Household member": 10},
        ("{} Fostering Agency",), "Fostering service",
    ): 5,
    _sector(
        "Children's home", {"Residential worker": 85, "Manager or owner": 15}, ("{} Lodge",),
        "Residential provider",
    ): 6,
    _sector(
        "Children's social care",
        {"Social worker": 55, "Family support worker": 30, "Support worker": 15},
        ("Storyshire Children's Services",),
        "Children's social care",
    ): 2,
    _sector(
        "Health",
        {"Nurse": 40, "Healthcare assistant": 25, "Doctor": 20, "Therapist": 15},
        ("{} Hospital", "{} Surgery"),
        "Health",
    ): 3,
    _sector(
        "Transport", {"School transport driver": 65, "Passenger assistant": 35},
        ("{} Minibuses",), "Transport",
    ): 3,
    _sector(
        "Sport and leisure", {"Sports coach": 65, "Swimming teacher": 20, "Volunteer": 15},
        ("{} Football Club", "{} Gymnastics Club", "{} Leisure Centre"), "Sport and leisure",
    ): 4,
    _sector(
        "Voluntary organisation", {"Leader": 40, "Volunteer": 35, "Youth worker": 25},
        ("{} Youth Club", "{} Scout Group"), "Voluntary organisation",
    ): 3,
    _sector(
        "Faith organisation", {"Clergy": 50, "Faith volunteer": 50}, ("{} Chapel",),
        "Faith organisation",
    ): 2,
    _sector(
        "Further education", {"Lecturer": 80, "Support worker": 20}, ("{} Sixth Form College",),
        "College",
    ): 2,
    _sector(
        "Supply or teaching agency", {"Supply teacher": 80, "Teaching assistant": 20},
        ("{} Supply Teachers",), "Supply or teaching agency",
    ): 1,
}  # fmt: skip
SECTOR = Weighted(SECTORS)

REFERRER_ROLES = {
    "School": "Designated safeguarding lead",
    "College": "Designated safeguarding lead",
    "Early years provider": "Nursery manager",
    "Fostering service": "Supervising social worker",
    "Residential provider": "Registered manager",
    "Children's social care": "Social worker",
    "Police": "Detective constable",
    "Health": "Named nurse",
    "Ofsted": "Inspector",
    "Other local authority": "LADO",
    "Sport and leisure": "Club welfare officer",
    "Transport": "Contracts officer",
}
WITHOUT_NAME = {"Anonymous"}
METHOD = Weighted({"Phone": 62, "Email": 22, "Referral form": 12, "Meeting": 4})
TAKEN_BY = Weighted({"Lucy Samplebrook": 74, "Martin Examplebridge": 16, "Rose Paperhurst": 10})

CATEGORY = Weighted(
    {"Physical abuse": 34, "Sexual abuse": 24, "Conduct": 22, "Emotional abuse": 6, "Neglect": 6,
     "Suitability (personal life)": 5, "Domestic abuse at home": 3}
)  # fmt: skip
CATEGORY_OF_CASES = Weighted(
    {"Sexual abuse": 46, "Physical abuse": 26, "Conduct": 15, "Neglect": 5, "Emotional abuse": 4,
     "Suitability (personal life)": 4}
)  # fmt: skip
CONTEXTS = {
    "Sexual abuse": Weighted({"At work": 50, "Personal life": 28, "Online": 22}),
    "Conduct": Weighted({"At work": 72, "Online": 18, "Personal life": 10}),
    "Suitability (personal life)": Weighted({"Personal life": 100}),
    "Domestic abuse at home": Weighted({"Personal life": 100}),
}
CONTEXT = Weighted({"At work": 88, "Personal life": 9, "At work and in personal life": 3})
CHILDREN = Weighted({"1": 62, "2": 12, "3": 4, "4": 2, "Multiple": 9, "None identified": 11})

DECISION = Weighted(
    {"Advice only": 52, "Threshold not met": 17, "Low-level concern": 14, "General enquiry": 5,
     "Passed to children's social care": 6, "Transferred to another LADO": 3,
     "Complaint or standards of care, redirected": 3}
)  # fmt: skip
PROGRESS = Weighted(
    {"Progress to strategy discussion": 92, "Joint section 47 strategy discussion": 8}
)
INSTITUTIONAL = "Institutional concern, complex abuse procedure"
LINKED = "Linked to an open case"

# In working days.
AWARE_BEFORE = Weighted({0: 46, 1: 27, 2: 9, 3: 6, 5: 5, 8: 3, 15: 3, 40: 1})
DECIDED_AFTER = Weighted({0: 62, 1: 26, 2: 7, 3: 3, 5: 2})
FIRST_DISCUSSION_AFTER = Weighted({1: 10, 2: 24, 3: 28, 4: 18, 5: 12, 7: 6, 9: 2})
CASE_LASTS = Weighted({(8, 20): 24, (21, 62): 36, (63, 240): 31, (241, 420): 9})
DISCUSSIONS = Weighted({1: 10, 2: 20, 3: 25, 4: 20, 5: 13, 6: 8, 8: 4})

ENDING = Weighted(
    {"Unfounded": 54, "Substantiated": 20, "Unsubstantiated": 14, "False": 3, "Malicious": 2,
     "Transferred to another LADO": 4, "Threshold not met after enquiry": 3}
)  # fmt: skip
EMPLOYER_OUTCOME = {
    "Substantiated": Weighted(
        {"Dismissed": 34, "Resigned": 16, "Final written warning": 20, "Written warning": 12,
         "Deregistered": 10, "Training and supervision": 8}
    ),
    "Unsubstantiated": Weighted(
        {"Management advice": 45, "Training and supervision": 30, "Written warning": 12,
         "Return with conditions": 13}
    ),
}  # fmt: skip
OTHER_EMPLOYER_OUTCOME = Weighted(
    {"No action": 62, "Management advice": 28, "Training and supervision": 10}
)
LEAVES_TO_BAR = {"Dismissed", "Resigned", "Deregistered"}
POLICE_OUTCOME = {
    "Substantiated": Weighted(
        {"Convicted": 20, "Caution": 14, "Charged": 16, "No further action (evidential)": 50}
    )
}
OTHER_POLICE_OUTCOME = Weighted(
    {"No further action": 58, "No crime": 26, "No further action (evidential)": 16}
)
THEME = Weighted(
    {"Professional boundaries": 26, "Physical intervention training": 18, "Late referral": 14,
     "Online conduct": 12, "Safer recruitment": 9, "Low-level concern recording": 8,
     "Lone working": 7, "Poor records": 6}
)  # fmt: skip

MONTHS = {1: 1.05, 2: 0.95, 3: 1.2, 4: 0.8, 5: 1.05, 6: 1.2, 7: 1.0, 8: 0.4, 9: 1.05, 10: 1.1,
          11: 1.2, 12: 0.8}  # fmt: skip

UNNAMED, INSTITUTIONS, OTHER_ROLES, NON_RECENT = 0.17, 0.03, 0.08, 0.06
NOT_AWARE_DATED, KNOWN_BEFORE, JOINS, UNDATED_BIRTH = 0.05, 0.05, 0.02, 0.12
POLICE_INVOLVED, HAS_THEME, HAS_SECOND_THEME = 0.55, 0.6, 0.2
STILL_UNDECIDED = 0.6
