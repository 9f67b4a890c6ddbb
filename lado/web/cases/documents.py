"""Files kept with a case, and those of its consultations that the reader may know of."""

from lado.queries.documents import documents_of
from lado.rules.permissions import Permission
from lado.web import documents as shared
from lado.web.cases.blueprint import blueprint
from lado.web.cases.opened import opened, page
from lado.web.cases.reading import consultations_seen
from lado.web.documents import Answer
from lado.web.guard import requires


@blueprint.get("/<record_id:public_id>/documents")
@requires(Permission.CASE_VIEW)
def documents(public_id: str) -> str:
    case = opened(public_id, Permission.CASE_VIEW)
    found = documents_of(case, consultations_seen(case))
    return page("cases/documents.html", case, documents=found)


@blueprint.route("/<record_id:public_id>/documents/add", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def add_document(public_id: str) -> Answer:
    return shared.add(opened(public_id, Permission.DISCUSSION_RECORD))


@blueprint.get("/<record_id:public_id>/documents/<int:number>")
@requires(Permission.CASE_VIEW)
def document(public_id: str, number: int) -> Answer:
    return shared.send(opened(public_id, Permission.CASE_VIEW), number)


@blueprint.route("/<record_id:public_id>/documents/<int:number>/edit", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def change_document(public_id: str, number: int) -> Answer:
    return shared.change(opened(public_id, Permission.DISCUSSION_RECORD), number)


@blueprint.route("/<record_id:public_id>/documents/<int:number>/withdraw", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def withdraw_document(public_id: str, number: int) -> Answer:
    return shared.withdraw(opened(public_id, Permission.CASE_EDIT), number)


@blueprint.route("/<record_id:public_id>/documents/<int:number>/delete", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def delete_document(public_id: str, number: int) -> Answer:
    return shared.delete(opened(public_id, Permission.CASE_EDIT), number)
