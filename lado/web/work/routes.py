from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from lado import clock
from lado.queries import users, vocabulary, work
from lado.queries.work import EMPLOYER, Asked, Item, When
from lado.register.cells import Cell
from lado.rules.permissions import Permission
from lado.rules.vocabulary import TermGroup
from lado.services.viewing import work_saved
from lado.web import lists
from lado.web.downloads import saved_list
from lado.web.forms import Choice, ChoiceField, ConfirmField
from lado.web.guard import requires, user
from lado.web.lists import ListForm

blueprint = Blueprint("work", __name__, url_prefix="/work-list")

# Of each part of the list; the spreadsheet has all.
SHOWN = 50
HEADINGS = ("When", "Due", "Kind", "What", "About", "Reference", "Who", "Agency")


class WorkForm(ListForm):
    owner = ChoiceField("Works on it", radios=False)
    agency = ChoiceField("Agency that owes it", radios=False)
    team = ConfirmField("Everybody’s")

    def __init__(self) -> None:
        super().__init__()
        self.owner.choices = [
            Choice(each.public_id, each.name, each)
            for each in users.holders(Permission.CONSULTATION_LOG)
        ]
        self.agency.choices = [
            Choice(EMPLOYER.value, EMPLOYER.label, EMPLOYER.value),
            *(
                Choice(term.code, term.label, term.code)
                for term in vocabulary.terms(TermGroup.AGENCY)
            ),
        ]

    @property
    def is_everybodys(self) -> bool:
        """Asked for, or the reader is one who looks after all of it."""
        looks_after_all = user().can(Permission.CASE_SIGN_OFF) or not user().can(
            Permission.CASE_EDIT
        )
        return bool(self.owner.data is None and (self.team.data or looks_after_all))

    def asked(self) -> Asked:
        own = None if self.is_everybodys else user()
        return Asked(self.owner.data or own, self.agency.data)


@blueprint.get("")
@requires(Permission.CASE_VIEW)
def index() -> str:
    form = WorkForm()
    found = None
    if form.validate():
        each = work.items(user(), form.asked(), clock.today())
        found = {when: work.grouped(items) for when, items in each.items()}
        lists.remember(form.address())
    return render_template(
        "work/index.html",
        form=form,
        found=found,
        shown=SHOWN,
    )


@blueprint.get("/save-list")
@requires(Permission.REGISTER_EXPORT)
def save_list() -> Response:
    form = WorkForm()
    if not form.validate():
        return redirect(url_for("work.index", **form.address()))
    found = work.items(user(), form.asked(), clock.today())
    rows = (_cells(when, item) for when, item in work.to_save(found))
    return saved_list("work", HEADINGS, rows, work_saved)


def _cells(when: When, item: Item) -> tuple[Cell, ...]:
    return (
        when.label,
        item.due_on,
        item.work.label,
        item.words,
        item.about,
        item.record.reference,
        item.owner,
        item.agency,
    )
