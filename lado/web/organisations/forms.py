from lado.rules.vocabulary import TermGroup
from lado.services.organisation import OrganisationDetails
from lado.web.forms import ConfirmField, Form, TermField, TextField, VersionedForm, YesNoField


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
