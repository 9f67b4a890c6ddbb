"""Which names on record might stand in a text that is to be published. Only of those that the
reader may know of: otherwise a name typed would tell whether somebody is on record."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import ColumnElement, or_

from lado.extensions import db
from lado.models import Organisation, OrganisationName, User
from lado.queries import names_on_record
from lado.queries.access import visible
from lado.rules.folding import words
from lado.rules.permissions import Permission
from lado.rules.protection import told_in
from lado.rules.public_text import Finding, beginnings, findings

AT_ONCE = 200
Condition = Callable[[Any], ColumnElement[bool]]


def findings_in(text: str, rare: Iterable[str], user: User) -> list[Finding]:
    told = told_in(text)
    people = [
        name
        for name in dict.fromkeys(names_on_record.known_to(user))
        if told(name.surname) or told(name.forename)
    ]
    return findings(text, people=people, places=_places(text, user), rare=rare)


def _places(text: str, user: User) -> list[str]:
    """Organisations of which a name begins with two words of the text, or is one of them."""
    if not user.can(Permission.ORGANISATION_VIEW):
        return []
    found: dict[str, None] = {}
    pairs = sorted({f"{one} {two}" for one, two in beginnings(text) if two})
    for some in _batches(pairs):
        found |= dict.fromkeys(_named(_beginning_with(some), user))
    alone = {each for word in words(text) for each in (word, word.removesuffix("s"))}
    for some in _batches(sorted(alone)):
        found |= dict.fromkeys(_named(_in(some), user))
    return sorted(found)


def _beginning_with(some: list[str]) -> Condition:
    return lambda folded: or_(*(folded.between(each, f"{each}!") for each in some))


def _in(some: list[str]) -> Condition:
    return lambda folded: folded.in_(some)


def _named(condition: Condition, user: User) -> list[str]:
    query = visible(user, Organisation).outerjoin(Organisation.other_names)
    return [
        name
        for source in (Organisation, OrganisationName)
        for name in db.session.scalars(
            query.where(condition(source.folded)).with_only_columns(source.name).distinct()
        )
    ]


def _batches(listed: list[str]) -> list[list[str]]:
    return [listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE)]
