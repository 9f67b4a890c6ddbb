"""Deciding about an adult, opening the consultation again, adding a note."""

from typing import Any

from lado import clock
from lado.models import Case, ConsultationSubject, User
from lado.queries import users, vocabulary
from lado.queries.joinable import joinable_cases
from lado.queries.received_transfer import taken_over
from lado.rules.permissions import Permission
from lado.rules.threshold import Limb, limbs_on
from lado.rules.vocabulary import (
    CaseStatus,
    DecisionStage,
    Direction,
    DisclosureClass,
    EarlierRecords,
    NoteKind,
    TermGroup,
)
from lado.services.decision import DecisionDetails, missing_weight
from lado.services.note import NoteContact
from lado.services.received_facts import WHICH_CATEGORY
from lado.web.consultations.follow_up_forms import FollowUpFields
from lado.web.forms import (
    CheckboxesField,
    Choice,
    ChoiceField,
    DateField,
    EnumField,
    Form,
    TermField,
    TextAreaField,
    TextField,
    TimeField,
    VersionedForm,
    YesNoField,
)
from lado.web.text_source import agency_field, disclosure_field

NEW_CASE = "new"


class DecideForm(FollowUpFields, VersionedForm):
    """About one adult. What stood before is offered again when it is decided anew."""

    earlier_records = EnumField(
        "Were earlier records considered?",
        enum=EarlierRecords,
        required="Say whether earlier records were considered",
    )
    earlier_weight = TextAreaField(
        "Which records, and what weight they were given",
        hint="If none of those listed above counts, say why",
        called="The weight given",
        longest=5_000,
        rows=3,
    )
    limbs = CheckboxesField("Which criteria of the threshold are met?", called="The criteria")
    primary_limb = ChoiceField(
        "Which of them is the main one?",
        hint="Needed only when more than one is met",
        called="The main one",
    )
    tier_id = TermField("Tier", group=TermGroup.TIER)
    term_id = ChoiceField(
        "What is decided?", called="The decision", required="Choose what is decided", radios=False
    )
    sent_category_id = TermField(
        "If it progresses, which category is it?",
        called="The category",
        group=TermGroup.CATEGORY,
        radios=False,
    )
    reasons = TextAreaField(
        "Reasons for the decision",
        required="Enter the reasons for the decision",
        called="The reasons",
        rows=6,
    )
    advice = TextAreaField("Advice given", rows=6)
    decided_on = DateField(
        "When was it decided?",
        called="The date of the decision",
        required="Enter the date of the decision",
        past=True,
    )
    case = ChoiceField("If it progresses, in which case?", called="The case", radios=True)
    further_allegation = YesNoField(
        "If it joins a case, does it tell of a further allegation?",
        hint="Yes adds an allegation to that case, with an outcome of its own. No, if somebody "
        "else told of the same before.",
        not_known=False,
        called="Whether it is a further allegation",
    )

    decided_by = ChoiceField(
        "Who decided?", called="Who decided", required="Choose who decided", radios=False
    )

    def __init__(
        self, user: User, subject: ConsultationSubject, *, earlier_there: bool, **options: Any
    ) -> None:
        super().__init__(record=subject.consultation, **options)
        self.subject = subject
        self.sent = taken_over(subject)
        self.earlier_there = earlier_there
        self.offer_owners(user)
        self._progress: set[int] = set()
        self._offer_decisions()
        deciders = users.colleagues(Permission.CONSULTATION_DECIDE)
        self.decided_by.choices = [Choice(each.public_id, each.name, each) for each in deciders]
        in_force = [Choice(limb.value, limb.label, limb) for limb in _limbs(subject)]
        self.limbs.choices = in_force
        self.primary_limb.choices = in_force
        if subject.case is None:
            self._offer_cases(user, subject)

    @classmethod
    def about(
        cls, user: User, subject: ConsultationSubject, *, earlier_there: bool
    ) -> "DecideForm":
        """`earlier_there`: earlier records are shown above the form."""
        data = {
            "version": subject.consultation.version,
            "decided_on": clock.today(),
            "decided_by": user,
        } | _grounds(subject)
        return cls(user, subject, earlier_there=earlier_there, data=data)

    def saved(self, record: Any) -> dict[str, Any]:
        """Of this adult: the decision that stands now, and what it was made on."""
        standing = self.subject.decision
        columns = ("term_id", "tier_id", "reasons", "advice", "decided_on") if standing else ()
        return _grounds(self.subject) | {name: getattr(standing, name) for name in columns}

    def _offer_decisions(self) -> None:
        choices = []
        for term in vocabulary.terms(TermGroup.DECISION, on=clock.today()):
            heading = term.stage.label if term.stage else ""
            choices.append(Choice(str(term.id), term.label, term.id, group=heading))
            if term.stage is DecisionStage.PROGRESS:
                self._progress.add(term.id)
        self.term_id.choices = choices

    def _offer_cases(self, user: User, subject: ConsultationSubject) -> None:
        cases = joinable_cases(user, subject)
        if cases:
            self.case.choices = [
                Choice(NEW_CASE, "Open a new case", NEW_CASE),
                *(Choice(case.public_id, _introduce(case), case) for case in cases),
            ]

    @property
    def progresses(self) -> bool:
        return self.term_id.data in self._progress

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if message := missing_weight(
            self.earlier_records.data, self.earlier_weight.data, any_there=self.earlier_there
        ):
            self.earlier_weight.errors = [message]
            valid = False
        if self.progresses and self.case.choices and self.case.data is None:
            self.case.errors = ["Choose whether to open a new case or to join one"]
            valid = False
        joins = self.progresses and isinstance(self.case.data, Case)
        if joins and self.further_allegation.data is None:
            self.further_allegation.errors = ["Say whether it tells of a further allegation"]
            valid = False
        if self.asks_category and self._brings_allegations() and not self.sent_category_id.data:
            self.sent_category_id.errors = [WHICH_CATEGORY]
            valid = False
        return valid

    @property
    def asks_category(self) -> bool:
        return bool(self.sent and self.sent.categories_to_choose)

    def _brings_allegations(self) -> bool:
        joins = isinstance(self.case.data, Case)
        return self.progresses and not (joins and self.further_allegation.data is False)

    def decision(self) -> DecisionDetails:
        chosen = self.case.data if self.progresses else None
        return DecisionDetails(
            term_id=self.term_id.data,
            reasons=self.reasons.data,
            decided_on=self.decided_on.data,
            earlier_records=self.earlier_records.data,
            earlier_weight=self.earlier_weight.data,
            limbs=self.limbs.data,
            primary_limb=self.primary_limb.data,
            tier_id=self.tier_id.data,
            advice=self.advice.data,
            case=chosen if isinstance(chosen, Case) else None,
            further_allegation=self.further_allegation.data is not False,
            decided_by=self.decided_by.data,
            follow_up=self.follow_up(),
            sent_category_id=self.sent_category_id.data,
        )


class ReopenForm(VersionedForm):
    reason = TextAreaField(
        "Why is it opened again?",
        required="Enter why this consultation is opened again",
        called="The reason",
        longest=5_000,
    )


class NoteForm(Form):
    text = TextAreaField("Note", required="Enter the note", called="The note", longest=20_000)
    happened_on = DateField(
        "When did it happen?",
        hint="The day of the call, message or event",
        called="The date of the note",
        required="Enter the date of what it tells",
        past=True,
    )
    happened_at = TimeField("At what time?", hint="For example, 14:30", called="The time")
    kind = EnumField(
        "Was it a call or message?",
        hint="Leave this empty for a note of your own",
        enum=NoteKind,
        radios=False,
        called="The kind of call or message",
    )
    direction = EnumField("Who contacted whom?", enum=Direction, radios=False)
    other_party = TextField("Who was it with?", hint="Name and role", called="Who it was with")
    agency_id = agency_field()
    disclosure = disclosure_field()

    @classmethod
    def of_today(cls) -> "NoteForm":
        undetermined = DisclosureClass.UNDETERMINED
        return cls(data={"happened_on": clock.today(), "disclosure": undetermined})

    def contact(self) -> NoteContact:
        return NoteContact(
            kind=self.kind.data,
            direction=self.direction.data,
            other_party=self.other_party.data,
            happened_at=self.happened_at.data,
        )


def _grounds(subject: ConsultationSubject) -> dict[str, Any]:
    several = len(subject.limbs) > 1
    return {
        "earlier_records": subject.earlier_records,
        "earlier_weight": subject.earlier_weight,
        "limbs": [row.limb for row in subject.limbs],
        "primary_limb": next((r.limb for r in subject.limbs if r.is_primary and several), None),
    }


def _limbs(subject: ConsultationSubject) -> list[Limb]:
    return limbs_on(subject.consultation.received_on)


def _introduce(case: Case) -> str:
    role, place = case.position.role, case.organisation or case.position.organisation
    who = str(case.person.name) if case.person else role.label if role else "adult"
    words = [f"Join {case.reference}", *([who] if case.organisation is None else [])]
    if case.person is None and case.organisation is None:
        words.append("not named")
    if place:
        words.append(place.name)
    if case.status is not CaseStatus.OPEN:
        words.append(case.status.label.lower())
    return ", ".join(words)
