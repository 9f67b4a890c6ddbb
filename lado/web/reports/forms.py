"""Choosing a period, and what an author writes."""

from lado import clock
from lado.errors import Invalid
from lado.rules.quarters import Period, quarter_of, year_of
from lado.web.forms import Choice, ChoiceField, DateField, Form, TextAreaField, VersionedForm

QUARTERS_OFFERED = 12
YEARS_OFFERED = 4
OTHER = "other"
LONGEST_COMMENTARY = 20_000
LONGEST_REASON = 1_000


def offered_periods() -> list[Choice]:
    """The quarter we are in and those before it, then the years."""
    quarters = _back_from(quarter_of(clock.today()), QUARTERS_OFFERED)
    years = _back_from(year_of(clock.today()), YEARS_OFFERED)
    return [
        *(Choice(period.slug, _words(period), period, group="Quarters") for period in quarters),
        *(Choice(period.slug, _words(period), period, group="Years") for period in years),
        Choice(OTHER, "Other dates", OTHER, group="Other"),
    ]


def _back_from(period: Period, number: int) -> list[Period]:
    found = [period]
    while len(found) < number:
        found.append(found[-1].previous())
    return found


def _words(period: Period) -> str:
    return f"{period.label} ({period.start:%B %Y} to {period.end:%B %Y})"


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
        hint="Only when the period has a published report already",
        longest=LONGEST_REASON,
    )


class AsAtForm(VersionedForm):
    """Drawing a draft again."""

    as_at = DateField(
        "As at",
        hint="The day up to which decisions and outcomes are followed.",
        past=True,
    )


class CommentaryForm(VersionedForm):
    commentary = TextAreaField(
        "Commentary",
        hint="What the figures mean, and what was learnt. Leave a blank line between paragraphs. "
        "Name no person and no setting.",
        longest=LONGEST_COMMENTARY,
        rows=18,
    )


class SendBackForm(VersionedForm):
    reason = TextAreaField(
        "Why is it sent back?",
        hint="For whoever wrote it: it stands above the draft until it is approved",
        called="The reason",
        required="Enter why the report is sent back",
        longest=LONGEST_REASON,
    )
