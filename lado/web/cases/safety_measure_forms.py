"""The forms of a safety measure: considered and decided, reviewed, ended."""

from lado import clock
from lado.models import SafetyMeasure
from lado.rules.vocabulary import MeasureDecision, TermGroup
from lado.services.safety_measure import MeasureDetails
from lado.web.forms import (
    DateField,
    EnumField,
    TermField,
    TextAreaField,
    TextField,
    VersionedForm,
)

OPEN_DECISIONS = (
    MeasureDecision.PENDING,
    MeasureDecision.IN_PLACE,
    MeasureDecision.NOT_USED,
)


class MeasureForm(VersionedForm):
    term_id = TermField(
        "What is considered?",
        group=TermGroup.SAFETY_MEASURE,
        required="Choose what is considered",
        called="What is considered",
        radios=False,
    )
    considered_on = DateField(
        "When was it considered?",
        called="The date it was considered",
        required="Enter when it was considered",
        past=True,
    )
    decision = EnumField(
        "What did the employer decide?",
        enum=MeasureDecision,
        only=OPEN_DECISIONS,
        called="The decision",
        required="Choose what was decided",
    )
    started_on = DateField("In place from", called="The date from which it is in place", past=True)
    review_on = DateField("When is it reviewed?", called="The date of the review")
    passed_on_to = TextField(
        "Who sees to it once the case is closed?",
        hint="Only where it stays in place after that",
        called="Who sees to it",
        width=20,
    )
    decided_by = TextField(
        "Who decided?",
        hint="The employer decides. The council can advise",
        called="Who decided",
        width=20,
    )
    reasons = TextAreaField("Reasons", longest=10_000, rows=4)
    alternatives = TextAreaField(
        "What else was considered, and why was it not chosen?",
        called="What else was considered",
        hint="Needed for a suspension. If nothing else was possible, say so and why",
        longest=10_000,
        rows=4,
    )
    support_contact = TextField(
        "Who supports the person meanwhile?",
        hint="The contact that the employer named to them",
        called="Who supports the person",
        width=20,
    )

    def details(self) -> MeasureDetails:
        return MeasureDetails(
            term_id=self.term_id.data,
            considered_on=self.considered_on.data,
            decision=self.decision.data,
            decided_by=self.decided_by.data,
            reasons=self.reasons.data,
            alternatives=self.alternatives.data,
            started_on=self.started_on.data,
            review_on=self.review_on.data,
            support_contact=self.support_contact.data,
            passed_on_to=self.passed_on_to.data,
        )


class ReviewForm(VersionedForm):
    reviewed_on = DateField(
        "When was it reviewed?",
        called="The date of the review",
        required="Enter when it was reviewed",
        past=True,
    )
    decided = TextAreaField(
        "What was decided, by whom and why?",
        called="What was decided",
        required="Enter what was decided",
        longest=10_000,
    )
    next_review_on = DateField(
        "When is it reviewed next?",
        called="The date of the next review",
        required="Enter when it is reviewed next",
    )

    @classmethod
    def of(cls, measure: SafetyMeasure) -> "ReviewForm":
        data = {"version": measure.version, "reviewed_on": clock.today()}
        return cls(record=measure, data=data)


class EndForm(VersionedForm):
    ended_on = DateField(
        "When did it end?", called="The date it ended", required="Enter when it ended", past=True
    )
    reason = TextAreaField(
        "Why did it end, and who decided that?",
        called="The reason",
        required="Enter why it ended, and who decided that",
        longest=10_000,
        rows=4,
    )

    @classmethod
    def of(cls, measure: SafetyMeasure) -> "EndForm":
        data = {"version": measure.version, "ended_on": clock.today()}
        return cls(record=measure, data=data)
