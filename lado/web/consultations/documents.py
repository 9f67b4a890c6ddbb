"""Files kept with a consultation."""

from lado.rules.permissions import Permission
from lado.web import documents as shared
from lado.web.consultations.blueprint import blueprint
from lado.web.consultations.opened import opened
from lado.web.documents import Answer
from lado.web.guard import requires


@blueprint.route("/<record_id:public_id>/documents/add", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def add_document(public_id: str) -> Answer:
    return shared.add(opened(public_id, Permission.CONSULTATION_LOG))


@blueprint.get("/<record_id:public_id>/documents/<int:number>")
@requires(Permission.CONSULTATION_VIEW)
def document(public_id: str, number: int) -> Answer:
    return shared.send(opened(public_id, Permission.CONSULTATION_VIEW), number)


@blueprint.route("/<record_id:public_id>/documents/<int:number>/edit", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def change_document(public_id: str, number: int) -> Answer:
    return shared.change(opened(public_id, Permission.CONSULTATION_LOG), number)


@blueprint.route("/<record_id:public_id>/documents/<int:number>/withdraw", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_DECIDE)
def withdraw_document(public_id: str, number: int) -> Answer:
    return shared.withdraw(opened(public_id, Permission.CONSULTATION_DECIDE), number)


@blueprint.route("/<record_id:public_id>/documents/<int:number>/delete", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_DECIDE)
def delete_document(public_id: str, number: int) -> Answer:
    return shared.delete(opened(public_id, Permission.CONSULTATION_DECIDE), number)
