"""What the pages of documents share, on a case and on a consultation."""

from typing import Any

from flask import Response, flash, redirect, render_template, url_for

from lado.models import Case, Document
from lado.queries import documents, settings
from lado.queries.documents import Home
from lado.rules.documents import ACCEPTED, ENDINGS, MEDIA_TYPES, DocumentKind
from lado.rules.vocabulary import DisclosureClass
from lado.sealed import Unreadable
from lado.services import document as services
from lado.services.document import DocumentDetails
from lado.web.forms import DateField, EnumField, Form, TextField, UploadField, VersionedForm
from lado.web.guard import user
from lado.web.text_source import agency_field, disclosure_field

Answer = str | Response | tuple[str, int]


class ChangeForm(VersionedForm):
    title = TextField(
        "What is it?",
        hint="For example, letter from the school about the incident",
        called="What it is",
        required="Enter what this document is",
    )
    kind = EnumField(
        "Kind", enum=DocumentKind, radios=False, called="The kind", required="Choose the kind"
    )
    dated_on = DateField("Date of the document", hint="The date that it bears, if any", past=True)
    agency_id = agency_field()
    disclosure = disclosure_field()

    @classmethod
    def of(cls, document: Document) -> "ChangeForm":
        return cls(obj=document, data={"agency_id": document.text_agency_id})

    def saved(self, record: Any) -> dict[str, Any]:
        return super().saved(record) | {"agency_id": record.text_agency_id}

    def details(self) -> DocumentDetails:
        return DocumentDetails(
            self.title.data,
            self.kind.data,
            self.agency_id.data,
            self.disclosure.data,
            self.dated_on.data,
        )


class DocumentForm(ChangeForm):
    file = UploadField(
        "File",
        accept=",".join(f".{ending}" for ending in ENDINGS),
        required="Choose the file to attach",
    )

    @classmethod
    def empty(cls) -> "DocumentForm":
        form = cls(data={"disclosure": DisclosureClass.UNDETERMINED})
        most = settings.get_number("document_megabytes")
        form.file.description = f"{ACCEPTED}, of up to {most} MB. It is kept encrypted"
        return form

    def attaches(self, home: Home) -> bool:
        if not self.validate_on_submit():
            return False
        file = self.file.data
        return self.run(
            lambda: services.attach(
                home, self.details(), content=file.stream, file_name=file.filename, by=user()
            )
        )


class WithdrawForm(Form):
    reason = TextField(
        "Why is it withdrawn?",
        hint="For example, it is about another person. Do not name anybody",
        called="The reason",
        required="Enter why it is withdrawn",
    )


def add(home: Home) -> Answer:
    form = DocumentForm.empty()
    if form.attaches(home):
        return _done(home, "Document attached")
    return render_template("documents/add.html", form=form, home=home, back=place(home))


def send(home: Home, number: int) -> Answer:
    """As an attachment under our own name, whatever it was called; nothing shows it in a page."""
    document = documents.document(home, number)
    try:
        content = services.read(document, by=user())
    except Unreadable as error:
        return _unreadable(home, document, error)
    answer = Response(content, mimetype=MEDIA_TYPES[document.file_type])
    answer.content_length = document.size
    answer.headers.set("Content-Disposition", "attachment", filename=document.download_name)
    return answer


def _unreadable(home: Home, document: Document, error: Unreadable) -> Answer:
    shown = {"home": home, "document": document, "back": place(home), "message": error.message}
    return render_template("documents/unreadable.html", **shown), 409


def change(home: Home, number: int) -> Answer:
    document = documents.document(home, number)
    form = ChangeForm.of(document)
    if form.validate_on_submit() and form.run_on(
        document,
        lambda: services.change(document, form.details(), version=form.version.data, by=user()),
    ):
        return _done(home, f"Document {number} changed")
    shown = {"form": form, "home": home, "document": document, "back": place(home)}
    return render_template("documents/change.html", **shown)


def withdraw(home: Home, number: int) -> Answer:
    document, form = documents.document(home, number), WithdrawForm()
    if form.validate_on_submit() and form.run(
        lambda: services.withdraw(document, reason=form.reason.data, by=user())
    ):
        return _done(home, f"Document {number} withdrawn")
    shown = {"form": form, "home": home, "document": document, "back": place(home)}
    return render_template("documents/withdraw.html", **shown)


def delete(home: Home, number: int) -> Answer:
    document, form = documents.document(home, number), Form()
    if form.validate_on_submit() and form.run(lambda: services.delete_content(document, by=user())):
        return _done(home, f"Content of document {number} deleted")
    shown = {"form": form, "home": home, "document": document, "back": place(home)}
    return render_template("documents/delete.html", **shown)


def place(home: Home) -> str:
    if isinstance(home, Case):
        return url_for("cases.documents", public_id=home.public_id)
    return url_for("consultations.view", public_id=home.public_id, _anchor="documents")


def _done(home: Home, message: str) -> Response:
    flash(message)
    return redirect(place(home))  # type: ignore[return-value]
