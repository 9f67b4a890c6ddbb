"""Which bodies are to be told of somebody, by the codes of the shipped terms (domain.md 3.6).

A role has those who register or license it, a sector those who regulate its settings: whether
these are told is decided on each case. What else a sector has is offered and no more.
"""

from collections.abc import Iterable
from datetime import date, timedelta

CHASED_AFTER = timedelta(days=28)

OF_ROLE = {
    "cadet_adult_volunteer": ("mod",),
    "childminder": ("ofsted",),
    "clergy": ("faith_body",),
    "doctor": ("gmc",),
    "foster_carer": ("ofsted",),
    "headteacher": ("tra",),
    "nurse": ("nmc",),
    "passenger_assistant": ("licensing",),
    "police_officer": ("psd",),
    "police_staff": ("psd",),
    "school_transport_driver": ("licensing",),
    "social_worker": ("swe",),
    "sports_coach": ("sport_body",),
    "supply_teacher": ("tra",),
    "teacher": ("tra",),
}
OF_SECTOR = {
    "adoption": ("ofsted",),
    "childminder": ("ofsted",),
    "childrens_home": ("ofsted",),
    "foster_care_ifa": ("ofsted",),
    "foster_care_la": ("ofsted",),
    "independent_school": ("dfe",),
    "nursery": ("ofsted",),
    "other_residential": ("ofsted",),
    "out_of_school_club": ("ofsted",),
}
ALSO_OFFERED = {
    "academy": ("tra",),
    "alternative_provision": ("tra", "ofsted"),
    "armed_forces": ("mod", "organisation_hq"),
    "asylum": ("ukvi",),
    "faith": ("faith_body", "charity_commission"),
    "further_education": ("tra",),
    "health": ("nmc", "gmc", "hcpc", "gdc", "gphc", "other_health", "therapy_register", "cqc"),
    "independent_school": ("tra", "ofsted"),
    "justice": ("hmpps", "cafcass", "sra"),
    "maintained_school": ("tra",),
    "police": ("psd", "iopc"),
    "social_care": ("swe", "hcpc", "ofsted"),
    "special_school": ("tra", "ofsted", "cqc"),
    "sport": ("sport_body",),
    "supply_agency": ("tra",),
    "transport": ("licensing",),
    "voluntary": ("charity_commission", "organisation_hq"),
}


def to_consider(roles: Iterable[str], sectors: Iterable[str]) -> list[str]:
    """Besides the DBS, which is considered on every case (R-14)."""
    found = [body for role in roles for body in OF_ROLE.get(role, ())]
    found += [body for sector in sectors for body in OF_SECTOR.get(sector, ())]
    return list(dict.fromkeys(found))


def offered_first(roles: Iterable[str], sectors: Iterable[str]) -> list[str]:
    sectors = list(sectors)
    also = [body for sector in sectors for body in ALSO_OFFERED.get(sector, ())]
    return list(dict.fromkeys([*to_consider(roles, sectors), *also]))


def chase_on(referred_on: date) -> date:
    """When a referral is asked after where nobody named a day (R-58)."""
    return referred_on + CHASED_AFTER
