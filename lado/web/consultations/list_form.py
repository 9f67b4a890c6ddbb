"""What a list of consultations is narrowed to. Sent in the address, which holds no name."""

from typing import Any

from flask import request

from lado.queries.consultations import Chosen, terms_to_choose
from lado.rules.vocabulary import ConsultationStatus, DecisionStage, TermGroup
from lado.web.forms import Choice, ChoiceField, ConfirmField, DateField, EnumField, Form

NEWEST, OLDEST = "-received", "received"


class ListForm(Form):
    class Meta(Form.Meta):
        csrf = False

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            return formdata

    status = EnumField("Status", enum=ConsultationStatus, radios=False)
    stage = EnumField("Decision", enum=DecisionStage, radios=False)
    sector = ChoiceField("Sector", radios=False)
    category = ChoiceField("Category", radios=False)
    mine = ConfirmField("Mine to deal with")
    unassigned = ConfirmField("Nobody deals with it yet")
    received_from = DateField("Received from", called="The first date")
    received_to = DateField("Received to", called="The last date")

    def __init__(self) -> None:
        super().__init__(formdata=request.args)
        terms = terms_to_choose()
        self.sector.choices = _choices(terms[TermGroup.SECTOR])
        self.category.choices = _choices(terms[TermGroup.CATEGORY])

    @property
    def sort(self) -> str:
        return OLDEST if request.args.get("sort") == OLDEST else NEWEST

    @property
    def is_narrowed(self) -> bool:
        fields = (self.status, self.stage, self.sector, self.category, self.mine,
                  self.unassigned, self.received_from, self.received_to)  # fmt: skip
        return any(field.data or field.problem for field in fields)

    def chosen(self) -> Chosen:
        return Chosen(
            status=self.status.data,
            stage=self.stage.data,
            sector_id=self.sector.data,
            category_id=self.category.data,
            mine=self.mine.data,
            unassigned=self.unassigned.data,
            received_from=self.received_from.data,
            received_to=self.received_to.data,
            oldest_first=self.sort == OLDEST,
        )

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        first, last = self.received_from.data, self.received_to.data
        if valid and first and last and last < first:
            self.received_to.errors = ["The last date must not be before the first"]
            return False
        return valid


def _choices(terms: list[Any]) -> list[Choice]:
    return [Choice(str(term.id), term.label, term.id) for term in terms]
