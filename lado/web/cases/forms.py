"""The forms of the case as a whole, and of how it ends."""

from lado import clock
from lado.models import Case, User
from lado.rules.vocabulary import Children, TermGroup
from lado.services.case_closure import Closure
from lado.web.forms import (
    Choice,
    ChoiceField,
    DateField,
    EnumField,
    IntegerField,
    TermField,
    TextAreaField,
    VersionedForm,
    YesNoField,
)


class OwnerForm(VersionedForm):
    owner = ChoiceField("Who works on this case?", required="Choose who works on this case")

    @classmethod
    def of(cls, case: Case, owners: list[User]) -> "OwnerForm":
        form = cls(obj=case)
        form.owner.choices = [Choice(each.public_id, each.name, each) for each in owners]
        return form


class FactsForm(VersionedForm):
    children = EnumField("How many children?", enum=Children, called="How many children")
    children_count = IntegerField(
        "Number of children",
        called="The number of children",
        hint="If it is known",
        least=1,
        most=10_000,
    )
    legal_position_of_trust = YesNoField(
        "Is an offence by a person in a position of trust in question?",
        hint="Under sections 16 to 22A of the Sexual Offences Act 2003, which is narrower than "
        "working with children",
        called="Position of trust offence",
    )


class LiftForm(VersionedForm):
    lifted_on = DateField(
        "When was it lifted?",
        called="The date it was lifted",
        required="Enter when the restriction was lifted",
        past=True,
    )
    reason = TextAreaField(
        "Why was it lifted?",
        hint="For example, the person was charged, or a court allowed it",
        called="The reason",
        required="Enter why the restriction was lifted",
        longest=2_000,
    )


class NoRestrictionForm(VersionedForm):
    reason = TextAreaField(
        "Why is none needed?",
        hint="For example, no criminal offence is alleged, or not by or for a pupil of the school",
        called="The reason",
        required="Enter why no reporting restriction is needed",
        longest=2_000,
    )


class CloseForm(VersionedForm):
    reason_id = TermField(
        "Why is the case closed?",
        group=TermGroup.CLOSURE_REASON,
        required="Choose why the case is closed",
        called="The reason",
        radios=False,
    )
    concluded_on = DateField(
        "When was it concluded?",
        called="The date it was concluded",
        required="Enter when the case was concluded",
        past=True,
    )
    note = TextAreaField("Summary of how it ended", called="The summary", longest=20_000)

    @classmethod
    def of(cls, case: Case) -> "CloseForm":
        return cls(data={"version": case.version, "concluded_on": clock.today()})

    def ending(self) -> Closure:
        return Closure(self.concluded_on.data, self.reason_id.data, self.note.data)


class AnswerForm(VersionedForm):
    note = TextAreaField(
        "Why?",
        hint="Kept as a note on the case",
        called="The reason",
        required="Enter why",
        longest=5_000,
    )


class ReopenForm(VersionedForm):
    reopened_on = DateField(
        "From when is it open again?",
        called="The date it was reopened",
        required="Enter from when it is open again",
        past=True,
    )
    reason = TextAreaField(
        "Why is it reopened?",
        called="The reason",
        required="Enter why the case is reopened",
        longest=5_000,
    )
    review_on = DateField(
        "When is the next discussion or review?",
        called="The day of the next discussion or review",
        required="Enter when the next discussion or review is",
    )

    @classmethod
    def of(cls, case: Case) -> "ReopenForm":
        return cls(data={"version": case.version, "reopened_on": clock.today()})
