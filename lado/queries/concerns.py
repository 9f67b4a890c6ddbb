"""What is on record about the person and the setting of a case besides it: the text with which the
minutes begin under that heading. It names nobody and tells of nothing that its writer, or anybody
else who may see the case, may not know. What is open to named people only stands between the marks
of what a copy leaves out, since minutes go further than the case does."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import selectinload

from lado.extensions import db
from lado.models import Case, Consultation, ConsultationSubject, Decision, Organisation, User
from lado.queries import access, alerts, consultations, linked
from lado.queries.case_standing import outcomes_on
from lado.queries.records_of import cases_about
from lado.rules.alerts import alert
from lado.rules.case_outcome import overall_outcome
from lado.rules.permissions import Permission
from lado.rules.redaction import CLOSES, OPENS
from lado.rules.vocabulary import AWAITING_DECISION, CaseStatus
from lado.rules.words import long_day

MOST = 20


def earlier_concerns(user: User, case: Case, day: date) -> str:
    """As it stood on the day of the meeting."""
    told = _Told(user, case, day)
    settings = (told.about_setting(setting) for setting in told.settings())
    return "\n\n".join(filter(None, [told.about_person(), *settings]))


class _Told:
    def __init__(self, user: User, case: Case, day: date) -> None:
        self.user, self.case, self.day = user, case, day
        self.readers = access.who_see(case)
        self.own = {subject.consultation_id for subject in case.subjects}

    def about_person(self) -> str:
        person = self.case.person
        if person is None or not self.user.can(Permission.PERSON_VIEW):
            return ""
        about = self._contacts().where(consultations.about(person))
        ids = set(db.session.scalars(linked.ids(person)))
        return self._listed("The person", [*self._cases(), *self._lines(about, ids)])

    def about_setting(self, setting: Organisation) -> str:
        """Contacts about the same person are told of above."""
        there = self._known().where(consultations.at([setting.id]))
        others = self._contacts().where(consultations.at([setting.id]))
        if self.case.person:
            others = others.where(~consultations.about(self.case.person))
        return self._listed(setting.name, [*self._adds_up(there), *self._lines(others)])

    def settings(self) -> Iterator[Organisation]:
        """Where they work and where it happened, each once."""
        known = self._known().where(Consultation.id.in_(self.own))
        happened = [each.setting for each in db.session.scalars(known)]
        stated = (self.case.organisation, self.case.position.organisation, *happened)
        yield from dict.fromkeys(each for each in stated if each)

    def _known(self) -> Select[Consultation]:
        return access.visible(self.user, Consultation).where(
            access.known_to_all(self.readers, Consultation), Consultation.received_on <= self.day
        )

    def _contacts(self) -> Select[Consultation]:
        return self._known().where(Consultation.id.not_in(self.own))

    def _lines(self, query: Select[Consultation], of: set[int] | None = None) -> list[str]:
        """`of`: ids of the person's records, where only they are told of."""
        subjects = selectinload(Consultation.subjects)
        decided = subjects.selectinload(ConsultationSubject.decisions).joinedload(Decision.term)
        newest = query.order_by(Consultation.received_on.desc(), Consultation.id.desc())
        found = db.session.scalars(newest.limit(MOST + 1).options(decided)).all()
        closed = _closed(Consultation, [each.id for each in found])
        return [
            _line(
                f"{long_day(each.received_on)}, {each.reference}: {self._decided(each, of)}",
                closed=each.id in closed,
            )
            for each in found
        ]

    def _decided(self, consultation: Consultation, of: set[int] | None) -> str:
        standing = [
            decision.term.label
            for subject in consultation.subjects
            if of is None or subject.person_id in of
            for decision in subject.decisions
            if (decision.decided_on or consultation.received_on) <= self.day
            and (decision.ended_on is None or decision.ended_on > self.day)
        ]
        return "; ".join(dict.fromkeys(standing)) or AWAITING_DECISION

    def _cases(self) -> list[str]:
        if self.case.person is None:
            return []
        about = [
            each
            for each in cases_about(self.user, self.case.person)
            if each.id != self.case.id and each.spells[0].opened_on <= self.day
        ]
        ids = [each.id for each in about]
        known = _among(Case, ids, access.known_to_all(self.readers, Case))
        closed = _closed(Case, ids)
        return [
            _line(
                f"{long_day(each.received_on)}, case {each.reference}: {self._came_of(each)}",
                closed=each.id in closed,
            )
            for each in about
            if each.id in known
        ]

    def _came_of(self, case: Case) -> str:
        outcome = overall_outcome(outcomes_on(case, self.day))
        opened = [spell for spell in case.spells if spell.opened_on <= self.day]
        concluded = opened[-1].concluded_on
        is_open = concluded is None or concluded > self.day
        return (outcome or (CaseStatus.OPEN if is_open else CaseStatus.CONCLUDED)).label

    def _adds_up(self, there: Select[Consultation]) -> Iterator[str]:
        """A number cannot be withheld: what is open to named people only is not counted."""
        open_to_all = there.where(~access.open_to_named_only(Consultation))
        days = db.session.scalars(open_to_all.with_only_columns(Consultation.received_on))
        number, months = alerts.numbers()
        if raised := alert(days, contacts=number, months=months, today=self.day):
            yield f"- {raised.contacts} contacts in {months} months"

    def _listed(self, about: str, lines: Sequence[str]) -> str:
        day = long_day(self.day)
        if not lines:
            nothing = f"nothing else is on record up to {day}"
            return f"{about}: {nothing} that those who read this may know of."
        more = ["- and more"] if len(lines) > MOST else []
        return "\n".join([f"{about}, from the record up to {day}:", *lines[:MOST], *more])


def _line(text: str, *, closed: bool) -> str:
    return f"- {OPENS}{text}{CLOSES}" if closed else f"- {text}"


def _closed(thing: type[Case | Consultation], ids: Sequence[int]) -> set[int]:
    return _among(thing, ids, access.open_to_named_only(thing))


def _among(
    thing: type[Case | Consultation], ids: Sequence[int], condition: ColumnElement[bool]
) -> set[int]:
    return set(db.session.scalars(select(thing.id).where(thing.id.in_(ids), condition)))
