"""What was asked, and what is counted for it."""

from typing import Any

from lado import clock
from lado.models import InformationRequest
from lado.models.information_request import LONGEST_NUMBER
from lado.reports.answer import Answer
from lado.reports.choosing import breakdowns, caption, counted
from lado.reports.measure import Measure
from lado.reports.measures import BY_ID
from lado.reports.stored import answer_of
from lado.rules.information_requests import MOST_PERIODS, TYPES, periods_asked
from lado.rules.quarters import Period, PeriodKind
from lado.services.information_request import RequestDetails
from lado.web.forms import (
    CheckboxesField,
    Choice,
    ChoiceField,
    ConfirmField,
    DateField,
    EnumField,
    TextAreaField,
    TextField,
    VersionedForm,
)
from lado.web.lists import ListForm

LONGEST_QUESTION = 2_000


def slug_of(measure: Measure) -> str:
    return measure.id.replace(".", "-").replace("_", "-")


class RequestForm(VersionedForm):
    number = TextField(
        "Number of the request",
        hint="As your council numbers it. It stands in the answer; name no person in it",
        called="The number of the request",
        required="Enter the number of the request",
        longest=LONGEST_NUMBER,
        width=20,
    )
    received_on = DateField(
        "When was it received?",
        called="The day on which it was received",
        required="Enter when it was received",
        past=True,
    )
    question = TextAreaField(
        "What is asked?",
        hint="As it was asked, as far as figures answer it. It is never part of the answer, nor of "
        "any file",
        called="The question",
        required="Enter the question as it was asked",
        longest=LONGEST_QUESTION,
    )

    def details(self) -> RequestDetails:
        return RequestDetails(self.number.data, self.received_on.data, self.question.data)


class CountedForm(ListForm):
    counted = ChoiceField(
        "What is counted?",
        choices=lambda: [
            Choice(slug_of(measure), measure.title, measure, group=section)
            for section, measure in counted()
        ],
        radios=False,
        required="Choose what is counted",
    )

    @classmethod
    def of(cls, request: InformationRequest) -> "CountedForm":
        """Without a choice in the address, what was counted before."""
        form = cls()
        if request.figures and form.counted.data is None:
            form.counted.take(BY_ID[answer_of(request).measures[0]])
        return form


class AnswerForm(VersionedForm):
    breakdowns = CheckboxesField("What is given beside the number itself?", called="What is given")
    kind = EnumField(
        "Type of year",
        enum=PeriodKind,
        only=TYPES,
        hints={
            PeriodKind.YEAR: "1 April to 31 March",
            PeriodKind.QUARTER: "Each quarter of the financial years asked for",
            PeriodKind.CALENDAR_YEAR: "1 January to 31 December",
            PeriodKind.ACADEMIC_YEAR: "1 September to 31 August",
        },
        required="Choose the type of year",
    )
    first_year = TextField(
        "First year",
        hint="As 2021-22, or a calendar year as 2021",
        required="Enter the first year",
        longest=20,
        width=10,
    )
    last_year = TextField(
        "Last year",
        hint=f"Leave this empty for one year. An answer has {MOST_PERIODS} periods or fewer",
        longest=20,
        width=10,
    )

    @classmethod
    def about(cls, request: InformationRequest, counted: Measure) -> "AnswerForm":
        """What was drawn of the same measure is offered again."""
        drawn = answer_of(request) if request.figures else None
        before = _choices(drawn) if drawn and drawn.measures[0] == counted.id else {}
        form = cls(obj=request, data=before)
        form.breakdowns.choices = [
            Choice(slug_of(each), caption(each), each.id) for each in breakdowns(counted)
        ]
        return form

    def periods(self) -> list[Period]:
        """Raises Invalid for years that cannot be read or are too many."""
        years = self.first_year.data, self.last_year.data
        return periods_asked(self.kind.data, *years, clock.today())


def _choices(drawn: Answer) -> dict[str, Any]:
    first, last = drawn.figures[0].period, drawn.figures[-1].period
    return {
        "breakdowns": drawn.measures[1:],
        "kind": first.kind,
        "first_year": first.short_label,
        "last_year": last.short_label,
    }


class GiveForm(VersionedForm):
    looked = ConfirmField(
        "I have read the answer: it tells nobody who is meant",
        required="Read the answer, then tick the box",
    )
