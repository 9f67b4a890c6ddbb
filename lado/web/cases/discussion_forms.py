"""The forms of strategy discussions and actions."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flask import request
from wtforms import FormField

from lado import clock
from lado.models import Case, Participant, StrategyDiscussion, User
from lado.rules.minutes import ALLEGATION, EARLIER_CONCERNS, HEADINGS
from lado.rules.vocabulary import Attendance, DiscussionPurpose, TermGroup
from lado.services.action import ActionDetails
from lado.services.discussion import Arrangement, Proceedings
from lado.services.participant import NOT_BEFOREHAND, ParticipantDetails
from lado.web.forms import (
    Block,
    Choice,
    ChoiceField,
    ConfirmField,
    DateField,
    EnumField,
    Row,
    TermField,
    TextAreaField,
    TextField,
    TimeField,
    VersionedForm,
)
from lado.web.forms.differences import Difference, of_rows
from lado.web.forms.rows import Rows, RowsForm

BEFOREHAND = [each for each in Attendance if each not in NOT_BEFOREHAND]
BLANK_ROWS = 3
RECORDED = (
    "name", "role", "agency_id", "attendance", "left_out_reason", "conflict_of_interest",
    "conflict_handled",
)  # fmt: skip


class ParticipantForm(Block):
    name = TextField("Name", width=20)
    role = TextField("Role", width=20)
    agency_id = TermField("Agency", group=TermGroup.AGENCY, radios=False)
    attendance = EnumField("Attendance", enum=Attendance, radios=False)
    left_out_reason = TextField("If left out, why?", called="The reason")
    conflict_of_interest = TextField("Conflict of interest, if any", longest=1_000)
    conflict_handled = TextField("What was done about it", longest=1_000)
    drop = ConfirmField("Take this person off the list")

    def details(self) -> ParticipantDetails:
        return ParticipantDetails(
            name=self.name.data,
            role=self.role.data,
            agency_id=self.agency_id.data,
            attendance=self.attendance.data,
            left_out_reason=self.left_out_reason.data,
            conflict_of_interest=self.conflict_of_interest.data,
            conflict_handled=self.conflict_handled.data,
        )

    @staticmethod
    def data_of(participant: Participant) -> dict[str, Any]:
        return {name: getattr(participant, name) for name in RECORDED}


class ActionRow(Block):
    description = TextAreaField("What is to be done", longest=2_000, rows=2)
    owner = TextField("Who does it", width=20)
    agency_id = TermField("Their agency", group=TermGroup.AGENCY, radios=False)
    due_on = DateField("Due on", called="The date it is due")

    def details(self) -> ActionDetails:
        return ActionDetails(
            self.description.data, self.owner.data, self.agency_id.data, self.due_on.data
        )


class MeetingForm(RowsForm):
    """What arranging and recording have in common. Its values are given as `data`: a record's
    own rows are not those of the form."""

    purpose = EnumField(
        "Purpose", enum=DiscussionPurpose, required="Choose the purpose", called="The purpose"
    )
    chair_id = ChoiceField(
        "Who chairs?", required="Choose who chairs", called="The chair", radios=False
    )
    joint = ConfirmField("Joint with a section 47 strategy meeting")
    participants = Rows(ParticipantForm, most=60)

    def offer_chairs(self, colleagues: list[User], chair: User | None) -> None:
        known = {each.id: each for each in [*colleagues, *([chair] if chair else [])]}
        self.chair_id.choices = [
            Choice(each.public_id, each.name, each.id) for each in known.values()
        ]

    def add_asked_for(self) -> bool:
        """Whether another row was asked for instead of saving; if so, it is there now."""
        action = request.form.get("action")
        if action == "participant":
            self.participants.add_one()
        return action == "participant"

    def all_rows(self) -> list[tuple[Rows, int]]:
        return [(self.participants, BLANK_ROWS)]

    def people(self) -> list[ParticipantDetails]:
        return [row.details() for row in self.participants.blocks]

    def rows_that_differ(self, record: Any) -> list[Difference | None]:
        """Those taking part."""
        saved = "\n".join(_line(each.name, each.role) for each in record.participants)
        typed = "\n".join(_line(each.name, each.role) for each in self.people())
        rows = [ParticipantForm.data_of(each) for each in record.participants]
        return [of_rows(self.participants, "Those taking part", (typed, saved), rows)]


def _line(name: str, role: str | None) -> str:
    return f"{name}, {role}" if role else name


class ArrangeForm(MeetingForm):
    scheduled_on = DateField(
        "On which day?", called="The day", required="Enter the day on which it takes place"
    )
    scheduled_at = TimeField("At what time?", hint="For example, 14:30", called="The time")
    place = TextField("Where?", hint="A room, or how to join", called="The place")

    @classmethod
    def new(cls, case: Case) -> "ArrangeForm":
        return cls(data=_beginning(case))

    @classmethod
    def of(cls, discussion: StrategyDiscussion) -> "ArrangeForm":
        data = _common(discussion) | {
            "scheduled_on": discussion.scheduled_on,
            "scheduled_at": discussion.scheduled_at,
            "place": discussion.place,
        }
        return cls(record=discussion, data=data)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._offer_beforehand()

    def add_asked_for(self) -> bool:
        asked = super().add_asked_for()
        self._offer_beforehand()
        return asked

    def offer_blank_rows(self) -> None:
        super().offer_blank_rows()
        self._offer_beforehand()

    def _offer_beforehand(self) -> None:
        for row in self.participants.blocks:
            row.attendance.choices = [Choice(each.value, each.label, each) for each in BEFOREHAND]

    def people(self) -> list[ParticipantDetails]:
        """Whoever is listed and nothing more is said of was invited."""
        return [
            replace(each, attendance=each.attendance or Attendance.INVITED)
            for each in super().people()
        ]

    def arrangement(self) -> Arrangement:
        return Arrangement(
            purpose=self.purpose.data,
            joint=self.joint.data,
            scheduled_on=self.scheduled_on.data,
            scheduled_at=self.scheduled_at.data,
            place=self.place.data,
            chair_id=self.chair_id.data,
            participants=self.people(),
        )


MinutesRow = type(
    "MinutesRow",
    (Row,),
    {
        heading.code: TextAreaField(
            heading.label,
            hint=heading.hint,
            longest=20_000,
            rows=10 if heading.code in (ALLEGATION, EARLIER_CONCERNS) else 4,
        )
        for heading in HEADINGS
    },
)


class RecordForm(MeetingForm):
    held_on = DateField(
        "When was it held?",
        called="The date it was held",
        required="Enter when it was held",
        past=True,
    )
    next_review_on = DateField(
        "When is the case reviewed next?",
        called="The date of the next review",
        hint="Needed unless this was a final discussion",
    )
    minutes: Any = FormField(MinutesRow)
    actions = Rows(ActionRow, most=40)

    @classmethod
    def new(cls, case: Case, begun: Mapping[str, str]) -> "RecordForm":
        """`begun` is what headings begin with, by their codes."""
        return cls(data=_beginning(case) | {"held_on": clock.today(), "minutes": begun})

    @classmethod
    def of(cls, discussion: StrategyDiscussion, begun: Mapping[str, str] = {}) -> "RecordForm":
        """To record one that was scheduled, or to change one that was recorded."""
        written = {minute.heading: minute.text for minute in discussion.minutes}
        data = _common(discussion) | {
            "minutes": {**begun, **written},
            "held_on": discussion.held_on or not_after_today(discussion.scheduled_on),
            "next_review_on": discussion.next_review_on,
        }
        return cls(record=discussion, data=data)

    def add_asked_for(self) -> bool:
        asked = super().add_asked_for()
        if request.form.get("action") == "action":
            self.actions.add_one()
            return True
        return asked

    def all_rows(self) -> list[tuple[Rows, int]]:
        return [*super().all_rows(), (self.actions, 1)]

    def saved(self, record: Any) -> dict[str, Any]:
        written = {minute.heading: minute.text for minute in record.minutes}
        minutes = {f"minutes-{each.code}": written.get(each.code, "") for each in HEADINGS}
        return super().saved(record) | minutes

    def proceedings(self) -> Proceedings:
        return Proceedings(
            held_on=self.held_on.data,
            purpose=self.purpose.data,
            joint=self.joint.data,
            chair_id=self.chair_id.data,
            next_review_on=self.next_review_on.data,
            participants=self.people(),
            minutes={heading.code: self.minutes[heading.code].data for heading in HEADINGS},
            actions=[row.details() for row in self.actions.blocks],
        )


def _common(discussion: StrategyDiscussion) -> dict[str, Any]:
    return {
        "version": discussion.version,
        "purpose": discussion.purpose,
        "joint": discussion.joint,
        "chair_id": discussion.chair_id,
        "participants": [ParticipantForm.data_of(each) for each in discussion.participants],
    }


def not_after_today(day: date | None) -> date:
    return min(day or clock.today(), clock.today())


def _beginning(case: Case) -> dict[str, Any]:
    """The same people as last time, to be asked anew."""
    last = case.discussions[-1] if case.discussions else None
    invited = [
        ParticipantForm.data_of(each) | {"attendance": None, "left_out_reason": None}
        for each in (last.participants if last else [])
    ]
    return {
        "chair_id": case.owner_id,
        "purpose": DiscussionPurpose.REVIEW if last else DiscussionPurpose.INITIAL,
        "participants": invited,
    }


class CancelForm(VersionedForm):
    reason = TextAreaField(
        "Why is it cancelled?",
        called="The reason",
        required="Enter why it is cancelled",
        longest=2_000,
        rows=3,
    )
