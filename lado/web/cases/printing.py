"""The chronology of a case, and what of a case is taken away as a file."""

from typing import Any

from flask import redirect, url_for

from lado import clock
from lado.models import Case
from lado.papers.case import case_summary, chronology_paper
from lado.papers.paper import Paper
from lado.queries import cases, settings
from lado.queries.callers import unnamed
from lado.queries.chronology import chronology
from lado.queries.clocks import clocks_of
from lado.queries.happened import Entry, Kind
from lado.queries.links import authorities_of, membership
from lado.queries.next_steps import next_steps
from lado.rules.permissions import Permission
from lado.rules.words import long_day
from lado.services.viewing import case_printed
from lado.web.cases.blueprint import blueprint
from lado.web.cases.opened import Answer, opened, page
from lado.web.downloads import saved_paper
from lado.web.forms import CheckboxesField, DateField
from lado.web.guard import requires, user
from lado.web.lists import ListForm

KINDS = "kind"


class ChronologyForm(ListForm):
    """Several kinds may be asked for at once, and both days are included."""

    kind = CheckboxesField("What is shown", enum=Kind)
    since = DateField("From", called="The first day")
    until = DateField("To", called="The last day")

    def address(self) -> dict[str, Any]:
        return super().address() | {KINDS: self.kind.sent or []}

    def words(self) -> str:
        """What it is narrowed to."""
        kinds = ", ".join(kind.label.lower() for kind in self.kind.data) or "everything"
        since = f", from {long_day(self.since.data)}" if self.since.data else ""
        return kinds + since + (f", to {long_day(self.until.data)}" if self.until.data else "")

    def entries(self, case: Case) -> list[Entry]:
        return chronology(
            case,
            user=user(),
            only=self.kind.data,
            since=self.since.data,
            until=self.until.data,
        )


@blueprint.get("/<record_id:public_id>/chronology")
@requires(Permission.CASE_VIEW)
def history(public_id: str) -> str:
    case = cases.whole(opened(public_id, Permission.CASE_VIEW))
    form = ChronologyForm()
    entries = form.entries(case) if form.validate() else []
    return page("cases/chronology.html", case, entries=entries, form=form)


@blueprint.get("/<record_id:public_id>/chronology/<file_format>")
@requires(Permission.CASE_VIEW)
def history_file(public_id: str, file_format: str) -> Answer:
    case = cases.whole(opened(public_id, Permission.CASE_VIEW))
    form = ChronologyForm()
    if not form.validate():
        return redirect(url_for("cases.history", public_id=public_id, **form.address()))
    paper = chronology_paper(
        case,
        form.entries(case),
        council=settings.get_text("council_name"),
        unnamed=unnamed(case),
        narrowed_to=form.words() if form.is_narrowed else "",
        today=clock.today(),
    )
    return _saved(case, paper, file_format)


@blueprint.get("/<record_id:public_id>/summary/<file_format>")
@requires(Permission.CASE_VIEW)
def summary_file(public_id: str, file_format: str) -> Answer:
    case = cases.whole(opened(public_id, Permission.CASE_VIEW))
    meeting = settings.get_text("discussion_name")
    paper = case_summary(
        case,
        [(step.due_on, step.words(meeting)) for step in next_steps(case)],
        clocks_of(case, user=user()),
        council=settings.get_text("council_name"),
        meeting=meeting,
        unnamed=unnamed(case),
        links=_links(case),
        today=clock.today(),
    )
    return _saved(case, paper, file_format)


def _links(case: Case) -> list[tuple[str, str]]:
    joined = membership(case)
    told = [
        (each, f", {each.told} told on {long_day(each.told_on)}" if each.told_on else "")
        for each in authorities_of(case)
    ]
    return [
        ("Matter", joined.matter.reference if joined else ""),
        *(
            ("Other authority", f"{each.authority}: {each.part.label.lower()}{words}")
            for each, words in told
        ),
    ]


def _saved(case: Case, paper: Paper, file_format: str) -> Answer:
    return saved_paper(paper, file_format, lambda: case_printed(case, by=user()))
