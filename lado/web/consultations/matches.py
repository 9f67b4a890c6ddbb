"""People on record who may be meant, shown beside the name while it is typed (R-51)."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, request

from lado.models import Consultation, Organisation, Person, User
from lado.queries import (
    access,
    alerts,
    closed_match,
    contacts,
    held,
    matching,
    organisations,
    paging,
    pseudonyms,
)
from lado.queries.alerts import Raised
from lado.queries.consultations import Listed, newest
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
from lado.web.viewing import shown

# From here on a match is to be answered before a new person is recorded beside it.
ASKS_FROM = 0.8
NEW, UNSURE = "new", "unsure"
MOST_OF_A_PLACE = 3
ANSWERS = {NEW: Sameness.DIFFERENT, UNSURE: Sameness.UNSURE}
PREFIX = re.compile(r"adults-\d{1,2}")


@dataclass(frozen=True)
class Place:
    """An employer or setting on record, with all its contacts: how many, and the newest."""

    organisation: Organisation
    contacts: int
    newest: Sequence[Listed]
    alert: Raised | None


@dataclass(frozen=True)
class Matches:
    """`typed` is the folded name: an answer stands for that name only. `unnamed` are consultations
    about adults whose name was not kept, `speak_to` who may see a closed record that fits."""

    typed: str
    places: Sequence[Place] = ()
    found: Sequence[Found] = ()
    held: Mapping[int, Held] | None = None
    unnamed: Sequence[Listed] = ()
    speak_to: Sequence[str] = ()

    @property
    def any(self) -> bool:
        return bool(self.found or self.unnamed or self.speak_to or self.places)

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
    reader: User,
    surname: str,
    forename: str,
    born: date | None,
    places: Collection[Organisation],
    but: Consultation | None = None,
) -> Matches:
    """`places` are where they work and where it happened, as far as these are on record. `but` is
    the consultation that is being changed: it is not earlier than itself."""
    typed = fold(f"{surname} {forename}")
    known = [_place(reader, each, but) for each in places]
    if not (typed or born):
        return Matches(typed, known)
    asked = Identity([Called(surname, forename)], born, places={each.folded for each in places})
    found = matching.find(reader, asked)
    return Matches(
        typed,
        known,
        found,
        held.held(reader, [each.person for each in found], but=but),
        pseudonyms.unnamed_like(reader, asked, but=but.id if but else None)
        if fold(surname)
        else (),
        closed_match.speak_to(reader, asked),
    )


def _place(reader: User, organisation: Organisation, but: Consultation | None) -> Place:
    of = contacts.contacts_of(reader, organisation).where(Consultation.id != (but.id if but else 0))
    return Place(
        organisation,
        paging.count(of),
        newest(of, MOST_OF_A_PLACE),
        alerts.raised(reader, organisation),
    )


def places_called(*names: str) -> list[Organisation]:
    """Those on record of exactly these names, where one name means one place."""
    found = [organisations.called(name) for name in names if name]
    return list(dict.fromkeys(each[0] for each in found if len(each) == 1))


class MatchForm(Form):
    surname = TextField("Surname", longest=100)
    forename = TextField("Forenames", longest=100)
    date_of_birth = DateField("Date of birth")
    organisation = TextField("Employer", longest=200)
    setting = TextField("Where it happened", longest=200)


@blueprint.post("/matches")
@requires(Permission.CONSULTATION_LOG)
def matches() -> dict[str, str]:
    """A part of the call page, asked for by its script. `prefix` names the block it is for; `but`
    in the address is the consultation that is being changed."""
    form = MatchForm()
    changed = request.args.get("but")
    but = access.get_consultation(user(), changed, Permission.CONSULTATION_LOG) if changed else None
    prefix = request.form.get("prefix", "")
    if not form.validate() or not PREFIX.fullmatch(prefix):
        return {"html": ""}
    places = places_called(form.organisation.data or "", form.setting.data or "")
    found = look(
        user(),
        form.surname.data or "",
        form.forename.data or "",
        form.date_of_birth.data,
        places,
        but,
    )
    if found.any:
        services.searched(found=len(found.found), by=user())
    shown(each.person for each in found.found)
    return {
        "html": render_template(
            "consultations/_matches.html", matches=found, name=f"{prefix}-known"
        )
    }
