from typing import Any

from lado.models import Term
from lado.rules.vocabulary import DecisionStage, TermGroup
from lado.services.vocabulary import LONGEST_SYNONYM, MOST_SYNONYMS, PARENTS, TermDetails
from lado.web.forms import (
    ChoiceField,
    DateField,
    EnumField,
    TextAreaField,
    TextField,
    VersionedForm,
    YesNoField,
    term_choices,
)


class SynonymsField(TextAreaField):
    def process_data(self, value: Any) -> None:
        self.data = self.as_words(value or ())

    def as_words(self, value: Any) -> str:
        return value if isinstance(value, str) else "\n".join(value)


class TermForm(VersionedForm):
    """`parent_id`, `stage` and `needs_outcome` are for new terms of the lists that have them."""

    label = TextField("Term", required="Enter the term", longest=200)
    parent_id = ChoiceField("Belongs to", required="Choose what this belongs to", radios=False)
    stage = EnumField(
        "What this decision means",
        enum=DecisionStage,
        required="Choose what this decision means",
        radios=False,
    )
    needs_outcome = YesNoField(
        "Does each allegation need an outcome before a case closes for this reason?",
        not_known=False,
        required="Say whether each allegation needs an outcome first",
        called="Whether each allegation needs an outcome",
    )
    synonyms = SynonymsField(
        "Other words for it",
        hint="As a register may have them, one on each line",
        longest=MOST_SYNONYMS * LONGEST_SYNONYM,
    )
    valid_from = DateField("First day", hint="Leave empty if it always was a term")
    valid_to = DateField("Last day", hint="Leave empty while it is in use")

    @classmethod
    def to_add(cls, group: TermGroup) -> "TermForm":
        form = cls()
        if group in PARENTS:
            form.parent_id.choices = term_choices(PARENTS[group])
        else:
            del form.parent_id
        if group is not TermGroup.DECISION:
            del form.stage
        if group is not TermGroup.CLOSURE_REASON:
            del form.needs_outcome
        return form

    @classmethod
    def to_change(cls, term: Term) -> "TermForm":
        form = cls(obj=term)
        del form.parent_id, form.stage, form.needs_outcome
        return form

    def details(self) -> TermDetails:
        lines = (" ".join(line.split()) for line in self.synonyms.data.split("\n"))
        return TermDetails(
            label=self.label.data,
            synonyms=tuple(dict.fromkeys(line for line in lines if line)),
            parent_id=self.parent_id.data if "parent_id" in self else None,
            stage=self.stage.data if "stage" in self else None,
            needs_outcome=self.needs_outcome.data if "needs_outcome" in self else None,
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
        )
