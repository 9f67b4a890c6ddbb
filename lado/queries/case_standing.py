"""Where one case stands: what is derived from its parts and never stored."""

from collections.abc import Iterator
from datetime import date

from lado.models import Allegation, Case, Outcome, User
from lado.queries import case_fairness, delays
from lado.rules.case_outcome import overall_outcome
from lado.rules.closure import Event, Happened, LooseEnd, Standing, loose_ends
from lado.rules.delays import month_words
from lado.rules.notices import HEARD
from lado.rules.vocabulary import Origin, OutcomeCode


def standing_of(case: Case, *, on: date) -> Standing:
    left, put_off = case_fairness.rows_to_tell(case), case_fairness.rows_put_off(case)
    heard = [row for row in left if row.step in HEARD]
    told = [row for row in left if row.step not in HEARD]
    return Standing(
        outcomes_before_reopening=[
            each.number for each in case.allegations if _is_from_before(case, standing_on(each, on))
        ],
        without_child_help=case_fairness.help_to_consider(case),
        bodies_to_consider=case_fairness.bodies_undecided(case),
        not_sent=[each.to_whom for each in case_fairness.referrals_to_send(case)],
        not_proved=[each.to_whom for each in case.referrals if each.is_unproved],
        to_tell=[row.words for row in told if row not in put_off],
        to_hear=[row.words for row in heard if row not in put_off],
        put_off=[row.words for row in [*told, *heard] if row in put_off],
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


def _is_from_before(case: Case, outcome: Outcome | None) -> bool:
    """Recorded before the case was opened again: by the server's clock, since a case may be opened
    again on the day on which it was concluded."""
    reopened = case.spell.number > 1
    return reopened and outcome is not None and outcome.entered_at < case.spell.entered_at


def standing_on(allegation: Allegation, day: date) -> Outcome | None:
    for outcome in allegation.outcomes:
        if outcome.decided_on <= day and (outcome.ended_on is None or outcome.ended_on > day):
            return outcome
    return None


def outcome_on(allegation: Allegation, day: date) -> OutcomeCode | None:
    outcome = standing_on(allegation, day)
    return outcome.outcome if outcome else None


def stood_before_reopening(case: Case, allegation: Allegation) -> bool:
    """Whether its outcome is to be recorded again, or that it stands."""
    return _is_from_before(case, allegation.outcome)


def outcomes_on(case: Case, day: date) -> list[OutcomeCode]:
    found = (outcome_on(allegation, day) for allegation in case.allegations)
    return [outcome for outcome in found if outcome is not None]


def overall(case: Case, *, on: date) -> OutcomeCode | None:
    return overall_outcome(outcomes_on(case, on))


def missing(case: Case, *, on: date) -> list[LooseEnd]:
    return loose_ends(standing_of(case, on=on))


def last_event(case: Case) -> Happened:
    """It is not concluded before this."""
    opened = Happened(Event.OPENED, case.spell.opened_on)
    return max([opened, *_worked_on(case), *_heard_and_told(case)], key=lambda each: each.on)


def _worked_on(case: Case) -> Iterator[Happened]:
    for discussion in case.discussions:
        yield from _dated(Event.DISCUSSION, discussion.held_on, discussion.number)
    for allegation in case.allegations:
        if allegation.outcome:
            yield Happened(Event.OUTCOME, allegation.outcome.decided_on, allegation.number)
    for action in case.actions:
        yield from _dated(Event.ACTION_DONE, action.done_on, action.number)
        yield from _dated(Event.ACTION_WAIVED, action.waived_on, action.number)
    for measure in case.safety_measures:
        yield from _dated(Event.MEASURE_ENDED, measure.ended_on, measure.number)


def _heard_and_told(case: Case) -> Iterator[Happened]:
    for strand in case.strands:
        yield from _dated(Event.STRAND_ENDED, strand.ended_on, strand.kind.label)
        if strand.result:
            yield from _dated(Event.RESULT, strand.result.reported_on, strand.kind.label)
    for referral in case.referrals:
        yield from _dated(Event.SENT, referral.referred_on, referral.to_whom)
    for row, notice in case_fairness.standing_notices(case).items():
        yield from _dated(Event.TOLD, notice.told_on, row.words)


def _dated(event: Event, day: date | None, about: str | int) -> Iterator[Happened]:
    if day is not None:
        yield Happened(event, day, about)


def is_non_recent(case: Case) -> bool:
    return any(allegation.non_recent for allegation in case.allegations)


def was_own_case(case: Case, user: User) -> bool:
    """Whether it is theirs, or was since it was opened."""
    owners = {case.owner_id, *(each.user_id for each in case.spell.former_owners)}
    return user.id in owners
