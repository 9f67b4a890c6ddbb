"""Of a text that is kept: the agency it came from, and what may be disclosed of it (R-41)."""

from lado.rules.vocabulary import DisclosureClass, TermGroup
from lado.web.forms import EnumField, TermField


def agency_field() -> TermField:
    return TermField(
        "Which agency did it come from?",
        group=TermGroup.AGENCY,
        hint="Leave this empty if it is the council’s own",
    )


def disclosure_field() -> EnumField:
    return EnumField(
        "If the person asks for their records",
        enum=DisclosureClass,
        radios=False,
        called="What may be disclosed",
        required="Say what may be disclosed",
    )
