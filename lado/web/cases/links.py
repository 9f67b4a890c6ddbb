"""Matters, the same person and setting, other authorities, and the file that goes to one."""

from flask import Response

from lado.queries import contacts
from lado.queries import links as queries
from lado.rules.permissions import Permission
from lado.services import matter, other_authority, transfer
from lado.web.cases.blueprint import blueprint
from lado.web.cases.link_forms import AuthorityForm, LeaveForm, MatterForm, PackForm, pack_name
from lado.web.cases.opened import Answer, done, opened, page
from lado.web.cases.reading import consultations_seen
from lado.web.guard import requires, user


@blueprint.get("/<record_id:public_id>/links")
@requires(Permission.CASE_VIEW)
def links(public_id: str) -> str:
    case = opened(public_id, Permission.CASE_VIEW)
    joined = queries.membership(case)
    return page(
        "cases/links.html",
        case,
        joined=joined,
        in_matter=queries.others_in_matter(user(), joined) if joined else [],
        left=queries.left_matters(case),
        same_person=queries.same_person(user(), case),
        others=contacts.others_since(user(), case),
        same_setting=queries.same_setting(user(), case),
        authorities=queries.authorities_of(case, consultations_seen(case)),
    )


@blueprint.route("/<record_id:public_id>/matter/join", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def join_matter(public_id: str) -> Answer:
    case = opened(public_id, Permission.CASE_EDIT)
    form = MatterForm()
    if form.validate_on_submit() and form.run(
        lambda: matter.join(case, reference=form.reference.data, reason=form.reason.data, by=user())
    ):
        return done(case, f"Joined in matter {form.result.reference}", "cases.links")
    return page("cases/join_matter.html", case, form=form)


@blueprint.route("/<record_id:public_id>/matter/leave", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def leave_matter(public_id: str) -> Answer:
    case = opened(public_id, Permission.CASE_EDIT)
    form = LeaveForm()
    if form.validate_on_submit() and form.run(
        lambda: matter.leave(case, reason=form.reason.data, by=user())
    ):
        return done(case, "Taken out of the matter", "cases.links")
    return page("cases/leave_matter.html", case, form=form)


@blueprint.route("/<record_id:public_id>/authorities/add", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def add_authority(public_id: str) -> Answer:
    case = opened(public_id, Permission.DISCUSSION_RECORD)
    form = AuthorityForm()
    if form.validate_on_submit() and form.run(
        lambda: other_authority.add(case, form.details(), by=user())
    ):
        return done(case, "Other authority recorded", "cases.links")
    return page("cases/authority.html", case, form=form, authority=None)


@blueprint.route("/<record_id:public_id>/authorities/<int:number>", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def edit_authority(public_id: str, number: int) -> Answer:
    case = opened(public_id, Permission.DISCUSSION_RECORD)
    authority = queries.authority(case, number)
    form = AuthorityForm(obj=authority)
    if form.validate_on_submit() and form.run_on(
        authority,
        lambda: other_authority.change(
            authority, form.details(), version=form.version.data, by=user()
        ),
    ):
        return done(case, "Changes saved", "cases.links")
    return page("cases/authority.html", case, form=form, authority=authority)


@blueprint.route("/<record_id:public_id>/authorities/<int:number>/send", methods=["GET", "POST"])
@requires(Permission.TRANSFER)
def make_transfer(public_id: str, number: int) -> Answer:
    """The passphrase is on the page that answers, once."""
    case = opened(public_id, Permission.TRANSFER)
    authority = queries.authority(case, number)
    form = PackForm.of(user(), case)
    if form.validate_on_submit() and form.run(
        lambda: transfer.make(authority, **form.choice(), by=user())
    ):
        return page("cases/transfer_made.html", case, authority=authority, words=form.result)
    return page("cases/transfer.html", case, form=form, authority=authority)


@blueprint.get("/<record_id:public_id>/authorities/<int:number>/file")
@requires(Permission.TRANSFER)
def transfer_file(public_id: str, number: int) -> Response:
    case = opened(public_id, Permission.TRANSFER)
    authority = queries.authority(case, number)
    answer = Response(transfer.download(authority, by=user()), mimetype="application/octet-stream")
    name = pack_name(authority, case)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
