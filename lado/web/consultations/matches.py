"""People on record who may be meant, shown beside the name while it is typed (R-51)."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, request

from lado.models import Person, User
from lado.queries import closed_match, held, matching, pseudonyms
from lado.queries.consultations import Listed
from lado.queries.held import Held
from lado.queries.matching import Found
from lado.rules.folding import fold
from lado.rules.matching import Called, Identity
from lado.rules.permissions import Permission
from lado.rules.vocabulary import Sameness
from lado.services import person as services
from lado.web.consultations.blueprint import blueprint
from lado.web.forms import Choice, DateField, Form, TextField
from lado.web.guard import requires, user

# From here on a match is to be answered before a new person is recorded beside it.
ASKS_FROM = 0.8
NEW, UNSURE = "new", "unsure"
ANSWERS = {NEW: Sameness.DIFFERENT, UNSURE: Sameness.UNSURE}
PREFIX = re.compile(r"adults-\d{1,2}")


@dataclass(frozen=True)
class Matches:
    """`typed` is the folded name: an answer stands for that name only. `unnamed` are consultations
    about adults whose name was not kept, `speak_to` who may see a closed record that fits."""

    typed: str
    found: Sequence[Found] = ()
    held: Mapping[int, Held] | None = None
    unnamed: Sequence[Listed] = ()
    speak_to: Sequence[str] = ()

    @property
    def any(self) -> bool:
        return bool(self.found or self.unnamed or self.speak_to)

    @property
    def asks(self) -> bool:
        return any(each.match.score >= ASKS_FROM for each in self.found)

    @property
    def choices(self) -> list[Choice]:
        people = [Choice(f.person.public_id, str(f.person.name), f.person) for f in self.found]
        if not people:
            return []
        return [
            *people,
            Choice(f"{NEW} {self.typed}", "None of these: a new person", NEW),
            Choice(f"{UNSURE} {self.typed}", "Not sure: a new person for now", UNSURE),
        ]

    def judged(self, answer: object) -> list[tuple[Person, Sameness]]:
        """Of each that was shown, what the answer says."""
        sameness = ANSWERS.get(str(answer))
        return [(each.person, sameness) for each in self.found] if sameness else []


def look(
    reader: User, surname: str, forename: str, born: date | None, places: Collection[str]
) -> Matches:
    typed = fold(f"{surname} {forename}")
    if not (typed or born):
        return Matches(typed)
    asked = Identity([Called(surname, forename)], born, places=places)
    found = matching.find(reader, asked)
    return Matches(
        typed,
        found,
        held.held(reader, [each.person for each in found]),
        pseudonyms.unnamed_like(reader, asked) if fold(surname) else (),
        closed_match.speak_to(reader, asked),
    )


class MatchForm(Form):
    surname = TextField("Surname", longest=100)
    forename = TextField("Forenames", longest=100)
    date_of_birth = DateField("Date of birth")
    organisation = TextField("Employer", longest=200)


@blueprint.post("/matches")
@requires(Permission.CONSULTATION_LOG)
def matches() -> dict[str, str]:
    """A part of the call page, asked for by its script. `prefix` names the block it is for."""
    form = MatchForm()
    prefix = request.form.get("prefix", "")
    if not form.validate() or not PREFIX.fullmatch(prefix):
        return {"html": ""}
    places = {fold(form.organisation.data or "")} - {""}
    found = look(
        user(), form.surname.data or "", form.forename.data or "", form.date_of_birth.data, places
    )
    if found.any:
        services.searched(found=len(found.found), by=user())
    return {
        "html": render_template(
            "consultations/_matches.html", matches=found, name=f"{prefix}-known"
        )
    }
