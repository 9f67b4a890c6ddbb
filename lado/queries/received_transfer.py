"""What other authorities sent, and what of it comes with a case."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from lado import clock
from lado.extensions import db
from lado.models import Case, Consultation, ConsultationSubject, ReceivedTransfer, Term, User
from lado.queries import access, vocabulary
from lado.rules.received_discussion import ReceivedDiscussion, received_discussions
from lado.rules.received_facts import SentAllegation, SentFacts, SentPosition, sent_facts
from lado.rules.received_transfer import Received, received
from lado.rules.vocabulary import TermGroup
from lado.rules.words import normalise

FIRST_ADULT = 1
OTHER_AUTHORITY = "other_authority"


def transfers_to(case: Case) -> Sequence[ReceivedTransfer]:
    """Each is of the case of the first adult of its consultation."""
    query = (
        select(ReceivedTransfer)
        .join(
            ConsultationSubject,
            ConsultationSubject.consultation_id == ReceivedTransfer.consultation_id,
        )
        .where(ConsultationSubject.case_id == case.id, ConsultationSubject.number == FIRST_ADULT)
        .order_by(ReceivedTransfer.id)
    )
    return db.session.scalars(query).all()


def transfer_of(subject: ConsultationSubject) -> ReceivedTransfer | None:
    """Which told of this adult."""
    if subject.number != FIRST_ADULT:
        return None
    of_consultation = ReceivedTransfer.consultation_id == subject.consultation_id
    return db.session.scalar(select(ReceivedTransfer).where(of_consultation))


def taken_in_before(user: User, sha256: str) -> tuple[bool, Consultation | None]:
    """Whether the same was taken in, and as which consultation, if the user may know of it."""
    found = db.session.scalar(select(ReceivedTransfer).where(ReceivedTransfer.sha256 == sha256))
    if found is None:
        return False, None
    known = access.visible(user, Consultation).where(Consultation.id == found.consultation_id)
    return True, db.session.scalar(known)


def as_received(transfer: ReceivedTransfer) -> Received:
    return received(transfer.content.encode())


def discussions_elsewhere(case: Case) -> list[ReceivedDiscussion]:
    """Held before the case came here, the earliest first."""
    found = [
        each
        for transfer in transfers_to(case)
        for each in received_discussions(as_received(transfer))
    ]
    unique = {repr(each): each for each in found}.values()
    return sorted(unique, key=lambda each: each.held_on)


def senders(case: Case) -> str:
    """Of whom the case came, in words."""
    return " and ".join(dict.fromkeys(each.authority for each in transfers_to(case)))


@dataclass(frozen=True)
class TakenOver:
    """What comes with the case if a decision to progress is made, in the words of our lists."""

    facts: SentFacts
    discussions: Sequence[ReceivedDiscussion]

    @classmethod
    def of(cls, sent: Received) -> "TakenOver":
        facts = sent_facts(sent, today=clock.today())
        return cls(facts, list(received_discussions(sent)))

    def term(self, group: TermGroup, label: str) -> Term | None:
        return self._terms[group].get(normalise(label))

    def subcategory(self, allegation: SentAllegation) -> Term | None:
        category = self.term(TermGroup.CATEGORY, allegation.category)
        found = self.term(TermGroup.SUBCATEGORY, allegation.subcategory)
        return found if found and found.parent in (None, category) else None

    @cached_property
    def _terms(self) -> dict[TermGroup, dict[str, Term]]:
        """Those in use now, by their labels and the other words for them."""
        found = {}
        for group in LISTS:
            terms = vocabulary.terms(group, on=clock.today())
            others = {normalise(word): term for term in terms for word in term.synonyms}
            found[group] = others | {normalise(term.label): term for term in terms}
        return found

    @cached_property
    def categories_to_choose(self) -> list[str]:
        """As they call them, where none of ours is called so."""
        called = dict.fromkeys(each.category for each in self.facts.allegations)
        return [word or "not stated" for word in called if not self._is_category(word)]

    def _is_category(self, word: str) -> bool:
        return self.term(TermGroup.CATEGORY, word) is not None

    @cached_property
    def left_out(self) -> list[str]:
        return [*self.facts.doubts, *dict.fromkeys(self._not_of_our_lists())]

    def _not_of_our_lists(self) -> Iterator[str]:
        for place, each in enumerate(self.facts.allegations, start=1):
            if each.context and not self.term(TermGroup.CONTEXT, each.context):
                yield f"Allegation {place}: the context “{each.context}” is in no list here"
            if each.subcategory and not self.subcategory(each):
                word = each.subcategory
                yield f"Allegation {place}: the sub-category “{word}” is in no list here"
        for position in self.further_positions:
            yield from self._not_of_position(position)

    def _not_of_position(self, position: SentPosition) -> Iterator[str]:
        if position.role and not self.term(TermGroup.ROLE, position.role):
            yield f"Position: the role “{position.role}” is in no list here"
        if position.sector and not self.term(TermGroup.SECTOR, position.sector):
            yield f"Position: the sector “{position.sector}” is in no list here"

    @property
    def agency_of_authorities(self) -> Term | None:
        """What our lists call another authority."""
        terms = self._terms[TermGroup.AGENCY].values()
        return next((term for term in terms if term.code == OTHER_AUTHORITY), None)

    @property
    def further_positions(self) -> Sequence[SentPosition]:
        """Beside that of the case, which is typed into the consultation."""
        return self.facts.positions[1:]


LISTS = (
    TermGroup.CATEGORY, TermGroup.SUBCATEGORY, TermGroup.CONTEXT, TermGroup.ROLE,
    TermGroup.SECTOR, TermGroup.AGENCY,
)  # fmt: skip


def told_before(case: Case, subject: ConsultationSubject) -> Iterator[SentAllegation]:
    """By other files that came to the same case."""
    for transfer in transfers_to(case):
        if transfer.consultation_id != subject.consultation_id:
            yield from sent_facts(as_received(transfer), today=clock.today()).allegations


def taken_over(subject: ConsultationSubject) -> TakenOver | None:
    """None where nothing more comes: no file told of this adult, or their case is there."""
    transfer = transfer_of(subject) if subject.case_id is None else None
    return TakenOver.of(as_received(transfer)) if transfer else None
