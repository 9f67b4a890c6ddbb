"""What is to be followed up: asked by itself, with a decision, and with a letter that was sent."""

from typing import Any

from lado import clock
from lado.models import User
from lado.queries import users
from lado.rules.permissions import Permission
from lado.rules.vocabulary import Labelled
from lado.services.follow_up import FollowUpDetails
from lado.web.forms import Choice, ChoiceField, DateField, EnumField, Form, TextAreaField, TextField


class FollowUpFields(Form):
    """Left empty unless something is to be followed up."""

    follow_up_what = TextField("What is to be followed up?", called="The follow-up", longest=500)
    follow_up_due_on = DateField("By when?", called="The day of the follow-up")
    follow_up_owner = ChoiceField("Who follows it up?", called="The owner", radios=False)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # They stand last on each page, and so do their messages.
        for name in [name for name in self._fields if name.startswith("follow_up_")]:
            self._fields[name] = self._fields.pop(name)

    def offer_owners(self, user: User) -> None:
        others = users.colleagues(Permission.CONSULTATION_LOG)
        self.follow_up_owner.choices = [Choice(each.public_id, each.name, each) for each in others]
        if self.follow_up_owner.sent is None:
            self.follow_up_owner.data = user

    @property
    def asks_follow_up(self) -> bool:
        return bool(self.follow_up_what.data or self.follow_up_due_on.data)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if not self.asks_follow_up:
            return valid
        for field, message in (
            (self.follow_up_what, "Enter what is to be followed up"),
            (self.follow_up_due_on, "Enter by when it is to be followed up"),
            (self.follow_up_owner, "Choose who follows it up"),
        ):
            if field.is_empty and not field.errors:
                field.errors = [message]
                valid = False
        return valid

    def follow_up(self) -> FollowUpDetails | None:
        if not self.asks_follow_up:
            return None
        return FollowUpDetails(
            what=self.follow_up_what.data,
            due_on=self.follow_up_due_on.data,
            owner=self.follow_up_owner.data,
        )


class FollowUpForm(FollowUpFields):
    asks_follow_up = True


class End(Labelled):
    DONE = "done", "It was done"
    DROPPED = "dropped", "It is dropped"


class EndForm(Form):
    end = EnumField(
        "What became of it?", enum=End, required="Say whether it was done or is dropped",
        called="What became of it",
    )  # fmt: skip
    done_on = DateField("If it was done, when?", called="The day on which it was done", past=True)
    result = TextAreaField(
        "If it was done, what came of it?", called="What came of it", longest=5_000, rows=3
    )
    reason = TextAreaField("If it is dropped, why?", called="The reason", longest=5_000, rows=3)

    @classmethod
    def of_today(cls) -> "EndForm":
        return cls(data={"done_on": clock.today()})

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if self.end.data is End.DONE and self.done_on.data is None and not self.done_on.errors:
            self.done_on.errors = ["Enter the day on which it was done"]
            return False
        return valid
