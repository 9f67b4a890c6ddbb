"""What is to be said of a result of a strand, by the codes of the shipped terms (domain.md 2.7)."""

RESULT_WARNINGS = {
    "settlement": "A settlement agreement goes against the guidance: the enquiry is to be finished "
    "and recorded all the same, no reference may be agreed that leaves it out, and the duty to "
    "refer to the DBS stands.",
    "resigned": "That somebody resigned ends nothing: the enquiry is to be finished, and the duty "
    "to refer to the DBS stands.",
}
