"""Strategy discussions, who came, and the actions that came of them."""

from lado.reports.judges import DISCUSSIONS, OVER
from lado.reports.measure import Measure, Shape, Unit, breakdown, count, rate
from lado.reports.measures.totals import (
    ACTIONS_DUE,
    DISCUSSED,
    FIRST_HELD,
    HELD,
    INVITED,
    OVERSEEN,
)
from lado.reports.rows import fixed, labelled, terms
from lado.rules.vocabulary import Attendance, DiscussionPurpose, TermGroup

AGENCIES = terms(TermGroup.AGENCY, not_recorded=False, long=True)
ACTION_STATES = fixed(
    {
        "on_time": "Done on time",
        "late": "Done late",
        "waived": "Waived",
        "overdue": "Overdue",
    }
)

MEASURES: tuple[Measure, ...] = (
    count(
        "strategy.held",
        "Strategy discussions held",
        Unit.DISCUSSION,
        "held",
        "Strategy discussions whose held date is in the period, whatever became of the case.",
    ),
    count(
        "strategy.cases_discussed",
        "Cases discussed",
        Unit.CASE,
        "held",
        "Different cases with at least one strategy discussion held in the period.",
        distinct="case",
    ),
    Measure(
        id="strategy.per_case_overseen",
        title="Discussions for each case overseen",
        unit=Unit.DISCUSSION,
        shape=Shape.RATIO,
        rule="Strategy discussions held in the period divided by cases overseen in it.",
        population="held",
        over=OVERSEEN,
    ),
    breakdown(
        "strategy.by_purpose",
        "Strategy discussions by purpose",
        Unit.DISCUSSION,
        "held",
        "purpose",
        labelled(DiscussionPurpose, not_recorded=True),
        "Strategy discussions held in the period: the first of a case, its reviews and the last. "
        "Registers do not say which they were.",
        whole=HELD,
    ),
    breakdown(
        "strategy.by_number",
        "Cases by number of discussions",
        Unit.CASE,
        "discussed",
        "discussions",
        fixed({code: code for code in DISCUSSIONS} | {OVER: "6 or more"}),
        "Cases with a strategy discussion held in the period, by how many of theirs were held in "
        "it.",
        whole=DISCUSSED,
    ),
    Measure(
        id="strategy.most",
        title="Most discussions of one case",
        unit=Unit.DISCUSSION,
        shape=Shape.MOST,
        rule="The greatest number of strategy discussions that one case had in the period.",
        population="discussed",
        key="held",
        public=False,
    ),
    count(
        FIRST_HELD,
        "First discussions held",
        Unit.CASE,
        "first_held",
        "Cases whose first strategy discussion was held in the period.",
    ),
    breakdown(
        "strategy.by_wait",
        "Working days from contact to first discussion",
        Unit.CASE,
        "first_held",
        "working_days",
        fixed({"5": "Up to 5", "10": "6 to 10", "20": "11 to 20", OVER: "Over 20"}),
        "Working days after the received date of the case's first consultation up to its first "
        "strategy discussion, for cases whose first discussion was held in the period.",
        whole=FIRST_HELD,
    ),
    rate(
        "strategy.first_within_5_working_days",
        "First discussion within 5 working days of the decision",
        Unit.CASE,
        "first_held",
        "within_5_working_days",
        "First discussions held on the day of the decision that opened the case or in the 5 "
        "working days after it, out of first discussions held in the period.",
    ),
    count(
        INVITED,
        "Invitations to strategy discussions",
        Unit.INVITATION,
        "invited",
        "People who were to take part in strategy discussions held in the period, each for each "
        "discussion, with those who were left out for a reason.",
    ),
    breakdown(
        "attendance.by_agency",
        "Invitations by agency",
        Unit.INVITATION,
        "invited",
        "agency",
        AGENCIES,
        "The agency of those who were to take part. Only agencies that were invited have a row.",
        whole=INVITED,
    ),
    breakdown(
        "attendance.by_attendance",
        "Invitations by attendance",
        Unit.INVITATION,
        "invited",
        "attendance",
        labelled(Attendance),
        "Whether those who were to take part did.",
        whole=INVITED,
    ),
    count(
        "actions.raised",
        "Actions raised",
        Unit.ACTION,
        "raised",
        "Actions agreed in strategy discussions held in the period.",
    ),
    count(
        ACTIONS_DUE,
        "Actions due",
        Unit.ACTION,
        "actions_due",
        "Actions whose due date, as it was last agreed, is in the period.",
    ),
    breakdown(
        "actions.by_agency",
        "Actions due by agency",
        Unit.ACTION,
        "actions_due",
        "agency",
        AGENCIES,
        "The agency that was to do it. Only agencies with an action due have a row.",
        whole=ACTIONS_DUE,
    ),
    breakdown(
        "actions.by_state",
        "Actions due by result",
        Unit.ACTION,
        "actions_due",
        "state",
        ACTION_STATES,
        "How the actions due in the period stood at its end. On time: by the due date.",
        whole=ACTIONS_DUE,
    ),
    count(
        "actions.overdue_at_end",
        "Actions overdue at end",
        Unit.ACTION,
        "overdue",
        "Actions on cases open at the period's end that were due by then, neither done nor waived.",
    ),
    breakdown(
        "actions.overdue_by_agency",
        "Overdue actions by agency",
        Unit.ACTION,
        "overdue",
        "agency",
        AGENCIES,
        "The agency that is to do it. Only agencies with an overdue action have a row.",
        whole="actions.overdue_at_end",
    ),
)
