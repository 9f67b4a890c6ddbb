from lado import clock
from lado.rules.vocabulary import TermGroup, TrainingKind
from lado.services.training import SessionDetails
from lado.web.forms import (
    DateField,
    EnumField,
    IntegerField,
    TermField,
    TextField,
    VersionedForm,
)

MOST_PEOPLE = 10_000


class SessionForm(VersionedForm):
    held_on = DateField(
        "When was it given?",
        called="The day on which it was given",
        required="Enter when it was given",
        past=True,
    )
    kind = EnumField(
        "What was it?", enum=TrainingKind, required="Choose what it was", called="What it was"
    )
    title = TextField(
        "What was it about?",
        hint="Name no person.",
        called="What it was about",
        required="Enter what it was about",
    )
    sector_id = TermField(
        "Which sector was it for?",
        hint="Leave this empty if people of several sectors came",
        called="The sector",
        group=TermGroup.SECTOR,
    )
    people = IntegerField(
        "How many people came?",
        called="The number of people",
        required="Enter how many people came",
        least=1,
        most=MOST_PEOPLE,
    )

    @classmethod
    def of_today(cls) -> "SessionForm":
        return cls(data={"held_on": clock.today()})

    def details(self) -> SessionDetails:
        names = SessionDetails.__dataclass_fields__
        return SessionDetails(**{name: self[name].data for name in names})
