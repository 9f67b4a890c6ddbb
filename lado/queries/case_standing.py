"""Where one case stands: what is derived from its parts and never stored."""

from datetime import date

from lado.models import Allegation, Case
from lado.queries import case_fairness, delays
from lado.rules.case_outcome import overall_outcome
from lado.rules.closure import LooseEnd, Standing, loose_ends
from lado.rules.delays import month_words
from lado.rules.vocabulary import Origin, OutcomeCode


def standing_of(case: Case, *, on: date) -> Standing:
    return Standing(
        without_child_help=case_fairness.help_to_consider(case),
        bodies_to_consider=[body.label for body in case_fairness.bodies_to_consider(case)],
        to_tell=[row.words for row in case_fairness.rows_to_tell(case)],
        measures=[measure.number for measure in case_fairness.measures_to_settle(case)],
        unexplained=[month_words(month) for month in delays.missing(case, on)],
        without_outcome=[a.number for a in case.allegations if outcome_on(a, on) is None],
        open_actions=[action.number for action in case.actions if action.is_open],
        discussions=[
            (each.number, each.status)
            for each in case.discussions
            if each.origin is not Origin.REGISTER  # its minutes are kept elsewhere
        ],
        strands=[(strand.kind, strand.status) for strand in case.strands],
        learning=case_fairness.learning_is_settled(case),
    )


def outcome_on(allegation: Allegation, day: date) -> OutcomeCode | None:
    for outcome in allegation.outcomes:
        if outcome.decided_on <= day and (outcome.ended_on is None or outcome.ended_on > day):
            return outcome.outcome
    return None


def outcomes_on(case: Case, day: date) -> list[OutcomeCode]:
    found = (outcome_on(allegation, day) for allegation in case.allegations)
    return [outcome for outcome in found if outcome is not None]


def overall(case: Case, *, on: date) -> OutcomeCode | None:
    return overall_outcome(outcomes_on(case, on))


def missing(case: Case, *, on: date) -> list[LooseEnd]:
    return loose_ends(standing_of(case, on=on))


def is_non_recent(case: Case) -> bool:
    return any(allegation.non_recent for allegation in case.allegations)
