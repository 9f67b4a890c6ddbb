"""How a contact came in, and the council's words for what was decided (each means a stage)."""

from lado.rules.shipped_terms.term import decisions, terms
from lado.rules.vocabulary import DecisionStage, TermGroup

CONTACT_METHODS = terms(
    TermGroup.CONTACT_METHOD,
    ("phone", "Phone", "Telephone", "Tel", "Call", "Phone call"),
    ("email", "Email", "E-mail"),
    ("form", "Referral form", "Form", "Online form", "Web form"),
    ("meeting", "Meeting", "In person", "Face to face", "Visit"),
    ("video", "Video call", "Teams", "Video", "Virtual meeting"),
    ("letter", "Letter", "Post"),
)

DECISIONS = (
    *decisions(
        DecisionStage.ADVICE,
        (
            "advice",
            "Advice only",
            "Advice",
            "Advice given",
            "Advice and guidance",
            "Advice/guidance",
            "Consultation only",
        ),
        ("enquiry", "General enquiry", "Enquiry", "Policy enquiry"),
        ("information_received", "Information received", "Information only", "For information"),
    ),
    *decisions(
        DecisionStage.LOW_LEVEL,
        ("low_level", "Low-level concern", "Low level concern", "Low level", "LLC"),
    ),
    *decisions(
        DecisionStage.NOT_MET,
        (
            "not_met",
            "Threshold not met",
            "Not met",
            "Below threshold",
            "Does not meet threshold",
            "NFA",
            "No further action",
        ),
        (
            "not_with_children",
            "Not a person who works with children",
            "Does not work with children",
            "No position of trust",
        ),
        ("anonymous", "Anonymous, cannot progress", "Anonymous", "Unable to progress"),
    ),
    *decisions(
        DecisionStage.PASSED_ON,
        (
            "social_care",
            "Passed to children's social care",
            "Children's social care",
            "CSC",
            "MASH",
            "Passed to MASH",
            "Referred to social care",
        ),
        (
            "other_lado",
            "Transferred to another LADO",
            "Other LADO",
            "Transferred",
            "Transferred to other LA",
            "Other LA",
        ),
        (
            "redirected",
            "Complaint or standards of care, redirected",
            "Complaint",
            "Redirected",
            "Standards of care",
            "Passed to Ofsted",
        ),
        ("shared", "Information shared with another agency", "Information shared"),
        (
            "adult_route",
            "Passed to the adult position-of-trust route",
            "PiPoT",
            "Adult PiPoT",
            "Adult safeguarding",
        ),
        ("duplicate", "Duplicate of an earlier consultation", "Duplicate"),
    ),
    *decisions(
        DecisionStage.OVERSIGHT,
        (
            "oversight",
            "Consultation, oversight kept",
            "Oversight",
            "LADO oversight",
            "Monitoring",
            "Awaiting information",
        ),
    ),
    *decisions(
        DecisionStage.MET_NO_MEETING,
        (
            "met_no_meeting",
            "Threshold met, managed without a meeting",
            "Threshold met, no meeting",
            "Managed without a meeting",
        ),
    ),
    *decisions(
        DecisionStage.PROGRESS,
        (
            "progress",
            "Progress to strategy discussion",
            "Strategy discussion",
            "Strategy meeting",
            "Progressed",
            "Progress",
            "AMM",
            "Allegations management meeting",
            "Position of trust meeting",
        ),
        (
            "joint_section_47",
            "Joint section 47 strategy discussion",
            "Joint strategy discussion",
            "Section 47",
            "S47",
        ),
        (
            "institutional",
            "Institutional concern, complex abuse procedure",
            "Complex abuse",
            "Institutional",
        ),
        ("linked", "Linked to an open case", "Linked", "Linked to existing case", "Existing case"),
    ),
)

TIERS = terms(
    TermGroup.TIER,
    *((f"tier_{n}", f"Tier {n}", str(n), f"T{n}", f"Level {n}") for n in range(1, 6)),
)

TERMS = (*CONTACT_METHODS, *DECISIONS, *TIERS)
