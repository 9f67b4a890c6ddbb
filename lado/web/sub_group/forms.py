from collections.abc import Sequence

from lado import clock
from lado.models import Report
from lado.rules.vocabulary import Labelled, TermGroup
from lado.services.sub_group import ActionDetails
from lado.web.forms import (
    Choice,
    ChoiceField,
    DateField,
    EnumField,
    Form,
    TermField,
    TextAreaField,
    TextField,
    VersionedForm,
)

LONGEST = 2_000


class ActionForm(VersionedForm):
    theme_id = TermField(
        "Learning theme",
        hint="Leave this empty for a decision that is about no theme",
        group=TermGroup.LEARNING_THEME,
    )
    sector_id = TermField(
        "Sector", hint="Leave this empty if it is for all", group=TermGroup.SECTOR
    )
    what = TextAreaField(
        "What is to be done?",
        hint="In the training programme. Name no person and no setting: the sub-group reads this.",
        called="What is to be done",
        required="Enter what is to be done",
        longest=LONGEST,
        rows=4,
    )
    owner = TextField("Who does it?", called="Who does it", required="Enter who does it")
    decided_on = DateField(
        "When was it decided?",
        called="The day of the decision",
        required="Enter when it was decided",
        past=True,
    )
    due_on = DateField("By when?", called="The due date", required="Enter by when it is due")

    def details(self) -> ActionDetails:
        names = ActionDetails.__dataclass_fields__
        return ActionDetails(**{name: self[name].data for name in names})


class AddActionForm(ActionForm):
    report = ChoiceField(
        "Which report is it about?",
        called="The report",
        required="Choose the report that it is about",
        radios=False,
    )

    @classmethod
    def about(cls, reports: Sequence[Report], asked: str) -> "AddActionForm":
        chosen = next((report for report in reports if report.public_id == asked), None)
        newest = reports[0] if reports else None
        form = cls(data={"decided_on": clock.today(), "report": chosen or newest})
        form.report.choices = [
            Choice(report.public_id, report.period.label, report) for report in reports
        ]
        return form


class ProgressForm(Form):
    noted_on = DateField(
        "On which day was that so?",
        called="The day of the note",
        required="Enter the day of the note",
        past=True,
    )
    text = TextAreaField(
        "How does it go?",
        hint="Name no person and no setting: the sub-group reads this.",
        called="The note",
        required="Enter how it goes",
        longest=LONGEST,
        rows=4,
    )

    @classmethod
    def of_today(cls) -> "ProgressForm":
        return cls(data={"noted_on": clock.today()})


class End(Labelled):
    DONE = "done", "It was done"
    DROPPED = "dropped", "It is dropped"


class EndForm(Form):
    end = EnumField(
        "What became of it?",
        enum=End,
        required="Say whether it was done or is dropped",
        called="What became of it",
    )
    done_on = DateField("If it was done, when?", called="The day on which it was done", past=True)
    reason = TextAreaField("If it is dropped, why?", called="The reason", longest=LONGEST, rows=3)

    @classmethod
    def of_today(cls) -> "EndForm":
        return cls(data={"done_on": clock.today()})

    def validate(self, extra_validators: object = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if self.end.data is End.DONE and self.done_on.data is None and not self.done_on.errors:
            self.done_on.errors = ["Enter the day on which it was done"]
            return False
        return valid
