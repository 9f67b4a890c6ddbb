"""The forms of the case as a whole, and of how it ends."""

from typing import Any

from flask import request

from lado import clock
from lado.models import Case, User
from lado.queries import vocabulary
from lado.queries.cases import SORTS, Filters
from lado.rules.timescales import Band
from lado.rules.vocabulary import CaseStatus, Children, TermGroup
from lado.services.case_closure import Closure
from lado.web.forms import (
    Choice,
    ChoiceField,
    ConfirmField,
    DateField,
    EnumField,
    Form,
    IntegerField,
    TermField,
    TextAreaField,
    VersionedForm,
    YesNoField,
)

NEWEST = "-received"


class ListForm(Form):
    """Sent in the address, which holds no name."""

    class Meta(Form.Meta):
        csrf = False

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            return formdata

    status = EnumField("Status", enum=CaseStatus, radios=False)
    sector = ChoiceField("Sector", radios=False)
    category = ChoiceField("Category", radios=False)
    band = EnumField("Age of open cases", enum=Band, radios=False)
    mine = ConfirmField("Mine")
    overdue = ConfirmField("Something is overdue")

    def __init__(self) -> None:
        super().__init__(formdata=request.args)
        self.sector.choices = _terms(TermGroup.SECTOR)
        self.category.choices = _terms(TermGroup.CATEGORY)

    @property
    def sort(self) -> str:
        asked = request.args.get("sort", NEWEST)
        return asked if asked.removeprefix("-") in SORTS else NEWEST

    @property
    def is_narrowed(self) -> bool:
        return any(field.data or field.problem for field in self)

    def filters(self) -> Filters:
        return Filters(
            mine=self.mine.data,
            status=self.status.data,
            sector_id=self.sector.data,
            category_id=self.category.data,
            band=self.band.data,
            overdue=self.overdue.data,
        )


def _terms(group: TermGroup) -> list[Choice]:
    """Retired words too: old cases have them."""
    return [Choice(str(term.id), term.label, term.id) for term in vocabulary.terms(group)]


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

    @classmethod
    def of(cls, case: Case) -> "ReopenForm":
        return cls(data={"version": case.version, "reopened_on": clock.today()})
