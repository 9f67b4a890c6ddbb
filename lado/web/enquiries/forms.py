from collections.abc import Mapping
from typing import Any

from lado import clock
from lado.models import Case, Consultation, Enquiry, Person
from lado.queries.enquiries import Candidate, EnquiryState, Offered
from lado.queries.held import Held
from lado.rules.vocabulary import (
    EnquiryAnswer,
    EnquiryBasis,
    EnquiryKind,
    TermGroup,
)
from lado.rules.words import long_day
from lado.services.enquiry import AnswerDetails, EnquiryDetails
from lado.web.forms import (
    CheckboxesField,
    Choice,
    DateField,
    EnumField,
    Form,
    TermField,
    TextAreaField,
    TextField,
    VersionedForm,
)
from lado.web.lists import ListForm
from lado.web.sending import SentForm

LONGEST_NAME = 100


class EnquiryListForm(ListForm):
    state = EnumField("How it stands", enum=EnquiryState, radios=False)
    kind = EnumField("Who asks", enum=EnquiryKind, radios=False)


class EnquiryForm(VersionedForm):
    received_on = DateField(
        "When was it received?",
        called="The date it was received",
        required="Enter the date it was received",
        past=True,
    )
    kind = EnumField(
        "Who asks, and what for?",
        enum=EnquiryKind,
        required="Choose who asks, and what for",
        called="Who asks",
    )
    asker_name = TextField(
        "Name of whoever asks", required="Enter who asks", called="The name of whoever asks"
    )
    asker_role = TextField("Their role", called="The role")
    asker_agency_id = TermField("Their agency", group=TermGroup.AGENCY)
    asker_contact = TextField("Their phone or email", called="The phone or email")
    basis = EnumField(
        "On what basis do they ask?",
        enum=EnquiryBasis,
        required="Choose on what basis they ask",
        called="The basis",
    )
    purpose = TextAreaField(
        "What do they say it is for?", called="What it is for", longest=5_000, rows=3
    )
    surname = TextField(
        "Surname", required="Enter the surname of the person asked about", longest=LONGEST_NAME,
        width=20,
    )  # fmt: skip
    forename = TextField("Forenames", longest=LONGEST_NAME, width=20)
    former_names = TextAreaField(
        "Former names and other names", hint="One on each line", called="Former names",
        longest=1_000, rows=2,
    )  # fmt: skip
    date_of_birth = DateField("Date of birth", hint="For example, 27 3 1985", past=True)

    @classmethod
    def of_today(cls) -> "EnquiryForm":
        return cls(data={"received_on": clock.today()})

    def details(self) -> EnquiryDetails:
        names = EnquiryDetails.__dataclass_fields__
        return EnquiryDetails(**{name: self[name].data for name in names})


class ConsiderForm(Form):
    """Everything that is held on those who may be meant; `groups` has it person by person, and
    `unnamed` the consultations about adults whose name was not kept."""

    records = CheckboxesField("Which of these are considered for the answer?", called="The records")

    @classmethod
    def about(cls, enquiry: Enquiry, found: Offered) -> "ConsiderForm":
        considered = [row.person or row.consultation or row.case for row in enquiry.considered]
        form = cls(data={"records": considered})
        contacts = {key: _contact(each) for key, each in found.consultations.items()}
        offered: dict[str, Choice] = {}
        for one in found.candidates:
            every = _choices(one.person, found.held[one.person.id], contacts)
            choices = [each for each in every if each.value not in offered]
            offered |= {each.value: each for each in choices}
            form.groups.append((one, choices))
        unnamed = [contacts[line.public_id] for line in found.unnamed]
        form.unnamed = [each for each in unnamed if each.value not in offered]
        form.records.choices = [*offered.values(), *form.unnamed]
        return form

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.groups: list[tuple[Candidate, list[Choice]]] = []
        self.unnamed: list[Choice] = []

    @property
    def offered(self) -> list[Person | Consultation | Case]:
        return [choice.data for choice in self.records.choices]


def _contact(of: Consultation) -> Choice:
    return Choice(
        of.public_id, f"Consultation {of.reference}, received {long_day(of.received_on)}", of
    )


def _choices(person: Person, held: Held, contacts: Mapping[str, Choice]) -> list[Choice]:
    """A record about two of them is offered with the first."""
    return [
        Choice(person.public_id, "This is the person meant", person),
        *(contacts[each.public_id] for each in held.contacts),
        *(
            Choice(each.public_id, f"Case {each.reference}, {each.status.label.lower()}", each)
            for each in held.cases
        ),
    ]


class AnswerForm(VersionedForm):
    answer = EnumField(
        "What is answered?",
        enum=EnquiryAnswer,
        required="Choose what is answered",
        called="The answer",
    )
    text = TextAreaField(
        "What they are told, word for word",
        hint="Leave this empty if they are told nothing",
        called="What they are told",
        rows=6,
    )
    reasons = TextAreaField(
        "Reasons for this answer", required="Enter the reasons for this answer",
        called="The reasons",
    )  # fmt: skip
    answered_on = DateField(
        "When was it decided?",
        called="The date of the answer",
        required="Enter the date of the answer",
        past=True,
    )

    @classmethod
    def of(cls, enquiry: Enquiry) -> "AnswerForm":
        return cls(
            data={
                "version": enquiry.version,
                "answer": enquiry.answer,
                "text": enquiry.answer_text,
                "reasons": enquiry.answer_reasons,
                "answered_on": enquiry.answered_on or clock.today(),
            }
        )

    def details(self) -> AnswerDetails:
        return AnswerDetails(
            answer=self.answer.data,
            text=self.text.data,
            reasons=self.reasons.data,
            answered_on=self.answered_on.data,
        )


class AnswerSentForm(SentForm):
    @classmethod
    def of(cls, enquiry: Enquiry) -> "AnswerSentForm":
        return cls(data={"version": enquiry.version, "sent_on": clock.today()})
