"""What a list of consultations is narrowed to."""

from typing import Any

from lado.queries import users
from lado.queries.consultation_list import SORTS, Chosen, terms_to_choose
from lado.rules.permissions import Permission
from lado.rules.vocabulary import ConsultationStatus, DecisionStage, TermGroup
from lado.web.forms import Choice, ChoiceField, ConfirmField, EnumField
from lado.web.lists import ListForm
from lado.web.organisations.filter import OrganisationFilter
from lado.web.period import ReceivedWithin


class ConsultationListForm(ReceivedWithin, ListForm):
    ORDERS = SORTS

    status = EnumField("Status", enum=ConsultationStatus, radios=False)
    stage = EnumField("Decision", enum=DecisionStage, radios=False)
    tier = ChoiceField("Tier", radios=False)
    sector = ChoiceField("Sector", radios=False)
    category = ChoiceField("Category", radios=False)
    owner = ChoiceField("Dealt with by", radios=False)
    taken_by = ChoiceField("Taken by", radios=False)
    method = ChoiceField("How it came in", radios=False)
    agency = ChoiceField("Caller’s agency", radios=False)
    mine = ConfirmField("Mine to deal with")
    unassigned = ConfirmField("Nobody deals with it yet")
    late = ConfirmField("Decision overdue")
    non_recent = ConfirmField("Non-recent")
    earlier = ConfirmField("With earlier records")
    organisation = OrganisationFilter("Organisation")

    def __init__(self) -> None:
        super().__init__()
        terms = terms_to_choose()
        self.sector.choices = _choices(terms[TermGroup.SECTOR])
        self.category.choices = _choices(terms[TermGroup.CATEGORY])
        self.tier.choices = _choices(terms[TermGroup.TIER])
        self.method.choices = _choices(terms[TermGroup.CONTACT_METHOD])
        self.agency.choices = _choices(terms[TermGroup.AGENCY])
        self.taken_by.choices = self.owner.choices = [
            Choice(each.public_id, each.name, each.id)
            for each in users.holders(Permission.CONSULTATION_LOG)
        ]

    def chosen(self) -> Chosen:
        return Chosen(
            status=self.status.data,
            late=self.late.data,
            stage=self.stage.data,
            tier_id=self.tier.data,
            sector_id=self.sector.data,
            category_id=self.category.data,
            organisation_id=self.organisation.organisation_id,
            contact_method_id=self.method.data,
            agency_id=self.agency.data,
            taken_by_id=self.taken_by.data,
            mine=self.mine.data,
            owner_id=self.owner.data,
            unassigned=self.unassigned.data,
            non_recent=self.non_recent.data,
            earlier_records=self.earlier.data,
            received_from=self.received_from.data,
            received_to=self.received_to.data,
        )


def _choices(terms: list[Any]) -> list[Choice]:
    return [Choice(str(term.id), term.label, term.id) for term in terms]
