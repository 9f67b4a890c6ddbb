"""The fields and the base that every form is made of. templates/macros/forms.html shows them."""

from lado.web.forms.blocks import Block, Blocks, is_blank
from lado.web.forms.choices import (
    CheckboxesField,
    Choice,
    ChoiceField,
    ConfirmField,
    EnumField,
    TermField,
    YesNoField,
    term_choices,
)
from lado.web.forms.dates import DateField
from lado.web.forms.form import Form, Row, VersionedForm
from lado.web.forms.organisation import NamedOrganisation, OrganisationField
from lado.web.forms.text import EmailField, HiddenNumber, IntegerField, TextAreaField, TextField
from lado.web.forms.times import TimeField
from lado.web.forms.upload import UploadField

__all__ = [
    "Block",
    "Blocks",
    "CheckboxesField",
    "Choice",
    "ChoiceField",
    "ConfirmField",
    "DateField",
    "EmailField",
    "EnumField",
    "Form",
    "HiddenNumber",
    "IntegerField",
    "NamedOrganisation",
    "OrganisationField",
    "Row",
    "TermField",
    "TextAreaField",
    "TextField",
    "TimeField",
    "UploadField",
    "VersionedForm",
    "YesNoField",
    "is_blank",
    "term_choices",
]
