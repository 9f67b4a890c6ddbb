"""The forms of one action: added, changed, done, waived."""

from lado import clock
from lado.models import Action
from lado.rules.vocabulary import TermGroup
from lado.services.action import ActionDetails
from lado.web.forms import DateField, Form, TermField, TextAreaField, TextField


class ActionForm(Form):
    description = TextAreaField(
        "What is to be done?",
        called="What is to be done",
        required="Enter what is to be done",
        longest=2_000,
        rows=3,
    )
    owner = TextField(
        "Who does it?",
        called="Who does it",
        hint="A name or a post",
        required="Enter who does it",
        width=20,
    )
    agency_id = TermField(
        "Their agency", group=TermGroup.AGENCY, required="Choose their agency", radios=False
    )
    due_on = DateField("Due on", called="The date it is due", required="Enter when it is due")

    def details(self) -> ActionDetails:
        return ActionDetails(
            self.description.data, self.owner.data, self.agency_id.data, self.due_on.data
        )


class ChangeForm(ActionForm):
    reason = TextAreaField(
        "Why is it changed?",
        hint="Needed where the day is moved",
        called="The reason",
        longest=2_000,
        rows=3,
    )


class FinishForm(Form):
    done_on = DateField(
        "When was it done?",
        called="The date it was done",
        required="Enter when it was done",
        past=True,
    )
    result = TextAreaField("What came of it?", called="The result", longest=5_000, rows=3)

    @classmethod
    def of(cls, _action: Action) -> "FinishForm":
        return cls(data={"done_on": clock.today()})


class WaiveForm(Form):
    waived_on = DateField(
        "When was that decided?",
        called="The date",
        required="Enter when that was decided",
        past=True,
    )
    reason = TextAreaField(
        "Why is it no longer needed?",
        called="The reason",
        required="Enter why it is no longer needed",
        longest=2_000,
        rows=3,
    )

    @classmethod
    def of(cls, _action: Action) -> "WaiveForm":
        return cls(data={"waived_on": clock.today()})
