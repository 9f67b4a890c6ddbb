"""What is on record about the same adult and the same place, before a decision is made (R-51)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lado.models import Consultation, ConsultationSubject, User
from lado.queries import access, closed_match, held, matching, pseudonyms, same_person
from lado.queries.consultations import Listed, about, at, newest
from lado.queries.held import Held
from lado.queries.matching import Found

MOST_EARLIER = 20


@dataclass(frozen=True)
class Earlier:
    """Other consultations, the newest first, whatever came of them: about the same person by all
    their records, about adults not named who may be the same, and at the same organisation.

    One more than MOST_EARLIER says that there are more. `may_be_same` are people of whom nobody
    has said yet whether they are this one; `held` is what is held of them, by their id. `speak_to`
    are those who may see a closed record that fits.
    """

    about_person: Sequence[Listed]
    unnamed: Sequence[Listed]
    at_organisation: Sequence[Listed]
    may_be_same: Sequence[Found]
    held: Mapping[int, Held]
    speak_to: Sequence[str]

    @property
    def is_any(self) -> bool:
        """Whether a decision has something to weigh."""
        known = self.about_person or self.unnamed or self.at_organisation
        return bool(known) or any(of.contacts or of.cases for of in self.held.values())


def earlier_than_decision(user: User, subject: ConsultationSubject) -> Earlier:
    """The place is that of the position, or where it happened."""
    others = access.visible(user, Consultation).where(Consultation.id != subject.consultation_id)
    stated = subject.position.organisation_id, subject.consultation.setting_id
    places = {place for place in stated if place}
    at_organisation = newest(others.where(at(places)), MOST_EARLIER + 1) if places else ()
    person = subject.person
    if person is None:
        unnamed = pseudonyms.like(user, subject)
        return Earlier((), unnamed, at_organisation, (), {}, ())
    identity = matching.with_given(user, person)
    beside = {other.person_id for other in subject.consultation.subjects if other.person_id}
    found = same_person.may_be_same(user, person, but=beside)
    return Earlier(
        newest(others.where(about(person)), MOST_EARLIER + 1),
        pseudonyms.unnamed_like(user, identity, but=subject.consultation_id),
        at_organisation,
        found,
        held.held(user, [each.person for each in found], but=subject.consultation),
        closed_match.speak_to(user, identity),
    )
