"""Tables of two breakdowns at once. Their margins are the breakdowns themselves."""

from lado.reports.measure import Measure, cross
from lado.reports.measures import agencies, consultations, outcomes, strategy

_FOUND = {
    measure.id: measure
    for subject in (consultations, outcomes, strategy, agencies)
    for measure in subject.MEASURES
}


def _cross(ident: str, title: str, rows: str, columns: str, rule: str) -> Measure:
    return cross(ident, title, _FOUND[rows], _FOUND[columns], rule)


MEASURES: tuple[Measure, ...] = (
    _cross(
        "consultations.sector_by_decision",
        "Sector and decision",
        "consultations.by_sector",
        "consultations.by_decision",
        "Consultations received, by sector and by the decision that stood at the as-at date, both "
        "of the first adult.",
    ),
    _cross(
        "consultations.sector_by_category",
        "Sector and category of concern",
        "consultations.by_sector",
        "consultations.by_category",
        "Consultations received, by sector and by category of concern, both of the first adult.",
    ),
    _cross(
        "consultations.sector_by_context",
        "Sector and context",
        "consultations.by_sector",
        "consultations.by_context",
        "Consultations received, by sector and by context, both of the first adult.",
    ),
    _cross(
        "consultations.sector_by_telling",
        "Sector, and when the LADO was told",
        "consultations.by_sector",
        "consultations.by_telling",
        "Consultations received, by sector of the first adult and by whether they came on the day "
        "the setting learned of the concern or on the next working day.",
    ),
    _cross(
        "consultations.referrer_by_sector",
        "Agency that made contact, and sector",
        "consultations.by_referrer",
        "consultations.by_sector",
        "Consultations received, by who made contact and by the sector of the first adult: from "
        "whom, and about whom.",
    ),
    _cross(
        "outcomes.category_by_outcome",
        "Category of concern and outcome",
        "outcomes.by_category",
        "outcomes.concluded_in_period",
        "Cases concluded in the period, by the category of the primary allegation and by outcome.",
    ),
    _cross(
        "outcomes.sector_by_outcome",
        "Sector and outcome",
        "outcomes.by_sector",
        "outcomes.concluded_in_period",
        "Cases concluded in the period, by the sector of the primary role and by outcome.",
    ),
    _cross(
        "attendance.agency_by_attendance",
        "Attendance by agency",
        "attendance.by_agency",
        "attendance.by_attendance",
        "Those who were to take part in strategy discussions held in the period, by agency and by "
        "whether they did.",
    ),
    _cross(
        "actions.agency_by_state",
        "Actions by agency",
        "actions.by_agency",
        "actions.by_state",
        "Actions due in the period, by agency and by how they stood at its end.",
    ),
    _cross(
        "safety.measure_by_state",
        "Safety measures",
        "safety.by_measure",
        "safety.by_state",
        "Safety measures considered in the period, by kind and by what the employer had done.",
    ),
    _cross(
        "referrals.body_by_state",
        "Referrals considered",
        "referrals.by_body",
        "referrals.by_state",
        "Referrals considered in the period, by body and by how they stood at its end.",
    ),
    _cross(
        "referrals.sent_body_by_basis",
        "Referrals sent",
        "referrals.sent_by_body",
        "referrals.sent_by_basis",
        "Referrals sent in the period, by body, with the employer's duty and the council's power "
        "apart.",
    ),
)
