"""The forms of what links a case with others."""

from typing import Any

from lado.models import Case, Document, OtherAuthority, User
from lado.queries.transfer import documents_to_send, is_kept_back
from lado.rules.transfer import AuthorityPart
from lado.rules.vocabulary import DisclosureClass
from lado.services.other_authority import AuthorityDetails
from lado.web.forms import (
    CheckboxesField,
    Choice,
    ConfirmField,
    DateField,
    EnumField,
    Form,
    TextField,
    VersionedForm,
)


class MatterForm(Form):
    reference = TextField(
        "Reference of the other case",
        hint="For example, PT-2026-0045",
        called="The reference",
        required="Enter the reference of the other case",
        longest=60,
        width=20,
    )
    reason = TextField(
        "What do they have in common?",
        hint="For example, they arose on the same school trip",
        called="What they have in common",
        required="Enter what they have in common",
    )


class LeaveForm(Form):
    reason = TextField(
        "Why is it taken out?", called="The reason", required="Enter why it is taken out"
    )


class AuthorityForm(VersionedForm):
    part = EnumField(
        "What part do they have?",
        enum=AuthorityPart,
        called="Their part",
        required="Choose what part they have",
    )
    authority = TextField(
        "Name of the authority",
        called="The name",
        required="Enter the name of the authority",
    )
    contact = TextField(
        "Whom we deal with there", hint="Name, phone or email", called="The contact"
    )
    told = TextField("Who there was told?", called="Who was told")
    told_on = DateField("When were they told?", called="The date they were told", past=True)

    def details(self) -> AuthorityDetails:
        names = ("part", "authority", "contact", "told", "told_on")
        return AuthorityDetails(**{name: self[name].data for name in names})


class PackForm(Form):
    """What is restricted or marked to be withheld is not chosen as it comes."""

    documents = CheckboxesField("Which documents are sent?", called="The documents")
    withheld = ConfirmField("Send what is restricted, or marked to be withheld, too")

    @classmethod
    def of(cls, user: User, case: Case) -> "PackForm":
        offered = documents_to_send(user, case)
        form = cls(data={"documents": [each for each in offered if not is_kept_back(each)]})
        form.documents.choices = [_choice(each) for each in offered]
        return form

    def choice(self) -> dict[str, Any]:
        return {"chosen": self.documents.data or [], "withheld": bool(self.withheld.data)}


def _choice(document: Document) -> Choice:
    words = f"{document.title} ({document.home.reference}, document {document.number})"
    return Choice(str(document.id), words, document, _why_kept_back(document))


def _why_kept_back(document: Document) -> str:
    if document.disclosure is DisclosureClass.WITHHOLD:
        return "Marked to be withheld"
    return "Of a restricted consultation" if is_kept_back(document) else ""


def pack_name(authority: OtherAuthority, case: Case) -> str:
    return f"{case.reference}-transfer-{authority.number}.lado"
