"""Whether the names of adults are kept before their concern becomes a case (R-33), and how a name
that is not kept is recognised again."""

from datetime import date
from itertools import product

from lado.rules.names import bare, forename_words, surname_forms, swapped
from lado.rules.nicknames import related
from lado.rules.vocabulary import Labelled


class NamingPolicy(Labelled):
    NAMED = "named", "Named: each adult is recorded by name"
    UNNAMED = "unnamed", "Unnamed: role and setting only, until a case is opened"
    PSEUDONYMOUS = (
        "pseudonymous",
        "Pseudonymous: as unnamed, and a keyed hash recognises the same name later",
    )


# What somebody who types a name is told.
NOT_KEPT = {
    NamingPolicy.UNNAMED: "A new name is not kept before there is a case. What you type is "
    "compared with what is on record; then only role and organisation are kept.",
    NamingPolicy.PSEUDONYMOUS: "A new name and date of birth are not kept before there is a case. "
    "What you type is compared with what is on record; then only a keyed hash is kept, by which "
    "the same name is recognised later.",
}


def pseudonym_of(surname: str, forename: str, born: date | None) -> str:
    """What is hashed of somebody: how their name is written does not matter."""
    first = next(iter(forename_words(forename)), "")
    return _text(bare(surname), first, born)


def pseudonyms_asked(surname: str, forename: str, born: date | None) -> set[str]:
    """Whatever somebody who is called this now may have been called then: another form of the first
    name, one part of the surname, names or day and month swapped."""
    names = set(product({bare(form) for form in surname_forms(surname)}, _firsts(forename)))
    if forename:
        names |= set(product({bare(forename)}, _firsts(surname)))
    dates = {born, swapped(born)} - {None} if born else {None}
    return {_text(last, first, day) for (last, first), day in product(names, dates)}


def _firsts(forename: str) -> set[str]:
    words = forename_words(forename) or ("",)
    return {*words, *(other for word in words for other in related(word))}


def _text(surname: str, forename: str, born: date | None) -> str:
    return f"{surname}|{forename}|{born or ''}"
