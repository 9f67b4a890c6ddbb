from collections.abc import Collection, Sequence
from typing import Any

from lado.models import Person, User
from lado.queries import people, users
from lado.rules.permissions import Permission
from lado.rules.vocabulary import NameKind, Sameness, Sex
from lado.services import person as services
from lado.services.person import PersonDetails
from lado.web.consultations.blocks import PositionFields
from lado.web.forms import (
    Choice,
    ChoiceField,
    DateField,
    EnumField,
    Form,
    IntegerField,
    TextAreaField,
    TextField,
    VersionedForm,
    YesNoField,
)

LONGEST_NAME = 100


class SearchForm(Form):
    name = TextField("Name", hint="Any part of it, former names too", longest=200)
    born = DateField("Date of birth", hint="For example, 27 3 1985", past=True)

    def found(self, by: User) -> Sequence[Person] | None:
        """One more than MOST_FOUND says that there are more; None where nothing could be asked."""
        if not self.validate_on_submit():
            return None
        if not (self.name.data or self.born.data):
            self.refuse("Enter a name or a date of birth")
            return None
        found = people.search(by, self.name.data, self.born.data)
        services.searched(found=min(len(found), people.MOST_FOUND), by=by)
        return found


class PersonForm(VersionedForm):
    surname = TextField("Surname", required="Enter the surname", longest=LONGEST_NAME, width=20)
    forename = TextField("Forenames", longest=LONGEST_NAME, width=20)
    date_of_birth = DateField("Date of birth", hint="For example, 27 3 1985", past=True)
    stated_age = IntegerField(
        "Age, if the date of birth is not known", called="Age", least=10, most=120, width=3
    )
    age_stated_on = DateField(
        "Day on which that was their age", hint="Needed only with an age", past=True
    )
    sex = EnumField("Sex", enum=Sex)

    @classmethod
    def of(cls, person: Person) -> "PersonForm":
        name = person.name
        return cls(obj=person, data={"surname": name.surname, "forename": name.forename})

    def details(self) -> PersonDetails:
        return PersonDetails(
            surname=self.surname.data,
            forename=self.forename.data,
            date_of_birth=self.date_of_birth.data,
            stated_age=self.stated_age.data,
            age_stated_on=self.age_stated_on.data,
            sex=self.sex.data,
        )


class NameForm(VersionedForm):
    kind = EnumField(
        "Which name is it?",
        enum=NameKind,
        required="Choose which name it is",
        called="Which name it is",
        hints={NameKind.CURRENT: "The name they have now becomes a former name"},
    )
    surname = TextField("Surname", required="Enter the surname", longest=LONGEST_NAME, width=20)
    forename = TextField("Forenames", longest=LONGEST_NAME, width=20)


class HeldPositionForm(PositionFields, VersionedForm):
    """Which no consultation stated."""


class SamenessForm(VersionedForm):
    sameness = EnumField(
        "Is it the same person?",
        enum=Sameness,
        required="Choose whether it is the same person",
        called="The answer",
        hints={
            Sameness.SAME: "Both records are kept, and each shows what is held on the other",
            Sameness.DIFFERENT: "Remembered, so that nobody asks again",
        },
    )
    reason = TextAreaField(
        "Why?",
        hint="Needed when they are the same, or no longer. For example, same national insurance "
        "number, confirmed by the employer",
        called="The reason",
        longest=2_000,
        rows=3,
    )


class ConflictForm(VersionedForm):
    user = ChoiceField(
        "Which user is it about?", required="Choose the user", called="The user", radios=False
    )
    themselves = YesNoField(
        "Is this person the user?",
        not_known=False,
        required="Say whether this person is the user",
        called="The answer",
    )
    connection = TextField(
        "If not, how are they connected?",
        hint="For example, sister, or former colleague and friend",
        called="The connection",
    )

    @classmethod
    def of(cls, person: Person, declared: Collection[User]) -> "ConflictForm":
        form = cls(obj=person)
        form.user.choices = [
            Choice(each.public_id, each.name, each)
            for each in users.colleagues(Permission.PERSON_VIEW)
            if each not in declared
        ]
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if self.themselves.data is False and not self.connection.data:
            self.connection.errors = ["Enter how they are connected"]
            return False
        return valid
