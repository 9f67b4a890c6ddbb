"""What is alleged, as minutes begin with it: a text to be edited there. Whoever told us in
confidence is not named."""

from collections.abc import Iterator
from datetime import date

from lado import clock
from lado.models import Allegation, Case
from lado.queries.callers import unnamed
from lado.rules.vocabulary import DatePrecision
from lado.rules.words import long_day

NO_OUTCOME = "No outcome yet."


def allegations_on(case: Case, day: date) -> str:
    """As the record had it that day: what was told later is not in it, nor a later outcome."""
    known = [each for each in case.allegations if each.is_primary or _known_since(each) <= day]
    return unnamed(case)("\n\n".join("\n".join(_lines(each, day)) for each in known))


def _known_since(allegation: Allegation) -> date:
    if allegation.subject:
        return allegation.subject.consultation.received_on
    return allegation.entered_at.astimezone(clock.LONDON).date()


def _lines(allegation: Allegation, day: date) -> Iterator[str]:
    kind = allegation.subcategory or allegation.category
    yield f"Allegation {allegation.number}: {kind.label}"
    if allegation.description:
        yield allegation.description
    if said := ", ".join(filter(None, (happened(allegation), allegation.place))):
        yield f"When and where: {said}"
    if allegation.children:
        numbers = ", ".join(str(each.number) for each in allegation.children)
        yield f"Children concerned, by number: {numbers}"
    stood = [
        each
        for each in allegation.outcomes
        if each.decided_on <= day and (each.ended_on is None or day < each.ended_on)
    ]
    yield f"Outcome: {stood[0].outcome.label}" if stood else NO_OUTCOME


def happened(allegation: Allegation) -> str:
    """Empty where it is not known."""
    first, last = (each and long_day(each) for each in
                   (allegation.happened_from, allegation.happened_to))  # fmt: skip
    match allegation.happened_precision:
        case DatePrecision.BETWEEN:
            return f"between {first} and {last}"
        case DatePrecision.ABOUT:
            return f"about {first}"
        case _:
            return first or ""
