from flask import Blueprint, render_template

from lado import clock
from lado.models import User
from lado.queries import users
from lado.reports import to_mend
from lado.reports.to_mend import Numbers, Whose
from lado.rules.data_quality import FAULTS, Found
from lado.rules.permissions import Permission
from lado.web import lists
from lado.web.forms import Choice, ChoiceField, ConfirmField, EnumField
from lado.web.guard import requires, user
from lado.web.lists import ListForm

blueprint = Blueprint("to_mend", __name__, url_prefix="/to-mend")

NOBODYS = Whose(nobodys=True)
NOBODY = Choice("nobody", "Nobody", NOBODYS)


class MendForm(ListForm):
    officer = ChoiceField("Whose records", radios=False)
    found = EnumField("What is wrong", enum=Found)
    what = ChoiceField(
        "What is to be mended",
        radios=False,
        choices=[Choice(fault.id, fault.title, fault) for fault in FAULTS],
    )
    team = ConfirmField("Everybody’s")

    def __init__(self) -> None:
        super().__init__()
        if not self.may_see_all:
            del self.team
        self.officer.choices = self._officers()

    @property
    def may_see_all(self) -> bool:
        return user().can(Permission.CASE_SIGN_OFF)

    def _officers(self) -> list[Choice]:
        officers = users.holders(Permission.CONSULTATION_LOG) if self.may_see_all else [user()]
        found = [Choice(each.public_id, each.name, Whose(each)) for each in officers]
        return [*found, NOBODY] if self.may_see_all else found

    @property
    def whose(self) -> Whose:
        own = Whose() if self.is_everybodys else Whose(user())
        return self.officer.data or own

    @property
    def is_everybodys(self) -> bool:
        return bool(self.may_see_all and self.team.data and not self.officer.data)

    def fits(self, found: Found) -> bool:
        return self.found.data in (None, found)


@blueprint.get("")
@requires(Permission.CONSULTATION_LOG)
def index() -> str:
    form = MendForm()
    period = to_mend.reach(clock.today())
    shown = {"form": form, "period": period}
    if not form.validate():
        return render_template("to_mend/index.html", **shown)
    lists.remember(form.address())
    if fault := form.what.data:
        page = to_mend.page_of(user(), form.whose, period, fault, lists.cursor())
        return render_template("to_mend/index.html", fault=fault, page=page, **shown)
    numbers = to_mend.numbers(user(), form.whose, period)
    faults = [each for each in to_mend.with_faults(numbers) if form.fits(each[0].found)]
    if form.is_everybodys:
        shown |= {"faults": faults, "officers": _officers(form, numbers)}
        return render_template("to_mend/index.html", **shown)
    rows = to_mend.first_rows(user(), form.whose, period, [fault for fault, _ in faults])
    return render_template("to_mend/index.html", faults=faults, rows=rows, **shown)


def _officers(form: MendForm, found: Numbers) -> list[tuple[Choice, dict[Found, int]]]:
    """Each who has something to mend, and how often of each kind."""
    return [
        (choice, of_kind)
        for choice in form.officer.choices
        if any((of_kind := _by_kind(found, choice.data.owner)).values())
    ]


def _by_kind(numbers: Numbers, owner: User | None) -> dict[Found, int]:
    own = numbers[owner.id if owner else None]
    return {kind: sum(own[fault.id] for fault in FAULTS if fault.found is kind) for kind in Found}
