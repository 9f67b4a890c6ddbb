"""The forms of a consultation."""

from dataclasses import replace
from typing import Any

from flask import request

from lado import clock
from lado.models import Consultation, Person, User
from lado.queries.consultations import children_of, takers
from lado.rules.vocabulary import Children, DatePrecision, Origin, TermGroup
from lado.services.consultation_child import ChildDetails
from lado.services.consultation_contact import ContactDetails
from lado.services.subject import AdultDetails
from lado.web.consultations.blocks import AdultForm, ChildForm, employer
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
    VersionedForm,
    YesNoField,
)
from lado.web.forms.differences import Difference

LIKE_A_DATE = "For example, 27 3 2026"


class ContactForm(VersionedForm):
    """The whole contact on one page; `on_record` says what of it is saved already."""

    received_on = DateField(
        "When was it received?",
        called="The date it was received",
        required="Enter the date it was received",
        past=True,
    )
    referrer_name = TextField("Caller’s name", width=20)
    referrer_role = TextField("Caller’s role", width=20)
    referrer_agency_id = TermField("Caller’s agency", group=TermGroup.AGENCY)
    contact_method_id = TermField(
        "How did it come in?", group=TermGroup.CONTACT_METHOD, radios=False
    )
    anonymous = ConfirmField("The caller is anonymous")
    referrer_contact = TextField("Phone or email", width=20)
    referrer_may_be_named = YesNoField("May the caller be named?", called="May be named")
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
        "Why was it reported late?", called="The reason", longest=2_000, rows=2
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
        "Where did it happen?", called="The setting", hint="If not at the employer’s own place"
    )
    setting_sector_id = TermField(
        "Sector of that place", group=TermGroup.SECTOR, hint="Needed only for a new organisation"
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
            block.offer_known(user)

    def _arrange(self) -> None:
        if self.consultation is None:
            return
        subjects = self.consultation.subjects
        children = children_of(self.consultation)
        self.adults.arrange({each.number: AdultForm.data_of_subject(each) for each in subjects})
        self.described_children.arrange({each.number: ChildForm.data_of(each) for each in children})
        for block, subject in zip(self.adults.blocks, subjects, strict=False):
            block.subject = subject

    @classmethod
    def to_log(cls, user: User, person: Person | None) -> "ContactForm":
        about = [AdultForm.data_of_person(person)] if person else []
        data = {"received_on": clock.today(), "taken_by": user, "adults": about}
        return cls(user, data=data)

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
        return ContactDetails(
            received_on=self.received_on.data,
            summary=self.summary.data,
            interim_advice=self.interim_advice.data,
            aware_on=self.aware_on.data,
            late_report_reason=self.late_report_reason.data,
            contact_method_id=self.contact_method_id.data,
            taken_by=self.taken_by.data,
            anonymous=self.anonymous.data,
            referrer_name=self.referrer_name.data,
            referrer_role=self.referrer_role.data,
            referrer_contact=self.referrer_contact.data,
            referrer_agency_id=self.referrer_agency_id.data,
            referrer_may_be_named=self.referrer_may_be_named.data,
            happened_precision=self.happened_precision.data or self._precision_meant(),
            happened_from=self.happened_from.data,
            happened_to=self.happened_to.data,
            setting=employer(self.setting.data),
            setting_sector_id=self.setting_sector_id.data,
            children=self.children.data or self._children_meant(),
            children_count=self.children_count.data,
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
