"""Forms of a case's months of delay, and of what was chased."""

from collections.abc import Mapping, Sequence
from datetime import date

from lado import clock
from lado.models import DelayReason
from lado.rules.delays import month_words
from lado.rules.vocabulary import ChasedHow, TermGroup
from lado.services.delay import DelayDetails
from lado.web.forms import (
    CheckboxesField,
    Choice,
    DateField,
    EnumField,
    Form,
    TermField,
    TextAreaField,
)


class DelayForm(Form):
    months = CheckboxesField("Which months is this for?", required="Choose the month")
    term_id = TermField(
        "What is the main reason?",
        group=TermGroup.DELAY_REASON,
        required="Choose the reason",
        radios=False,
    )
    text = TextAreaField(
        "What does the case wait for, and what was done about it?",
        called="What the case waits for",
        required="Enter what the case waits for, and what was done",
        longest=2_000,
        rows=3,
    )

    @classmethod
    def of(
        cls, late: Sequence[date], given: Mapping[date, DelayReason], missing: Sequence[date]
    ) -> "DelayForm":
        form = cls(data={"months": missing})
        form.months.choices = [
            Choice(f"{month:%Y-%m}", month_words(month), month, _already(given.get(month)))
            for month in reversed(late)
        ]
        return form

    def details(self) -> DelayDetails:
        return DelayDetails(self.months.data, self.term_id.data, self.text.data)


def _already(reason: DelayReason | None) -> str:
    return f"Given already: {reason.term.label}. The new reason replaces it." if reason else ""


class ChaseForm(Form):
    chased_on = DateField(
        "When did you ask again?",
        called="The day",
        required="Enter when you asked again",
        past=True,
    )
    how = EnumField("How?", called="How", enum=ChasedHow, required="Choose how you asked")

    @classmethod
    def of_today(cls) -> "ChaseForm":
        return cls(data={"chased_on": clock.today(), "how": ChasedHow.SECURE_EMAIL})
