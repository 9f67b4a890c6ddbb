"""What public lists of schools and providers say, in our terms (R-34).

The columns and words are those of the government's register of schools (GIAS) and of Ofsted's lists
of childcare and social care providers. Each word leads to codes of the shipped terms; a word that
is not here is reported and leads to none.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from lado.rules.vocabulary import OrganisationSource


class Kind(NamedTuple):
    """Codes of terms. A sub-sector that is None may follow from the phase."""

    sector: str
    subsector: str | None = None
    school_type: str | None = None


@dataclass(frozen=True)
class Facts:
    """One organisation as a list has it. `kind` and `phase` are None where nothing is said, and
    `kind_known` and `phase_known` False where what is said is not known here."""

    source: OrganisationSource
    urn: str
    name: str
    folded: str
    kind: Kind | None
    phase: str | None
    phase_known: bool
    address: str | None
    town: str | None
    postcode: str | None
    authority: str | None
    closed: bool
    closed_on: date | None


# Our name of a column -> the headings it has, folded. The first that is there counts.
HEADINGS: dict[str, tuple[str, ...]] = {
    "urn": ("urn", "provider urn", "setting urn"),
    "name": ("establishmentname", "setting name", "provider name", "organisation name"),
    "phase": ("phaseofeducation name",),
    "type": ("typeofestablishment name", "provider type", "provision type", "setting type"),
    "subtype": ("provider subtype", "provider sub type"),
    "ownership": ("sector", "ownership"),
    "authority": ("la name", "local authority", "provider local authority"),
    "town": ("town", "provider town", "setting town", "provider address town"),
    "postcode": ("postcode", "provider postcode", "setting postcode", "provider address postcode"),
    "status": ("establishmentstatus name", "registration status", "provider status"),
    "closed_on": ("closedate", "close date", "date closed"),
}
ADDRESS = r"(street|locality|address ?3|(provider|setting) address( line)? ?\d?)"
NEEDED = ("urn", "name", "type")
OF_SCHOOLS = "establishmentname"

PHASES: dict[str, str | None] = {
    "": None,
    "not applicable": None,
    "nursery": "nursery",
    "primary": "primary",
    "middle deemed primary": "middle",
    "middle deemed secondary": "middle",
    "secondary": "secondary",
    "all through": "all_through",
    "16 plus": "post_16",
}
_PHASE_PART = {
    "primary": "primary",
    "middle deemed primary": "primary",
    "secondary": "secondary",
    "middle deemed secondary": "secondary",
    "all through": "all_through",
}
_PARTED_BY_PHASE = {"maintained_school": "maintained", "academy": "academy"}

_SPECIAL_ACADEMY = Kind("special_school", "special_academy", "academy_special")
_AP_ACADEMY = Kind("alternative_provision", "ap_academy", "alternative_provision")
_MAINTAINED_SPECIAL = Kind("special_school", "special_maintained", "community_special")
_ADOPTION = Kind("adoption")
KINDS: dict[str, Kind] = {
    # The register of schools.
    "community school": Kind("maintained_school", None, "community"),
    "voluntary aided school": Kind("maintained_school", None, "voluntary_aided"),
    "voluntary controlled school": Kind("maintained_school", None, "voluntary_controlled"),
    "foundation school": Kind("maintained_school", None, "foundation"),
    "local authority nursery school": Kind("nursery", "maintained_nursery"),
    "community special school": _MAINTAINED_SPECIAL,
    "foundation special school": _MAINTAINED_SPECIAL,
    "non maintained special school": Kind(
        "special_school", "special_non_maintained", "non_maintained_special"
    ),
    "other independent special school": Kind(
        "special_school", "special_independent", "independent_special"
    ),
    "other independent school": Kind("independent_school"),
    "academy converter": Kind("academy", None, "academy_converter"),
    "academy sponsor led": Kind("academy", None, "academy_sponsored"),
    "academy 16 19 converter": Kind("academy", None, "academy_converter"),
    "academy 16 to 19 sponsor led": Kind("academy", None, "academy_sponsored"),
    "academy special converter": _SPECIAL_ACADEMY,
    "academy special sponsor led": _SPECIAL_ACADEMY,
    "academy alternative provision converter": _AP_ACADEMY,
    "academy alternative provision sponsor led": _AP_ACADEMY,
    "free schools": Kind("academy", None, "free_school"),
    "free schools 16 to 19": Kind("academy", None, "free_school"),
    "free schools special": Kind("special_school", "special_academy", "free_school"),
    "free schools alternative provision": _AP_ACADEMY,
    "studio schools": Kind("academy"),
    "university technical college": Kind("academy"),
    "city technology college": Kind("academy"),
    "pupil referral unit": Kind("alternative_provision", "pru", "pru"),
    "further education": Kind("further_education", "fe_college"),
    "sixth form centres": Kind("further_education", "sixth_form_college"),
    "special post 16 institution": Kind("further_education", "specialist_post_16"),
    "higher education institutions": Kind("further_education", "university"),
    "childrens centre": Kind("nursery", "family_hub"),
    "childrens centre linked site": Kind("nursery", "family_hub"),
    "secure units": Kind("childrens_home", "secure_home"),
    # Childcare. On premises that are no home, the sub-type says what it is.
    "childminder": Kind("childminder", "childminder_registered"),
    "home childcarer": Kind("childminder", "nanny"),
    "childcare on domestic premises": Kind("nursery"),
    "full day care": Kind("nursery", "day_nursery"),
    "sessional day care": Kind("nursery", "pre_school"),
    "sessional care": Kind("nursery", "pre_school"),
    "multiple day care": Kind("nursery"),
    "creche": Kind("nursery", "creche"),
    "creche day care": Kind("nursery", "creche"),
    "out of school day care": Kind("out_of_school_club"),
    "out of school care": Kind("out_of_school_club"),
    # Social care.
    "childrens home": Kind("childrens_home"),
    "secure childrens home": Kind("childrens_home", "secure_home"),
    "secure training centre": Kind("childrens_home", "secure_home"),
    "residential special school": Kind("special_school", "special_residential"),
    "residential special school registered as a childrens home": Kind(
        "special_school", "special_residential"
    ),
    "boarding school": Kind("independent_school", "independent_boarding", "independent_boarding"),
    "independent fostering agency": Kind("foster_care_ifa"),
    "local authority fostering agency": Kind("foster_care_la"),
    "voluntary adoption agency": _ADOPTION,
    "adoption support agency": _ADOPTION,
    "local authority adoption agency": _ADOPTION,
    "residential family centre": Kind("other_residential", "family_centre"),
    "supported accommodation": Kind("other_residential", "supported_accommodation"),
    "further education college with residential accommodation": Kind(
        "further_education", "fe_college"
    ),
    "residential holiday scheme for disabled children": Kind("social_care", "short_breaks"),
}
_HOMES = {
    "local authority": "home_council",
    "private": "home_private",
    "voluntary": "home_voluntary",
}

# Folded: whether it is closed.
STATUSES: dict[str, bool] = {
    "": False,
    "open": False,
    "open but proposed to close": False,
    "proposed to open": False,
    "active": False,
    "registered": False,
    "suspended": False,
    "closed": True,
    "resigned": True,
    "cancelled": True,
    "inactive": True,
}
# Ofsted leaves out the names of those who did not agree to be listed.
WITHHELD = {"redacted", "name redacted", "withheld"}


def kind_of(type_: str, subtype: str, ownership: str, phase: str) -> Kind | None:
    """All folded. The sub-type says more than the type, the ownership whose home it is."""
    kind = KINDS.get(subtype) or KINDS.get(type_)
    if kind is None or kind.subsector:
        return kind
    if kind.sector == "childrens_home":
        return kind._replace(subsector=_HOMES.get(ownership))
    part, prefix = _PHASE_PART.get(phase), _PARTED_BY_PHASE.get(kind.sector)
    return kind._replace(subsector=f"{prefix}_{part}") if part and prefix else kind
