"""What goes out before a strategy discussion: the invitation, what each agency is asked for, the
agenda."""

from lado.errors import NotFound
from lado.models import StrategyDiscussion
from lado.papers import minutes as papers
from lado.papers.invitation import MEDIA_TYPE, Invitation, invitation
from lado.papers.paper import Paper, as_text
from lado.papers.request_list import request_list
from lado.queries import cases, requests
from lado.queries.callers import unnamed
from lado.queries.place_said import place_to_say
from lado.rules.permissions import Permission
from lado.services import discussion_papers as services
from lado.web.cases.blueprint import blueprint
from lado.web.cases.opened import Answer, done, headed, opened, page
from lado.web.cases.request_form import RequestForm
from lado.web.downloads import saved_bytes, saved_paper
from lado.web.guard import requires, user

RECORD = Permission.DISCUSSION_RECORD


@blueprint.get("/<record_id:public_id>/discussions/<int:number>/invitation")
@requires(Permission.DISCUSSION_RECORD)
def invitation_page(public_id: str, number: int) -> str:
    case = opened(public_id, RECORD)
    found = cases.discussion(case, number)
    invited = _invitation(found)
    kept_back = bool(found.place) and not invited.place
    return page(
        "cases/invitation.html", case, discussion=found, invited=invited, kept_back=kept_back
    )


@blueprint.get("/<record_id:public_id>/discussions/<int:number>/invitation/calendar")
@requires(Permission.DISCUSSION_RECORD)
def calendar_entry(public_id: str, number: int) -> Answer:
    found = cases.discussion(opened(public_id, RECORD), number)
    content = _invitation(found).calendar
    services.downloaded(found, by=user())
    return saved_bytes(content, f"{found.case.reference}-{number}.ics", MEDIA_TYPE)


@blueprint.route(
    "/<record_id:public_id>/discussions/<int:number>/requests", methods=["GET", "POST"]
)
@requires(Permission.DISCUSSION_RECORD)
def requests_page(public_id: str, number: int) -> Answer:
    case = opened(public_id, RECORD)
    found = cases.whole_discussion(case, number)
    asked = requests.asked(found)
    form = RequestForm.of(asked)
    if form.validate_on_submit() and form.run(
        lambda: services.tick_off(found, received=form.received(), by=user())
    ):
        return done(case, "Changes saved", "cases.discussion", number=number)
    invited = invitation(found, **headed(), place="")
    texts = {each.agency.id: request_list(each, invited) for each in asked}
    return page("cases/requests.html", case, discussion=found, form=form, texts=texts)


@blueprint.get("/<record_id:public_id>/discussions/<int:number>/agenda")
@requires(Permission.CASE_VIEW)
def agenda(public_id: str, number: int) -> str:
    case = opened(public_id, Permission.CASE_VIEW)
    found = cases.whole_discussion(case, number)
    return page("cases/agenda.html", case, discussion=found, text=as_text(_agenda(found)))


@blueprint.get("/<record_id:public_id>/discussions/<int:number>/agenda/<file_format>")
@requires(Permission.CASE_VIEW)
def agenda_file(public_id: str, number: int, file_format: str) -> Answer:
    case = opened(public_id, Permission.CASE_VIEW)
    found = cases.whole_discussion(case, number)
    return saved_paper(_agenda(found), file_format, lambda: services.downloaded(found, by=user()))


def _invitation(discussion: StrategyDiscussion) -> Invitation:
    made = invitation(discussion, **headed(), place=place_to_say(discussion))
    if made is None:
        raise NotFound
    return made


def _agenda(discussion: StrategyDiscussion) -> Paper:
    return papers.agenda(discussion, **headed(), unnamed=unnamed(discussion.case))
