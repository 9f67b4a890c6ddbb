"""Choosing a period, and what an author writes."""

from datetime import date

from lado import clock
from lado.errors import Invalid
from lado.models import Report
from lado.queries import reports
from lado.rules.quarters import (
    Period,
    academic_year_of,
    calendar_year_of,
    quarter_of,
    year_of,
)
from lado.web.forms import (
    Choice,
    ChoiceField,
    ConfirmField,
    DateField,
    Form,
    TextAreaField,
    VersionedForm,
    YesNoField,
)

QUARTERS_A_YEAR = 4
MOST_YEARS = 30
OTHER = "other"
LONGEST_COMMENTARY = 20_000
LONGEST_REASON = 1_000


def offered_periods() -> list[Choice]:
    """The year we are in and those before it to the oldest record, and the quarters of each."""
    today, oldest = clock.today(), reports.oldest_received()
    years = _back_to(year_of(today), oldest)
    offered = {
        "Quarters": _back_to(quarter_of(today), years[-1].start),
        "Years": years,
        "Academic years": _back_to(academic_year_of(today), oldest),
        "Calendar years": _back_to(calendar_year_of(today), oldest),
    }
    return [
        *(
            Choice(period.slug, _words(period), period, group=group)
            for group, periods in offered.items()
            for period in periods
        ),
        Choice(OTHER, "Other dates", OTHER, group="Other"),
    ]


def _back_to(period: Period, oldest: date | None) -> list[Period]:
    found = [period]
    while oldest and found[-1].start > oldest and len(found) < MOST_YEARS * QUARTERS_A_YEAR:
        found.append(found[-1].previous())
    return found


def _words(period: Period) -> str:
    return (
        f"{period.label[0].upper()}{period.label[1:]} ({period.start:%B %Y} to {period.end:%B %Y})"
    )


class PeriodForm(Form):
    """`period` is the period that was chosen or typed, once the form is valid."""

    chosen = ChoiceField(
        "Period", choices=offered_periods, radios=False, required="Choose a period"
    )
    first_day = DateField("First day", hint="Only for other dates", past=True)
    last_day = DateField("Last day", hint="Only for other dates")

    def period(self) -> Period:
        """Raises Invalid when other dates are not both there or not in order."""
        if isinstance(self.chosen.data, Period):
            return self.chosen.data
        messages = {}
        if self.first_day.data is None:
            messages["first_day"] = "Enter the first day of the period"
        if self.last_day.data is None:
            messages["last_day"] = "Enter the last day of the period"
        if messages:
            raise Invalid(messages)
        try:
            return Period(self.first_day.data, self.last_day.data)
        except ValueError as error:
            raise Invalid({"last_day": str(error)}) from error


class DrawForm(PeriodForm):
    as_at = DateField(
        "As at",
        hint="The day up to which decisions and outcomes are followed. "
        "Leave empty for the last day of the period.",
        past=True,
    )
    correction = TextAreaField(
        "What changes in this version, and why",
        hint="Only when the period has a published report already. It is printed in the public "
        "edition too. Name no person and no setting",
        longest=LONGEST_REASON,
    )


class AsAtForm(VersionedForm):
    """Drawing a draft again."""

    as_at = DateField(
        "As at",
        hint="The day up to which decisions and outcomes are followed.",
        past=True,
    )
    correction = TextAreaField(
        "What changes in this version, and why",
        hint="It is printed in the public edition too. Name no person and no setting",
        longest=LONGEST_REASON,
    )

    @classmethod
    def of(cls, report: Report) -> "AsAtForm":
        """The first version of a report corrects nothing."""
        form = cls(obj=report)
        if report.edition_number == 1:
            del form.correction
        return form


class CommentaryForm(VersionedForm):
    commentary = TextAreaField(
        "Commentary",
        hint="What the figures mean, and what was learnt. Leave a blank line between paragraphs. "
        "Insert figures by their markers, from the list below. Name no person and no setting.",
        longest=LONGEST_COMMENTARY,
        rows=18,
    )


class PublicCommentaryForm(VersionedForm):
    same = YesNoField(
        "Is it the same as in the full edition?", not_known=False, required="Say whether it is"
    )
    words = TextAreaField(
        "Commentary of the public edition",
        hint="Only if it is not the same. Name no person and no setting, and leave out dates and "
        "whatever else tells who is meant.",
        longest=LONGEST_COMMENTARY,
        rows=18,
    )


class ApproveForm(VersionedForm):
    explanation = TextAreaField(
        "Why do these sentences stand?",
        hint="Explain each. What you write is kept with the report",
        called="The explanation",
        longest=LONGEST_REASON,
    )


class PublishForm(VersionedForm):
    looked = ConfirmField(
        "I have read the public edition: it tells nobody who is meant",
        required="Read the public edition, then tick the box",
    )


class PublishAloneForm(VersionedForm):
    looked = ConfirmField(
        "Publish the full edition alone, for those who sign in",
        required="Tick the box to publish the report without a public edition",
    )


class SendBackForm(VersionedForm):
    reason = TextAreaField(
        "Why is it sent back?",
        hint="For whoever wrote it: it stands above the draft until it is approved",
        called="The reason",
        required="Enter why the report is sent back",
        longest=LONGEST_REASON,
    )
