"""How the parts of a case stand, each in a word: the strip above its overview."""

from collections.abc import Iterator
from dataclasses import dataclass

from lado.models import Case, Strand
from lado.queries.case_fairness import (
    bodies_undecided,
    rows_not_yet_told,
    rows_put_off,
    rows_to_tell,
)
from lado.queries.first_steps import needs_police
from lado.rules.vocabulary import (
    Labelled,
    MeasureDecision,
    ReferralDecision,
    StrandKind,
    StrandStatus,
)


class Colour(Labelled):
    """Of GOV.UK's tags: to be done, under way, settled."""

    TO_DO = "orange", "To be done"
    UNDER_WAY = "blue", "Under way"
    SETTLED = "grey", "Settled"


@dataclass(frozen=True)
class Part:
    """`view` is the page of the case where it is dealt with."""

    name: str
    word: str
    colour: Colour
    view: str


def strip(case: Case) -> list[Part]:
    """Of a case that `lado.queries.cases.whole` has loaded."""
    return [
        *_strands(case),
        Part("Safety", *_safety(case), "measures"),
        Part("Told", *_told(case), "told"),
        Part("Referrals", *_referrals(case), "strands"),
    ]


SHORT = {
    StrandKind.POLICE: "Police",
    StrandKind.SOCIAL_CARE: "Social care",
    StrandKind.EMPLOYER: "Employer",
}


def _strands(case: Case) -> Iterator[Part]:
    for strand in case.strands:
        police = strand.kind is StrandKind.POLICE
        word, colour = _strand(strand, to_consult=police and needs_police(case))
        yield Part(SHORT[strand.kind], word, colour, "strands")


def _strand(strand: Strand, *, to_consult: bool) -> tuple[str, Colour]:
    if to_consult:
        return "To consult", Colour.TO_DO
    if strand.status is StrandStatus.NOT_STARTED and strand.consulted_on is not None:
        return "Consulted", Colour.UNDER_WAY
    ongoing = strand.status is StrandStatus.ONGOING
    return strand.status.label, Colour.UNDER_WAY if ongoing else Colour.SETTLED


def _safety(case: Case) -> tuple[str, Colour]:
    found = {measure.decision for measure in case.safety_measures}
    if not found:
        return "Not considered", Colour.TO_DO
    if MeasureDecision.PENDING in found:
        return "To decide", Colour.TO_DO
    if MeasureDecision.IN_PLACE in found:
        return "In place", Colour.UNDER_WAY
    return ("Ended" if MeasureDecision.ENDED in found else "Not used"), Colour.SETTLED


def _told(case: Case) -> tuple[str, Colour]:
    if rows_not_yet_told(case):
        return "To tell", Colour.TO_DO
    if rows_put_off(case):
        return "Put off", Colour.TO_DO
    return ("In part", Colour.UNDER_WAY) if rows_to_tell(case) else ("Done", Colour.SETTLED)


def _referrals(case: Case) -> tuple[str, Colour]:
    if any(referral.is_to_send for referral in case.referrals):
        return "To send", Colour.TO_DO
    if any(each.decision is ReferralDecision.PENDING for each in case.referrals):
        return "To decide", Colour.TO_DO
    if any(referral.is_open for referral in case.referrals):
        return "Sent", Colour.UNDER_WAY
    return ("Not decided", Colour.UNDER_WAY) if bodies_undecided(case) else ("Done", Colour.SETTLED)
