"""How long records are kept before somebody reviews them (R-39). Nothing is deleted by date alone.

There is no national rule. Cases follow Warwickshire's published table; the years for what stayed
below the threshold are our own.
"""

from datetime import date

from lado.rules.timescales import add_months
from lado.rules.vocabulary import DecisionStage, OutcomeCode, RetentionClass

REVIEW_AFTER_YEARS: dict[RetentionClass, int] = {
    RetentionClass.SHORT: 6,
    RetentionClass.STANDARD: 10,
    RetentionClass.LONG: 100,
}

CLASS_BY_OUTCOME: dict[OutcomeCode, RetentionClass] = {
    OutcomeCode.SUBSTANTIATED: RetentionClass.LONG,
    OutcomeCode.UNSUBSTANTIATED: RetentionClass.LONG,
    OutcomeCode.UNFOUNDED: RetentionClass.STANDARD,
    OutcomeCode.FALSE: RetentionClass.STANDARD,
    OutcomeCode.MALICIOUS: RetentionClass.STANDARD,
}

# A consultation that progressed is kept as its case is, which only the outcome settles; one with
# oversight kept is not finished.
CLASS_BY_DECISION: dict[DecisionStage, RetentionClass] = {
    DecisionStage.ADVICE: RetentionClass.SHORT,
    DecisionStage.NOT_MET: RetentionClass.SHORT,
    DecisionStage.LOW_LEVEL: RetentionClass.SHORT,
    DecisionStage.PASSED_ON: RetentionClass.SHORT,
    DecisionStage.OVERSIGHT: RetentionClass.UNDETERMINED,
    DecisionStage.MET_NO_MEETING: RetentionClass.STANDARD,
    DecisionStage.PROGRESS: RetentionClass.UNDETERMINED,
}


def class_of_case(outcome: OutcomeCode | None) -> RetentionClass:
    """By the case's overall outcome; a closure without one is reviewed after the standard time."""
    return RetentionClass.STANDARD if outcome is None else CLASS_BY_OUTCOME[outcome]


def review_on(retention_class: RetentionClass, from_day: date) -> date | None:
    """When to review, counted from closure or decision; None while the class is not set."""
    years = REVIEW_AFTER_YEARS.get(retention_class)
    return None if years is None else add_months(from_day, 12 * years)
