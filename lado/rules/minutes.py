"""What a strategy discussion must cover: the headings of its agenda and of its minutes.

Who came, the actions and the date of the review are recorded as facts of their own, so they have
no heading here.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """`code` is stored with the text, so it stays when the words change."""

    code: str
    label: str
    hint: str


CONFIDENTIALITY = (
    "This discussion is held under the procedures for allegations against people who work with "
    "children. What is said and written is confidential. It is shared only with those who need it "
    "to keep children safe, and not copied or passed on without the LADO’s agreement."
)

ALLEGATION, EARLIER_CONCERNS = "allegation", "earlier_concerns"
HEADINGS: tuple[Heading, ...] = (
    Heading(
        ALLEGATION,
        "The allegation or concern",
        "Nature, source and reliability; date and place. Each allegation by itself.",
    ),
    Heading(
        EARLIER_CONCERNS,
        "Earlier allegations or concerns",
        "About the person, and about the setting.",
    ),
    Heading(
        "roles",
        "All roles with children, own children and household",
        "Paid or not, anywhere.",
    ),
    Heading(
        "safety",
        "Safety of children now",
        "The named child, other children, the person’s own children.",
    ),
    Heading(
        "enquiries",
        "Section 47 enquiry and criminal investigation",
        "Whether each is needed; scope and plan; who interviews whom, and in which order.",
    ),
    Heading(
        "complex",
        "Organised, complex or institutional abuse",
        "Whether it could be, and what follows.",
    ),
    Heading(
        "discipline",
        "The employer’s process",
        "Whether it can run beside the others; what information may be shared.",
    ),
    Heading(
        "telling",
        "What may be told to whom",
        "The person, the child, parents, other parents, staff, the press: what, when, by whom.",
    ),
    Heading(
        "measures",
        "Suspension, restrictions or alternatives",
        "What was recommended; the employer’s decision with its reasons.",
    ),
    Heading(
        "support",
        "Support",
        "For the child and family; the support contact for the person.",
    ),
    Heading(
        "referrals",
        "Referral to the DBS or a regulator",
        "Whether it was considered, by whom, and what was decided.",
    ),
    Heading(
        "reconvening",
        "When to refer again or meet again",
        "What would bring this back before the review.",
    ),
    Heading(
        "reporting_back",
        "How the employer’s result reaches the LADO",
        "Who reports it, and by when.",
    ),
    Heading("decisions", "Decisions", "What was decided, and why."),
    Heading(
        "outcome",
        "Outcome, dissent and learning",
        "At the end: the outcome and its reasons on the balance of probabilities, who disagreed, "
        "and what was learned.",
    ),
)

BY_CODE: dict[str, Heading] = {heading.code: heading for heading in HEADINGS}
