"""What each agency is asked to bring to a strategy discussion: the list that goes out before it.

It asks for no more than a discussion must cover (`lado.rules.minutes`), and names nobody.
"""

from dataclasses import dataclass

from lado.rules.vocabulary import LADO_SERVICE


@dataclass(frozen=True)
class Request:
    """`code` is stored when it was received, so it stays when the words change."""

    code: str
    label: str


CONCERNS = Request(
    "concerns", "Earlier concerns or allegations about the person, however small, and what was done"
)
OTHER_ROLES = Request("other_roles", "Any other work or volunteering with children that is known")
SETTING = Request("setting", "Earlier concerns about the setting")

EMPLOYER = (
    CONCERNS,
    Request("training", "Safeguarding training and induction: what, and when"),
    Request("dbs", "DBS certificate: its number, its date, and what else was checked"),
    Request("employment", "Employment history: posts held, from when, references, gaps"),
    Request("incidents", "Incident reports, logs and statements written at the time"),
    OTHER_ROLES,
    SETTING,
    Request("safeguards", "What has been done to keep children safe, and the risk assessment"),
)
POLICE = (
    Request("police_history", "What is known to the police, and what of it may be shared"),
    Request("crime_number", "Crime or incident number, and the officer in the case"),
    Request("investigation", "Whether there is an investigation, and what others must not do"),
)
SOCIAL_CARE = (
    Request("child_history", "What is known of each child, their family and who looks after them"),
    Request("own_children", "Whether the person has children of their own or in the household"),
    Request("child_view", "What the child has said, and how the child is"),
    CONCERNS,
)
HEALTH = (
    Request("medical", "Any medical examination or treatment, and what was found"),
    Request("health_needs", "Health or communication needs of each child"),
)
REGULATOR = (
    Request("registration", "Registration of the setting or the person, and any conditions"),
    SETTING,
)
AUTHORITY = (CONCERNS, OTHER_ROLES, SETTING)
OTHERS = (CONCERNS, OTHER_ROLES)

BY_AGENCY: dict[str, tuple[Request, ...]] = {
    **dict.fromkeys(
        (
            "early_years", "school", "college", "fostering", "residential", "faith", "sport",
            "voluntary", "armed_forces", "transport", "supply_agency", "other_employer",
        ),
        EMPLOYER,
    ),
    "police": POLICE,
    "social_care": SOCIAL_CARE,
    "health": HEALTH,
    "ofsted": REGULATOR,
    "cqc": REGULATOR,
    "other_authority": AUTHORITY,
    LADO_SERVICE: (),
}  # fmt: skip


def asked_of(agency: str | None) -> tuple[Request, ...]:
    """`agency` is the code of a shipped term; a council's own has none."""
    return BY_AGENCY.get(agency or "", OTHERS)
