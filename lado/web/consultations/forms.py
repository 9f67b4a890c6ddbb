"""The forms of a consultation."""

from dataclasses import fields, replace
from typing import Any

from flask import request

from lado import clock
from lado.models import Consultation, Person, User
from lado.queries.consultations import children_of, takers
from lado.rules.vocabulary import Children, DatePrecision, Origin, TermGroup
from lado.services.consultation_child import ChildDetails
from lado.services.consultation_contact import ContactDetails
from lado.services.subject import AdultDetails
from lado.web.consultations.blocks import AdultForm, ChildForm, employer, holds_something
from lado.web.consultations.saved_blocks import (
    heading_in_block,
    positions_that_differ,
    saved_blocks,
)
from lado.web.forms import (
    Blocks,
    Choice,
    ChoiceField,
    ConfirmField,
    DateField,
    EnumField,
    IntegerField,
    OrganisationField,
    TermField,
    TextAreaField,
    TextField,
    TimeField,
    VersionedForm,
    YesNoField,
)
from lado.web.forms.differences import Difference

# The parts of the page that stand below the quick log, and what opens each of them.
PARTS = {
    "caller": (
        "contact_method_id", "first_answered_on", "anonymous", "referrer_may_be_named",
        "referrer_relation", "whistle_blower", "child_reported", "raised_first_by",
    ),
    "duty": (
        "statutory_duty", "reporter_aware_on", "reporter_aware_at", "police_told",
        "police_told_on", "police_reference",
    ),
    "dates": (
        "happened_precision", "happened_from", "happened_to", "non_recent", "setting_sector_id",
        "aware_on", "late_report_reason",
    ),
    "children": ("children", "children_count", "described_children"),
    "advice": ("interim_advice",),
}  # fmt: skip
LIKE_A_DATE = "For example, 27 3 2026"


class ContactForm(VersionedForm):
    """The whole contact on one page; `on_record` says what of it is saved already."""

    received_on = DateField(
        "When was it received?",
        called="The date it was received",
        required="Enter the date it was received",
        past=True,
    )
    received_at = TimeField("At what time?", hint="If it matters", called="The time received")
    referrer_name = TextField("Caller’s name", width=20)
    referrer_role = TextField("Caller’s role", width=20)
    referrer_agency_id = TermField("Caller’s agency", group=TermGroup.AGENCY)
    contact_method_id = TermField(
        "How did it come in?", group=TermGroup.CONTACT_METHOD, radios=False
    )
    anonymous = ConfirmField("The caller is anonymous")
    referrer_contact = TextField("Caller’s phone or email", width=20)
    referrer_relation = TextField(
        "What is the caller to the child or the adult?",
        called="The relation",
        hint="For example, the child’s mother, the adult’s line manager",
    )
    whistle_blower = ConfirmField("The caller is a whistle-blower")
    child_reported = ConfirmField("A child reported it themselves")
    raised_first_by = TextField(
        "Who raised it first?",
        called="Who raised it first",
        hint="And through whom it came to the caller. For example, a pupil to the school nurse",
    )
    first_answered_on = DateField(
        "When was the caller first answered?",
        called="The date it was first answered",
        hint="If it was not a call that you answered",
        past=True,
    )
    statutory_duty = ConfirmField("The report is made under the statutory duty to report")
    reporter_aware_on = DateField(
        "When did the reporter learn of it?", called="The date they learned of it", past=True
    )
    reporter_aware_at = TimeField("At what time?", called="The time they learned of it")
    police_told = YesNoField("Were the police told too?", called="Whether the police were told")
    police_told_on = DateField(
        "When were the police told?", called="The date the police were told", past=True
    )
    police_reference = TextField(
        "The police’s reference", called="The police’s reference", longest=60, width=10
    )
    referrer_may_be_named = YesNoField(
        "May the caller be named?",
        called="May be named",
        hint="No: the caller asked to remain confidential",
    )
    taken_by = ChoiceField("Taken by", radios=False)
    adults = Blocks(AdultForm, most=20, min_entries=1)
    summary = TextAreaField("What is the concern?", called="The concern", longest=20_000, rows=8)
    interim_advice = TextAreaField(
        "Advice given so far",
        hint="Before anything is decided. A decision has its own advice",
        called="The advice",
        longest=20_000,
        rows=4,
    )
    aware_on = DateField(
        "When did the setting learn of it?",
        called="The date the setting learned of it",
        hint=LIKE_A_DATE,
        past=True,
    )
    late_report_reason = TextAreaField(
        "If the setting told the LADO late, why?", called="The reason", longest=2_000, rows=2
    )
    happened_precision = EnumField(
        "When did it happen?", enum=DatePrecision, called="When it happened"
    )
    happened_from = DateField("Date, or first date", called="The date it happened", past=True)
    happened_to = DateField("Last date", called="The last date it happened", past=True)
    non_recent = YesNoField(
        "Is it a non-recent concern?",
        hint="Worked out from the date where one is known",
        called="Non-recent or not",
    )
    setting = OrganisationField(
        "Where did it happen?",
        called="The setting",
        hint="The organisation where it happened, if that is not the employer",
    )
    setting_sector_id = TermField(
        "Sector of where it happened",
        group=TermGroup.SECTOR,
        hint="Needed only where that organisation is new here",
    )
    children = EnumField(
        "How many children are concerned?", enum=Children, called="How many children"
    )
    children_count = IntegerField(
        "Number of children", called="The number of children", least=1, most=10_000
    )
    described_children = Blocks(ChildForm, most=40)

    def __init__(
        self, user: User, consultation: Consultation | None = None, **options: Any
    ) -> None:
        super().__init__(**options)
        self.consultation = consultation
        taken_by = consultation.taken_by if consultation else None
        self.taken_by.choices = [
            Choice(taker.public_id, taker.name, taker) for taker in takers(taken_by)
        ]
        if consultation is None or consultation.origin is not Origin.REGISTER:
            self.summary.required_message = "Enter what the concern is"
        self._arrange()
        for block in self.adults.blocks:
            settings = [self.setting] if block is self.adults.blocks[0] else []
            block.offer_known(user, consultation, *settings)

    def _arrange(self) -> None:
        if self.consultation is None:
            return
        subjects = self.consultation.subjects
        children = children_of(self.consultation)
        self.adults.arrange({each.number: AdultForm.data_of_subject(each) for each in subjects})
        self.described_children.arrange({each.number: ChildForm.data_of(each) for each in children})
        for block, subject in zip(self.adults.blocks, subjects, strict=False):
            block.subject = subject

    def opens(self, part: str) -> bool:
        """Whether a part of the page below the quick log is open as it comes."""
        return holds_something(self[name] for name in PARTS[part])

    @classmethod
    def to_log(cls, user: User, person: Person | None) -> "ContactForm":
        about = [AdultForm.data_of_person(person)] if person else []
        data = {"received_on": clock.today(), "taken_by": user, "adults": about}
        form = cls(user, data=data)
        form.referrer_name.autofocus = not form.is_submitted()
        return form

    @classmethod
    def of(cls, user: User, consultation: Consultation) -> "ContactForm":
        subjects = consultation.subjects
        children = children_of(consultation)
        data = {
            "adults": [AdultForm.data_of_subject(subject) for subject in subjects],
            "described_children": [ChildForm.data_of(child) for child in children],
            "non_recent": subjects[0].non_recent,
        }
        return cls(user, consultation, obj=consultation, data=data)

    def add_asked_for(self) -> bool:
        """Whether another block was asked for instead of saving; if so, it is there now."""
        action, _, place = request.form.get("action", "").partition("-")
        if action == "adult":
            self.adults.add_one()
        elif action == "child":
            self.described_children.add_one()
        elif action == "position" and place in {str(n) for n in range(len(self.adults.entries))}:
            self.adults.blocks[int(place)].further_positions.add_one()
        return action in {"adult", "child", "position"}

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Blocks in which nothing was typed are not asked for."""
        if self.is_submitted():
            self.adults.drop_blank(least=1)
            self.described_children.drop_blank()
            for block in self.adults.blocks:
                block.further_positions.drop_blank()
        return bool(super().validate_on_submit(extra_validators))

    def saved(self, record: Any) -> dict[str, Any]:
        of_blocks = saved_blocks(self.adults.blocks, children_of(record), self.described_children)
        return super().saved(record) | of_blocks | {"non_recent": record.subjects[0].non_recent}

    def heading(self, field: Any) -> str:
        return heading_in_block(field) or super().heading(field)

    def rows_that_differ(self, record: Any) -> list[Difference | None]:
        return [positions_that_differ(block) for block in self.adults.blocks]

    def contact(self) -> ContactDetails:
        typed = {field.name: self[field.name].data for field in fields(ContactDetails)}
        return ContactDetails(
            **typed
            | {
                "happened_precision": self.happened_precision.data or self._precision_meant(),
                "setting": employer(self.setting.data),
                "children": self.children.data or self._children_meant(),
            }
        )

    def _precision_meant(self) -> DatePrecision:
        if self.happened_to.data:
            return DatePrecision.BETWEEN
        return DatePrecision.EXACT if self.happened_from.data else DatePrecision.NOT_KNOWN

    def _children_meant(self) -> Children | None:
        return Children.COUNTED if self.children_count.data else None

    def about(self) -> list[AdultDetails]:
        adults = [block.details(self.received_on.data) for block in self.adults.blocks]
        return [replace(adult, non_recent=self.non_recent.data) for adult in adults]

    def concerned(self) -> list[ChildDetails]:
        return [block.details() for block in self.described_children.blocks]
