"""Notes on a case: added, and corrected by another note."""

from lado.errors import NotFound
from lado.models import Case, Note
from lado.queries import cases
from lado.rules.permissions import Permission
from lado.services import case as services
from lado.web.cases.blueprint import blueprint
from lado.web.cases.opened import Answer, done, opened, page
from lado.web.consultations.decision_forms import NoteForm
from lado.web.guard import requires, user


@blueprint.get("/<record_id:public_id>/notes")
@requires(Permission.CASE_VIEW)
def notes(public_id: str) -> str:
    case = opened(public_id, Permission.CASE_VIEW)
    return page("cases/notes.html", case, notes=_numbered(case))


@blueprint.route("/<record_id:public_id>/notes/add", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def add_note(public_id: str) -> Answer:
    case = opened(public_id, Permission.DISCUSSION_RECORD)
    return _add(case, None)


@blueprint.route("/<record_id:public_id>/notes/<int:number>/correct", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def correct_note(public_id: str, number: int) -> Answer:
    case = opened(public_id, Permission.DISCUSSION_RECORD)
    found = [note for n, note in _numbered(case) if n == number]
    if not found:
        raise NotFound
    return _add(case, found[0])


def _add(case: Case, corrects: Note | None) -> Answer:
    form = NoteForm.of_today()
    if form.validate_on_submit() and form.run(
        lambda: services.add_note(
            case,
            happened_on=form.happened_on.data,
            text=form.text.data,
            agency_id=form.agency_id.data,
            disclosure=form.disclosure.data,
            contact=form.contact(),
            corrects=corrects,
            by=user(),
        )
    ):
        return done(case, "Note added", "cases.notes")
    return page("cases/add_note.html", case, form=form, corrects=corrects)


def _numbered(case: Case) -> list[tuple[int, Note]]:
    """In the order in which they were entered; shown with the latest happening first."""
    notes = cases.notes_on(case)
    order = {note.id: n for n, note in enumerate(sorted(notes, key=lambda note: note.id), 1)}
    return [(order[note.id], note) for note in notes]
