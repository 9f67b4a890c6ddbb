"""Whether the place of a discussion may stand in its invitation, which names nobody."""

import re
from collections.abc import Iterator

from lado.models import Case, Organisation, StrategyDiscussion
from lado.queries.callers import holds_name, unnamed
from lado.rules.advice import SHORTEST_NAME, names_in
from lado.rules.folding import fold

_POSSESSIVE = re.compile(r"[’']s\b", re.IGNORECASE)


def place_to_say(discussion: StrategyDiscussion) -> str:
    """Empty where what was typed names the person, a child, a setting or a caller of the case."""
    place, case = discussion.place or "", discussion.case
    bare = _POSSESSIVE.sub("", place)
    folded = f" {fold(bare)} "
    settings = (words for each in _organisations(case) for words in _spellings(each))
    if (
        holds_name(place, unnamed(case))
        or names_in(bare, _people(case))
        or any(f" {words} " in folded for words in settings)
    ):
        return ""
    return place


def _people(case: Case) -> Iterator[str]:
    if case.person:
        yield from (str(name) for name in case.person.names)
    yield from (child.name for child in case.child_records if child.name)


def _organisations(case: Case) -> Iterator[Organisation]:
    for subject in case.subjects:
        yield from filter(None, (subject.consultation.setting, subject.position.organisation))
    yield from filter(None, (case.organisation, case.position.organisation))


def _spellings(organisation: Organisation) -> Iterator[str]:
    """The first word too that is long enough to know it by; the last is often only its kind."""
    words = fold(organisation.name)
    yield words
    yield from [word for word in words.split() if len(word) > SHORTEST_NAME][:1]
