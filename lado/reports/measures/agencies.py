"""What employers, police, social care and the bodies that referrals go to did."""

from lado.reports.measure import Measure, Unit, breakdown, count, rate
from lado.reports.measures.totals import (
    CONCLUDED,
    CONSIDERED,
    MEASURES_CONSIDERED,
    OVERSEEN,
    SENT,
)
from lado.reports.rows import fixed, labelled, terms
from lado.rules.vocabulary import ReferralBasis, StrandKind, StrandStatus, TermGroup

BODIES = terms(TermGroup.REFERRAL_BODY, not_recorded=False, long=True)
BASES = labelled(ReferralBasis, not_recorded=True)
REFERRAL_STATES = fixed(
    {
        "to_decide_or_send": "Being considered, or to be sent",
        "no_referral": "No referral needed",
        "sent": "Sent",
        "acknowledged": "Acknowledged",
    }
)
MEASURE_STATES = fixed(
    {
        "used": "Used",
        "not_used": "Not used",
        "pending": "Being considered",
    }
)


def _strand(kind: StrandKind) -> Measure:
    return breakdown(
        f"{kind}.status",
        f"{kind.label}: how far enquiries are",
        Unit.CASE,
        "overseen",
        kind,
        labelled(StrandStatus, not_recorded=True),
        "Cases overseen in the period, by how far they were at the period's end, from the dates "
        "on which they began and ended. Without dates, and where it is not applicable, as it was "
        "recorded.",
        whole=OVERSEEN,
    )


MEASURES: tuple[Measure, ...] = (
    breakdown(
        "employer.outcomes",
        "What the employer did",
        Unit.CONCLUSION,
        "concluded",
        "employer",
        terms(TermGroup.EMPLOYER_OUTCOME),
        "The employer's outcome in the cases concluded in the period, as known at the period's "
        "end. A register's outcome without a date is known from the start.",
        whole=CONCLUDED,
    ),
    breakdown(
        "police.outcomes",
        "Result of police enquiries",
        Unit.CONCLUSION,
        "concluded",
        "police",
        terms(TermGroup.POLICE_OUTCOME),
        "The police outcome in the cases concluded in the period, as known at the period's end. "
        "A register's outcome without a date is known from the start. Many cases never involve "
        "the police: these are in Not recorded.",
        whole=CONCLUDED,
    ),
    breakdown(
        "social_care.outcomes",
        "Result of social care enquiries",
        Unit.CONCLUSION,
        "concluded",
        "social_care",
        terms(TermGroup.SOCIAL_CARE_OUTCOME),
        "The result of children's social care in the cases concluded in the period, as known at "
        "the period's end. Many cases never involve them: these are in Not recorded.",
        whole=CONCLUDED,
    ),
    *(_strand(kind) for kind in StrandKind),
    rate(
        "safety.suspended",
        "Suspended",
        Unit.CASE,
        "overseen",
        "suspended",
        "Cases with a suspension in place on any day of the period, out of cases overseen.",
    ),
    rate(
        "safety.alternative",
        "Another safety measure",
        Unit.CASE,
        "overseen",
        "alternative",
        "Cases with a safety measure other than suspension in place on any day of the period, out "
        "of cases overseen. A case may have both.",
    ),
    count(
        MEASURES_CONSIDERED,
        "Safety measures considered",
        Unit.MEASURE,
        "safety_measures",
        "Suspension and what may be done instead, first considered in the period.",
    ),
    breakdown(
        "safety.by_measure",
        "Safety measures considered by kind",
        Unit.MEASURE,
        "safety_measures",
        "measure",
        terms(TermGroup.SAFETY_MEASURE, not_recorded=False),
        "What was considered in the period.",
        whole=MEASURES_CONSIDERED,
    ),
    breakdown(
        "safety.by_state",
        "Safety measures considered by decision",
        Unit.MEASURE,
        "safety_measures",
        "state",
        MEASURE_STATES,
        "What the employer had done by the period's end about those considered in it. Used: in "
        "place by then, also when it has ended since.",
        whole=MEASURES_CONSIDERED,
    ),
    count(
        "dbs.referrals_made",
        "Referrals to the Disclosure and Barring Service",
        Unit.REFERRAL,
        "dbs",
        "Barring referrals whose referral date is in the period.",
    ),
    count(
        CONSIDERED,
        "Referrals considered",
        Unit.REFERRAL,
        "considered",
        "Referrals to the DBS or a regulator that were first considered in the period.",
    ),
    breakdown(
        "referrals.by_body",
        "Referrals considered by body",
        Unit.REFERRAL,
        "considered",
        "body",
        BODIES,
        "To whom the referrals considered in the period would go. Only these bodies have a row.",
        whole=CONSIDERED,
    ),
    breakdown(
        "referrals.by_state",
        "Referrals considered by result",
        Unit.REFERRAL,
        "considered",
        "state",
        REFERRAL_STATES,
        "How the referrals considered in the period stood at its end. Sent and acknowledged go by "
        "their dates; that none is needed has no date of its own.",
        whole=CONSIDERED,
    ),
    count(
        SENT,
        "Referrals sent",
        Unit.REFERRAL,
        "sent",
        "Referrals to the DBS or a regulator whose referral date is in the period.",
    ),
    breakdown(
        "referrals.sent_by_body",
        "Referrals sent by body",
        Unit.REFERRAL,
        "sent",
        "body",
        BODIES,
        "To whom the referrals of the period were sent. Only these bodies have a row.",
        whole=SENT,
    ),
    breakdown(
        "referrals.sent_by_basis",
        "Referrals sent by basis",
        Unit.REFERRAL,
        "sent",
        "basis",
        BASES,
        "Whether the referral was the employer's legal duty or made by the council's own power: "
        "two different things.",
        whole=SENT,
    ),
    count(
        "referrals.acknowledged",
        "Referrals acknowledged",
        Unit.REFERRAL,
        "acknowledged",
        "Referrals whose receipt was acknowledged in the period, whenever they were sent.",
    ),
)
