"""What stands next on a case: the steps, by when each is due, and how many are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lado.rules.timescales import Timescale
from lado.rules.vocabulary import Labelled

# More than these are grouped by kind.
MOST = 8


class Step(Labelled):
    """`{meeting}` is the council's own name for a strategy discussion."""

    POLICE = "police", "Consult the police, or record why they are not concerned"
    SAFETY = "safety", "Consider suspension and its alternatives with the employer"
    REPORTING = "reporting", "Record the reporting restriction, or why none is needed"
    TELL_PERSON = "tell_person", "Tell the person of the allegation, or record why not yet"
    TELL_CHILDREN = (
        "tell_children",
        "Tell {detail} of the allegation, or record why not yet",
    )
    FIRST_DISCUSSION = "first_discussion", "Hold the first {meeting}"
    REOPENED = "reopened", "Hold the {meeting} or review agreed when the case was reopened"
    DISCUSSION = "discussion", "Hold {meeting} {number}"
    REVIEW = "review", "Arrange the review after {meeting} {number}"
    MINUTES = "minutes", "Agree and circulate the minutes of {meeting} {number}"
    CORRECTION = "correction", "Circulate the corrected minutes of {meeting} {number}"
    ACTION = "action", "Action {number}: {detail}"
    STRAND = "strand", "{detail}: ask how it stands"
    EMPLOYER = "employer", "Waiting for the employer: {detail}"
    BODIES = "bodies", "Decide whether to refer to: {detail}"
    DECIDE = "referral_decision", "Decide on the referral to: {detail}"
    SEND = "referral_sending", "Send the referral to: {detail}"
    REFERRAL = "referral", "Ask after the referral to: {detail}"
    MEASURE = "safety_measure", "Review safety measure {number}: {detail}"
    NOTICE = "notice", "Look again, not told yet: {detail}"
    DELAY = "delay", "Give the reason for delay in {detail}"


# What an employer owes, in the words of its step.
OWED = {
    Timescale.EMPLOYER_ACTION: "action without formal discipline",
    Timescale.INVESTIGATION_REPORT: "the investigator’s report",
    Timescale.HEARING_DECISION: "whether there is a hearing",
    Timescale.HEARING: "the hearing",
}
# From the day the case was opened: that day itself, or within a timescale. Safety is checked at
# once, as in the decision (domain.md 2.1, step 2); the first meeting says who may be told what.
FROM_OPENING: dict[Step, Timescale | None] = {
    Step.POLICE: None,
    Step.REPORTING: None,
    Step.SAFETY: Timescale.DECISION,
    Step.TELL_PERSON: Timescale.FIRST_DISCUSSION,
    Step.TELL_CHILDREN: Timescale.FIRST_DISCUSSION,
}
# Several of a kind, where there are more than MOST steps.
SEVERAL = {
    Step.DISCUSSION: "Hold {count} arranged meetings",
    Step.MINUTES: "Agree and circulate the minutes of {count} meetings",
    Step.CORRECTION: "Circulate the corrected minutes of {count} meetings",
    Step.ACTION: "{count} actions are still open",
    Step.STRAND: "Ask {count} agencies how they stand",
    Step.DECIDE: "Decide on {count} referrals",
    Step.SEND: "Send {count} referrals",
    Step.REFERRAL: "Ask after {count} referrals",
    Step.MEASURE: "Review {count} safety measures",
    Step.NOTICE: "Look again: {count} people not told yet",
}
# Codes of roles whose holder may not be named in public as accused by a pupil (domain.md 6.3).
NOT_TO_BE_NAMED = frozenset({"teacher", "headteacher", "supply_teacher"})
# Results of an employer by which somebody is removed, moved away from children, or left: the duty
# to refer to the DBS is in question then (domain.md 3.6).
REMOVED = frozenset({
    "redeployed", "dismissed", "resigned", "retired", "contract_ended", "stood_down",
    "not_appointed", "deregistered", "licence_suspended", "licence_revoked",
    "off_supply_register", "settlement",
})  # fmt: skip


@dataclass(frozen=True)
class NextStep:
    """`count` of more than one stands for so many, due from the first of them on. `code` is of the
    strand or the body that is to be asked."""

    step: Step
    due_on: date
    number: int = 0
    detail: str = ""
    count: int = 1
    code: str = ""

    def words(self, meeting: str) -> str:
        if self.count > 1:
            return SEVERAL[self.step].format(count=self.count)
        return self.step.label.format(meeting=meeting, number=self.number, detail=self.detail)

    def is_overdue(self, today: date) -> bool:
        return self.due_on < today


def in_order(steps: Sequence[NextStep]) -> list[NextStep]:
    order = list(Step)
    return sorted(steps, key=lambda each: (each.due_on, order.index(each.step), each.number))


def shortened(steps: Sequence[NextStep]) -> list[NextStep]:
    """The most pressing first; all of a kind as one where there are more than MOST."""
    if len(steps) <= MOST:
        return in_order(steps)
    of_kind: dict[Step, list[NextStep]] = {}
    for each in in_order(steps):
        of_kind.setdefault(each.step, []).append(each)
    return in_order([
        several[0] if len(several) == 1 else NextStep(step, several[0].due_on, count=len(several))
        for step, several in of_kind.items()
    ])  # fmt: skip
