from typing import Any

from lado.services.received_form import DAYS, Sent
from lado.web.forms import (
    Choice,
    ChoiceField,
    ConfirmField,
    DateField,
    EmailField,
    Form,
    IntegerField,
    TextAreaField,
    TextField,
    YesNoField,
)

LIKE_A_DATE = "For example, 27 3 2026"
LEFT_EMPTY = "Leave this empty"


class ReferForm(Form):
    """`website` is out of sight: only a machine fills it in."""

    danger = ChoiceField(
        "Is a child in danger now?",
        choices=(Choice("yes", "Yes", True), Choice("no", "No", False)),
        called="Whether a child is in danger",
        required="Say whether a child is in danger now",
        hint="If so, ring 999 first. Do not wait for an answer to this form",
    )
    reporter_name = TextField("Your name", required="Enter your name", width=20)
    reporter_role = TextField("Your role", width=20)
    reporter_organisation = TextField("Your organisation")
    reporter_phone = TextField("Phone", longest=60, width=20)
    reporter_email = EmailField("Email", width=20)
    reporter_may_be_named = YesNoField(
        "May the person you report about be told that it was you?",
        called="Whether you may be named",
        not_known=False,
    )
    statutory_duty = ConfirmField("I make this report under the statutory duty to report")
    adult_surname = TextField("Surname", hint="Leave it empty if you do not know it", width=20)
    adult_forename = TextField("Forenames", width=20)
    adult_date_of_birth = DateField(
        "Date of birth, if you know it", called=DAYS["adult_date_of_birth"], past=True
    )
    adult_role = TextField("Their role", hint="For example, teacher, coach, foster carer")
    adult_employer = TextField("Their employer or organisation")
    place = TextField("Where did it happen?", called="Where it happened")
    happened_from = DateField(
        "When did it happen?",
        called=DAYS["happened_from"],
        hint=f"The date, or the first date. {LIKE_A_DATE}",
        past=True,
    )
    happened_to = DateField(
        "Last date, if it went on for a time", called=DAYS["happened_to"], past=True
    )
    aware_on = DateField("When did you learn of it?", called=DAYS["aware_on"], past=True)
    children_count = IntegerField(
        "How many children are concerned?",
        called="The number of children",
        hint="Do not name them here. Leave it empty if you do not know",
        least=1,
        most=10_000,
    )
    concern = TextAreaField(
        "What happened, or what are you worried about?",
        called="The concern",
        required="Enter what the concern is",
        longest=20_000,
        rows=8,
    )
    done_so_far = TextAreaField(
        "What has been done so far?",
        called="What has been done so far",
        hint="For example, whom you told, and what keeps children safe now",
        longest=10_000,
        rows=4,
    )
    police_told = YesNoField("Have the police been told?", called="Whether the police were told")
    website = TextField("Leave this field empty")

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if self.website.data:
            self.website.errors = [LEFT_EMPTY]
            return False
        return valid

    def sent(self) -> Sent:
        names = Sent.__dataclass_fields__.keys() - {"immediate_danger"}
        typed = {name: self[name].data for name in names}
        return Sent(**typed, immediate_danger=self.danger.data)
