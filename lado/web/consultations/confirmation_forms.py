"""A letter that confirms advice: its template, to whom it goes, its text, and that it was sent."""

from typing import Any

from lado import clock
from lado.models import AdviceTemplate, Confirmation, Consultation, User
from lado.queries import advice_templates, confirmations
from lado.rules.advice import FILLED_LAST, fill
from lado.rules.vocabulary import Labelled
from lado.services.confirmation import LetterDetails
from lado.web.consultations.follow_up_forms import FollowUpFields
from lado.web.forms import (
    Choice,
    ChoiceField,
    ConfirmField,
    EnumField,
    Form,
    TextAreaField,
    TextField,
    VersionedForm,
)
from lado.web.sending import SentForm


class Recipient(Labelled):
    CALLER = "caller", "The caller"
    OTHER = "other", "Somebody else, such as the head of the setting"


class ChooseForm(Form):
    template = ChoiceField(
        "Which template?", required="Choose a template", called="The template", radios=True
    )
    to = EnumField(
        "Who is it for?", enum=Recipient, required="Choose who it is for", called="Who it is for"
    )

    @classmethod
    def about(cls, consultation: Consultation) -> "ChooseForm":
        form = cls(data={"template": advice_templates.fitting(consultation)})
        form.template.choices = [
            Choice(each.public_id, each.title, each) for each in advice_templates.offered()
        ]
        if consultation.anonymous:
            other = Recipient.OTHER
            form.to.choices = [Choice(other.value, other.label, other)]
        return form


class LetterForm(VersionedForm):
    """`warnings` are what the text was found to hold when it was last sent."""

    recipient_name = TextField(
        "Name of whoever it goes to", required="Enter who the letter goes to", called="The name"
    )
    recipient_role = TextField("Their role", called="The role")
    text = TextAreaField(
        "Text of the letter",
        hint="Take out what this person may not know. Lines that begin with - become a list",
        required="Enter the text of the letter",
        called="The text",
        longest=20_000,
        rows=24,
    )
    heeded = ConfirmField("I have looked at this, and the text stays so")

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.warnings: list[str] = []

    @classmethod
    def new(
        cls, consultation: Consultation, template: AdviceTemplate, *, to_caller: bool, by: User
    ) -> "LetterForm":
        values = confirmations.values(consultation, to_caller=to_caller, by=by)
        role = consultation.referrer_role if to_caller else ""
        return cls(
            data={
                "recipient_name": values[FILLED_LAST],
                "recipient_role": role,
                "text": fill(template.text, values),
            }
        )

    @classmethod
    def of(cls, confirmation: Confirmation) -> "LetterForm":
        return cls(obj=confirmation)

    def look_over(self, consultation: Consultation, *, to_caller: bool, user: User) -> None:
        """After it was sent and not taken."""
        if self.is_submitted():
            self.warnings = confirmations.warnings(
                consultation, self.text.data, to_caller=to_caller, user=user
            )

    def letter(self) -> LetterDetails:
        return LetterDetails(
            recipient_name=self.recipient_name.data,
            recipient_role=self.recipient_role.data,
            text=self.text.data,
            heeded=self.heeded.data,
        )


class LetterSentForm(FollowUpFields, SentForm):
    @classmethod
    def of(cls, confirmation: Confirmation, user: User) -> "LetterSentForm":
        form = cls(data={"version": confirmation.version, "sent_on": clock.today()})
        form.offer_owners(user)
        return form
