"""What a list of cases is narrowed to, and its lines as cells."""

from lado import clock
from lado.models import Case
from lado.queries import delays, users, vocabulary
from lado.queries.case_list import SORTS, Filters, NextDiscussion
from lado.register.cells import Cell
from lado.rules.delays import months_words
from lado.rules.permissions import Permission
from lado.rules.timescales import Band
from lado.rules.vocabulary import CaseStatus, TermGroup
from lado.web.forms import Choice, ChoiceField, ConfirmField, EnumField
from lado.web.lists import ListForm
from lado.web.organisations.filter import OrganisationFilter

HEADINGS = (
    "Reference",
    "Received",
    "About",
    "Organisation",
    "Sector",
    "Works on it",
    "Status",
    "Concluded",
    "Restricted",
    "No reason for delay",
)


class CaseListForm(ListForm):
    ORDERS = SORTS

    status = EnumField("Status", enum=CaseStatus, radios=False)
    band = EnumField("Age of open cases", enum=Band, radios=False)
    discussion = EnumField("Strategy discussion", enum=NextDiscussion, radios=False)
    sector = ChoiceField("Sector", radios=False)
    category = ChoiceField("Category", radios=False)
    owner = ChoiceField("Works on it", radios=False)
    mine = ConfirmField("Mine")
    overdue = ConfirmField("Something is overdue")
    discussion_overdue = ConfirmField("Next discussion overdue")
    police_open = ConfirmField("Police strand open")
    organisation = OrganisationFilter("Organisation")

    def __init__(self) -> None:
        super().__init__()
        self.sector.choices = _terms(TermGroup.SECTOR)
        self.category.choices = _terms(TermGroup.CATEGORY)
        self.owner.choices = [
            Choice(each.public_id, each.name, each.id)
            for each in users.holders(Permission.CASE_EDIT)
        ]

    def filters(self) -> Filters:
        return Filters(
            mine=self.mine.data,
            status=self.status.data,
            owner_id=self.owner.data,
            sector_id=self.sector.data,
            category_id=self.category.data,
            organisation_id=self.organisation.organisation_id,
            band=self.band.data,
            overdue=self.overdue.data,
            discussion=self.discussion.data,
            discussion_overdue=self.discussion_overdue.data,
            police_open=self.police_open.data,
        )


def _terms(group: TermGroup) -> list[Choice]:
    """Retired words too: old cases have them."""
    return [Choice(str(term.id), term.label, term.id) for term in vocabulary.terms(group)]


def cells(case: Case) -> tuple[Cell, ...]:
    place = case.organisation or case.position.organisation
    return (
        case.reference,
        case.received_on,
        case.about,
        place.name if place else "",
        case.position.sector.label,
        case.owner.name if case.owner else "Not stated",
        case.status.label,
        case.spell.concluded_on or "",
        "Restricted" if case.restricted else "",
        unexplained(case),
    )


def unexplained(case: Case) -> str:
    """The months that are over without a reason for delay, in words."""
    return months_words(delays.overdue(case, clock.today()))
