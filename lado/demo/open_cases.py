"""What goes on in the open cases of the register, as data: the next case has the next of it."""

from datetime import timedelta

from lado.demo.parts import Days, Parts, explain, not_yet, record, told
from lado.demo.terms import term
from lado.models import Case, User
from lado.rules.notices import NoticeHow, NoticeStep, NoticeTo
from lado.rules.vocabulary import (
    ChasedHow,
    MeasureDecision,
    StrandKind,
    StrandStatus,
    TermGroup,
)
from lado.services import chase
from lado.services.case_parts import StrandDetails
from lado.services.notice import NoticeDetails
from lado.services.safety_measure import MeasureDetails

ONE_DAY = timedelta(days=1)
# Every so manieth late case has no reason for its delay yet.
UNEXPLAINED = 4
DELAYS = (
    ("Police investigation", "The officer was asked again this week. Two witnesses are to come."),
    ("Forensic or digital examination", "The telephone waits its turn. The police expect a month."),
    ("Employer's investigation", "The report was promised for last week and asked for again."),
    ("Charging decision", "The file is with the prosecutor. The police tell us when they hear."),
    ("Person unwell or unavailable", "Signed off for three weeks; the union was asked for a day."),
)
# With the reasons, and the days of the start and of the review.
MEASURES = (
    ("Suspension", "Nothing else would keep the person from the child.", -30, 4),
    ("Work without contact with children", "There is such work for the time being.", -20, -3),
    ("Another adult always present", "It is enough for what is alleged.", -15, 12),
    ("Paid leave", "At the person’s own wish, until the enquiry has ended.", -40, 8),
)
LOOKED_AT = "The other measures of the list were looked at with personnel."
EMPLOYER = "The employer, with personnel advice"
OFFICER, WORKER = "DS Joel Sampleby", "Priya Storybookton"
WITHHELD = "The police asked us to wait until the first interview."


def go_on(case: Case, place: int, days: Days, *, by: User) -> None:
    """Every other case has no more than the reason, so that the work on it can be shown."""
    if place % 2 == 0:
        record(case, _parts(place // 2, days), by=by)
    if place % UNEXPLAINED != 1:
        explain(case, *DELAYS[place % len(DELAYS)], by=by)


def chase_late(case: Case, days: Days, *, by: User) -> None:
    late = [action for action in case.actions if action.is_open and action.due_on < days.last]
    for action in late[:2]:
        chase.chase(case, action, chased_on=days.on(0), how=ChasedHow.SECURE_EMAIL, by=by)


def _parts(place: int, days: Days) -> Parts:
    label, reasons, start, review = MEASURES[place % len(MEASURES)]
    started = days.on(start)
    in_place = MeasureDetails(
        term(TermGroup.SAFETY_MEASURE, label), started, MeasureDecision.IN_PLACE, EMPLOYER,
        reasons, alternatives=LOOKED_AT, started_on=started,
        review_on=max(days.on(review), started + ONE_DAY),
    )  # fmt: skip
    return Parts(strands=_strands(place, days), measures=[in_place], notices=_notices(place, days))


def _strands(place: int, days: Days) -> dict[StrandKind, StrandDetails]:
    """The police go first in every other case, else the employer has begun."""
    begun = days.on(-25)
    if place % 2:
        kind, lead, officer = StrandKind.POLICE, OFFICER, OFFICER
        consulted, again = begun, days.on(place % 11 - 2)
    else:
        kind, lead, officer = StrandKind.EMPLOYER, "Head of personnel", None
        consulted, again = None, days.on(place % 13 + 1)
    ongoing = StrandDetails(
        StrandStatus.ONGOING, lead, begun, review_on=again, consulted_on=consulted,
        consulted_with=officer,
    )  # fmt: skip
    return {kind: ongoing}


def _notices(place: int, days: Days) -> list[NoticeDetails]:
    subject, of_it = NoticeTo.SUBJECT, NoticeStep.ALLEGATION_TOLD
    if place % 3 == 1:
        return [not_yet(subject, of_it, days.on(-5), WITHHELD, days.on(place % 9 + 1))]
    told_by = "Clive Exampleworth"
    return [
        told(NoticeTo.EMPLOYER, of_it, days.on(-20), "Lucy Samplebrook", NoticeHow.PHONE),
        told(subject, of_it, days.on(-18), told_by, NoticeHow.IN_PERSON),
        told(NoticeTo.PARENTS, of_it, days.on(-18), told_by, NoticeHow.PHONE),
    ]
