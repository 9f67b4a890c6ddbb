"""Parts of the contact's form that come several times: adults, their positions, children."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from wtforms import Form as WTForm

from lado.models import (
    Child,
    Consultation,
    ConsultationSubject,
    Organisation,
    Person,
    Position,
    User,
)
from lado.rules.vocabulary import Sex, TermGroup
from lado.services.consultation_child import ChildDetails
from lado.services.person import PersonDetails
from lado.services.position import PositionDetails, sector_of_role
from lado.services.subject import AdultDetails
from lado.web.consultations.matches import Matches, look
from lado.web.forms import (
    Block,
    Blocks,
    ChoiceField,
    ConfirmField,
    DateField,
    EnumField,
    IntegerField,
    NamedOrganisation,
    OrganisationField,
    TermField,
    TextField,
    YesNoField,
    is_blank,
)
from lado.web.viewing import shown

LONGEST_NAME = 100
QUICK = {
    "number", "surname", "forename", "known", "somebody_else", "date_of_birth",
    "role_id", "organisation", "category_id",
}  # fmt: skip
NEW_EMPLOYER = "A new one needs its sector too"
WHO_IS_MEANT = "Somebody on record may be meant. Choose whether it is the same person"


def employer(named: NamedOrganisation | None) -> Organisation | str | None:
    return (named.organisation or named.name) if named else None


def holds_something(fields: Iterable[Any], besides: Collection[str] = ()) -> bool:
    """Whether any of these fields was filled in or has an error."""
    return any(
        (field.entries if isinstance(field, Blocks) else field.errors or not is_blank(field))
        for field in fields
        if field.short_name not in besides
    )


class PositionFields(WTForm):
    role_id = TermField("Role", group=TermGroup.ROLE)
    organisation = OrganisationField("Employer or organisation")
    sector_id = TermField(
        "Sector of the role",
        group=TermGroup.SECTOR,
        hint="Left empty, it is that of the employer. Needed only where the employer is new here",
    )
    paid = YesNoField("Are they paid?", called="Paid or not")

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if self.may_need_sector:
            self.organisation.errors = [f"{self.organisation.question}. {NEW_EMPLOYER}"]
        return valid

    @property
    def may_need_sector(self) -> bool:
        """The employer may be new here, and nothing tells its sector."""
        told = self.sector_id.data or sector_of_role(self.role_id.data)
        return self.organisation.asks and not told

    def position(self) -> PositionDetails:
        return PositionDetails(
            sector_id=self.sector_id.data,
            role_id=self.role_id.data,
            organisation=employer(self.organisation.data),
            paid=self.paid.data,
        )


class PositionForm(PositionFields, Block):
    @staticmethod
    def data_of(position: Position) -> dict[str, Any]:
        return {
            "role_id": position.role_id,
            "organisation": position.organisation,
            "sector_id": position.sector_id,
            "paid": position.paid,
        }


class AdultForm(PositionForm):
    """`subject` is set where the adult is on record; a name there is not retyped, but somebody
    else may be named in its place."""

    subject: ConsultationSubject | None = None
    matches = Matches("")

    somebody_else = ConfirmField("This is the wrong person: I name somebody else below")
    surname = TextField(
        "Surname", hint="Leave this empty if they are not named", longest=LONGEST_NAME, width=20
    )
    forename = TextField("Forenames", longest=LONGEST_NAME, width=20)
    known = ChoiceField("Is it one of these people?", radios=True, called="The person meant")
    date_of_birth = DateField("Date of birth", hint="For example, 27 3 1985", past=True)
    stated_age = IntegerField(
        "Age, if the date of birth is not known", called="Age", least=10, most=120, width=3
    )
    sex = EnumField("Sex", enum=Sex)
    organisation_itself = ConfirmField("The concern is about the organisation itself")
    category_id = TermField(
        "Category of concern",
        group=TermGroup.CATEGORY,
        hint="Left empty, it is recorded as not yet clear",
        radios=False,
    )
    context_id = TermField("Context", group=TermGroup.CONTEXT)
    further_positions = Blocks(PositionForm, most=10)

    @property
    def has_more(self) -> bool:
        """Whether anything but the quick log's fields is filled in, or wrong."""
        return self.may_need_sector or holds_something(self, QUICK)

    def offer_known(
        self, user: User, consultation: Consultation | None, *settings: OrganisationField
    ) -> None:
        """Who on record may be meant, and what is held of where they work and of `settings`. Where
        somebody fits well, that is asked; an answer stands for the typed name only."""
        if self.keeps_person:
            return
        chosen = self.known.data
        named = [employer(field.data) for field in (self.organisation, *settings)]
        self.matches = look(
            user,
            self.surname.data or "",
            self.forename.data or "",
            self.date_of_birth.data,
            list(dict.fromkeys(place for place in named if isinstance(place, Organisation))),
            consultation,
        )
        shown(each.person for each in self.matches.found)
        self.known.choices = self.matches.choices
        if chosen is not None and self.known.sent is None:
            self.known.data = chosen
        self.known.problem = ""
        if self.matches.asks:
            self.known.required_message = WHO_IS_MEANT

    @property
    def named(self) -> Person | None:
        return self.subject.person if self.subject else None

    @property
    def keeps_person(self) -> bool:
        return self.named is not None and not self.somebody_else.data

    def details(self, received_on: date) -> AdultDetails:
        return AdultDetails(
            person=self._person(received_on),
            position=self.position(),
            category_id=self.category_id.data,
            context_id=self.context_id.data,
            organisation_itself=self.organisation_itself.data,
            further_positions=[block.position() for block in self.further_positions.blocks],
            given=self._given(),
            judged=self.matches.judged(self.known.data),
        )

    def _given(self) -> PersonDetails | None:
        """What the caller called somebody who was chosen among those on record."""
        if self.keeps_person or not isinstance(self.known.data, Person) or not self.surname.data:
            return None
        return PersonDetails(self.surname.data, self.forename.data or "", self.date_of_birth.data)

    def _person(self, received_on: date) -> Person | PersonDetails | None:
        if self.keeps_person:
            return self.named
        if isinstance(self.known.data, Person):
            return self.known.data
        if not self.surname.data:
            return None
        return PersonDetails(
            surname=self.surname.data,
            forename=self.forename.data,
            date_of_birth=self.date_of_birth.data,
            stated_age=self.stated_age.data,
            age_stated_on=None if self.stated_age.data is None else received_on,
            sex=self.sex.data,
        )

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        nameless = not self.keeps_person and not self.surname.data
        about_them = self.forename, self.date_of_birth, self.stated_age
        if nameless and any(field.data for field in about_them):
            self.surname.errors = ["Enter the surname too, or leave the other details empty"]
            return False
        return valid

    @staticmethod
    def data_of_subject(subject: ConsultationSubject) -> dict[str, Any]:
        return {
            **PositionForm.data_of(subject.position),
            "number": subject.number,
            "category_id": subject.category_id,
            "context_id": subject.context_id,
            "organisation_itself": subject.organisation_id is not None,
            "further_positions": [PositionForm.data_of(p) for p in subject.other_positions],
        }

    @staticmethod
    def data_of_person(person: Person) -> dict[str, Any]:
        """To begin a consultation about somebody on record."""
        held = [position for position in person.positions if position.held_to is None]
        return {
            "surname": person.name.surname,
            "forename": person.name.forename,
            "known": person,
            **(PositionForm.data_of(held[-1]) if held else {}),
        }


class ChildForm(Block):
    name = TextField("Name", longest=200, width=20)
    age = IntegerField("Age", least=0, most=25, width=2)
    sex = EnumField("Sex", enum=Sex)
    looked_after = YesNoField("Looked after by a local authority?", called="Looked after or not")
    social_care_reference = TextField("Social care reference", longest=60, width=10)

    def details(self) -> ChildDetails:
        return ChildDetails(
            name=self.name.data or None,
            age=self.age.data,
            sex=self.sex.data,
            looked_after=self.looked_after.data,
            social_care_reference=self.social_care_reference.data or None,
        )

    @staticmethod
    def data_of(child: Child) -> dict[str, Any]:
        names = ("number", "name", "age", "sex", "looked_after", "social_care_reference")
        return {name: getattr(child, name) for name in names}
