"""What is to be said of a result of a strand, by the codes of the shipped terms (domain.md 2.7)."""

from lado.rules.vocabulary import StrandKind

# What is on the way and no end (domain.md 3.4): a strand does not end with it.
STAGES: dict[StrandKind, frozenset[str]] = {
    StrandKind.POLICE: frozenset({"interview", "arrested", "bail", "charged"}),
    StrandKind.SOCIAL_CARE: frozenset(),
    StrandKind.EMPLOYER: frozenset(),
}
RESULT_WARNINGS = {
    "settlement": "A settlement agreement goes against the guidance: the enquiry is to be finished "
    "and recorded all the same, no reference may be agreed that leaves it out, and the duty to "
    "refer to the DBS stands.",
    "resigned": "That somebody resigned ends nothing: the enquiry is to be finished, and the duty "
    "to refer to the DBS stands.",
}
