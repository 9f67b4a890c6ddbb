from collections.abc import Callable

from lado.directory.problems import Unreadable
from lado.errors import Invalid
from lado.rules.vocabulary import TermGroup
from lado.services.organisation import OrganisationDetails
from lado.web.forms import (
    ChoiceField,
    ConfirmField,
    Form,
    TermField,
    TextAreaField,
    TextField,
    UploadField,
    VersionedForm,
    YesNoField,
)


class SearchForm(Form):
    name = TextField("Name", hint="Any part of it", longest=200)


class OrganisationForm(VersionedForm):
    name = TextField("Name", required="Enter the name", longest=200)
    sector_id = TermField(
        "Sector", group=TermGroup.SECTOR, required="Choose the sector", radios=False
    )
    subsector_id = TermField(
        "Sub-sector", group=TermGroup.SUBSECTOR, hint="One of the sector’s own", radios=False
    )
    school_phase_id = TermField("School phase", group=TermGroup.SCHOOL_PHASE, radios=False)
    school_type_id = TermField("School type", group=TermGroup.SCHOOL_TYPE, radios=False)
    small_voluntary = YesNoField("Is it a small voluntary body?")
    is_another = ConfirmField("This is another organisation")

    def details(self) -> OrganisationDetails:
        return OrganisationDetails(
            name=self.name.data,
            sector_id=self.sector_id.data,
            subsector_id=self.subsector_id.data,
            school_phase_id=self.school_phase_id.data,
            school_type_id=self.school_type_id.data,
            small_voluntary=self.small_voluntary.data,
        )


class MergeForm(Form):
    stays = ChoiceField(
        "Which one stays?",
        required="Choose which one stays",
        called="Which one stays",
        hint="The other’s name stays known, and leads to it",
    )
    reason = TextAreaField(
        "How do you know that they are the same?",
        required="Say how you know that they are the same",
        called="The reason",
        longest=2000,
        rows=3,
    )


class SplitForm(Form):
    reason = TextAreaField(
        "Why are they two after all?",
        required="Say why they are two",
        called="The reason",
        longest=2000,
        rows=3,
    )


class LoadForm(Form):
    """Without `save` the list is only checked."""

    file = UploadField(
        "List",
        hint="A CSV file of up to 20 MB: the establishment fields of the register of schools "
        "(GIAS), or a list of childcare or social care providers from Ofsted",
        accept=".csv",
        required="Choose the file that holds the list",
    )
    authority = TextField(
        "Only of this local authority", hint="As the file has it, for example Kent", longest=100
    )
    save = ConfirmField("Save what it says. Without this tick it is only checked")

    def run(self, action: Callable[[], object]) -> bool:
        try:
            return super().run(action)
        except Unreadable as unreadable:
            self.apply(Invalid({"file": str(unreadable)}))
            return False
