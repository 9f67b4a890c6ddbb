"""All that is to be done, by whom and by when: on cases, and on consultations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, or_
from sqlalchemy.orm import joinedload

from lado.extensions import db
from lado.models import Action, Case, Consultation, FollowUp, User
from lado.queries import access, delays, settings
from lado.queries.callers import Unnamed, unnamed_in, unnamed_told
from lado.queries.cases import NOT_CONCLUDED, row_options
from lado.queries.consultations import lines_of
from lado.queries.due import SOON, left_after_conclusion
from lado.queries.first_steps import bodies_of_council
from lado.queries.follow_ups import OPEN
from lado.queries.next_steps import NEEDED, owed_by_employers, to_do_ourselves
from lado.queries.own_actions import is_of, is_ours, open_actions_of
from lado.rules.steps import NextStep, Step
from lado.rules.timescales import Timescale, due
from lado.rules.vocabulary import ConsultationStatus, Labelled, StrandKind

NOBODY = "Nobody yet"
EMPLOYER = StrandKind.EMPLOYER


class Work(Labelled):
    ACTION = "action", "Action"
    DISCUSSION = "discussion", "Discussion"
    MINUTES = "minutes", "Minutes"
    REVIEW = "review", "Review"
    DELAY = "delay", "Reason for delay"
    STRAND = "strand", "Strand"
    EMPLOYER = "employer", "Employer"
    REFERRAL = "referral", "Referral"
    MEASURE = "safety_measure", "Safety measure"
    NOTICE = "notice", "Somebody to tell"
    REPORTING = "reporting", "Reporting restriction"
    FOLLOW_UP = "follow_up", "Follow-up"
    DECISION = "decision", "Decision"


class When(Labelled):
    OVERDUE = "overdue", "Overdue"
    THIS_WEEK = "this_week", "In the next 7 days"
    WITH_OTHERS = "with_others", "Waiting for others"
    LATER = "later", "Later"


@dataclass(frozen=True)
class Asked:
    """`owner` is whose; None: everybody's. `agency` narrows it to what waits for one: the code of a
    term of theirs, of a body that referrals go to, or EMPLOYER."""

    owner: User | None = None
    agency: str | None = None


@dataclass(frozen=True)
class Item:
    """`record` is the case or the consultation; `number` that of the part of it. `agency` is that
    of what somebody outside has, by its `code`; `ours`: it is for us to act all the same.
    `cases` of more than one stands for so many, and `record` is the first of them."""

    work: Work
    record: Case | Consultation
    due_on: date
    words: str
    owner: str
    about: str = ""
    agency: str = ""
    code: str = ""
    ours: bool = True
    number: int = 0
    cases: int = 1

    def when(self, today: date) -> When:
        if self.due_on < today:
            return When.OVERDUE
        if not self.ours:
            return When.WITH_OTHERS
        return When.THIS_WEEK if self.due_on <= today + SOON else When.LATER


WORK_OF = {
    Step.FIRST_DISCUSSION: Work.DISCUSSION,
    Step.DISCUSSION: Work.DISCUSSION,
    Step.REVIEW: Work.REVIEW,
    Step.MINUTES: Work.MINUTES,
    Step.CORRECTION: Work.MINUTES,
    Step.DELAY: Work.DELAY,
    Step.STRAND: Work.STRAND,
    Step.REFERRAL: Work.REFERRAL,
    Step.MEASURE: Work.MEASURE,
    Step.NOTICE: Work.NOTICE,
    Step.POLICE: Work.STRAND,
    Step.SAFETY: Work.MEASURE,
    Step.REPORTING: Work.REPORTING,
    Step.TELL_PERSON: Work.NOTICE,
    Step.TELL_CHILDREN: Work.NOTICE,
    Step.REOPENED: Work.DISCUSSION,
    Step.BODIES: Work.REFERRAL,
    Step.DECIDE: Work.REFERRAL,
    Step.SEND: Work.REFERRAL,
}


def items(user: User, asked: Asked, today: date) -> dict[When, list[Item]]:
    """The soonest first."""
    found = [*_on_cases(user, asked), *_own_actions(user, asked)]
    if asked.agency is None:
        found += [*_follow_ups(user, asked), *_decisions(user, asked)]
    found = [item for item in found if asked.agency in (None, item.code)]
    found.sort(key=lambda item: (item.due_on, item.record.reference, item.work, item.number))
    return {when: [item for item in found if item.when(today) is when] for when in When}


def grouped(found: Sequence[Item]) -> list[Item]:
    """Reasons for delay of several cases are one row, in the place of the first."""
    delayed = [item for item in found if item.work is Work.DELAY]
    if len(delayed) < 2:  # noqa: PLR2004 - several
        return list(found)
    first, number = delayed[0], len(delayed)
    one = replace(first, words=f"Reasons for delay: {number:,} cases", about="", cases=number)
    return [one if item is first else item for item in found if item not in delayed[1:]]


def lacking_reasons(user: User, asked: Asked, today: date) -> list[tuple[Case, list[date]]]:
    """Cases, and the months of each that lack a reason for delay, the oldest first."""
    cases = db.session.scalars(_cases(user, asked).where(NOT_CONCLUDED)).unique()
    found = [(case, months) for case in cases if (months := delays.missing(case, today))]
    return sorted(found, key=lambda each: (each[1][0], each[0].reference))


def _on_cases(user: User, asked: Asked) -> Iterator[Item]:
    numbers, meeting = settings.amounts(), settings.get_text("discussion_name")
    bodies = bodies_of_council()
    for case in db.session.scalars(_cases(user, asked)).unique():
        owner = case.owner.name if case.owner else NOBODY
        yield from (_action(action) for action in case.actions if action.is_open)
        for step in owed_by_employers(case, numbers):
            words = step.words(meeting)
            yield Item(
                Work.EMPLOYER, case, step.due_on, words, owner, case.about,
                EMPLOYER.label, EMPLOYER, ours=False,
            )  # fmt: skip
        for step in to_do_ourselves(case, numbers, bodies):
            yield _step(case, step, step.words(meeting), owner)


def _step(case: Case, step: NextStep, words: str, owner: str) -> Item:
    work = WORK_OF[step.step]
    return Item(
        work, case, step.due_on, words, owner, case.about, number=step.number, code=step.code
    )


def _action(action: Action) -> Item:
    words = f"Action {action.number}: {action.description}"
    return Item(
        Work.ACTION, action.case, action.due_on, words, action.owner, action.case.about,
        action.agency.label, action.agency.code, is_ours(action), action.number,
    )  # fmt: skip


def _own_actions(user: User, asked: Asked) -> Iterator[Item]:
    """On the cases of others."""
    if asked.owner is None:
        return
    about = joinedload(Action.case).options(*row_options())
    for action in open_actions_of(asked.owner, user, joinedload(Action.agency), about):
        if action.case.owner_id != asked.owner.id:
            yield replace(_action(action), ours=is_of(action, asked.owner))


def _cases(user: User, asked: Asked) -> Select[Any]:
    """And those concluded ones of which something is to be finished."""
    standing = or_(NOT_CONCLUDED, left_after_conclusion())
    query = access.visible(user, Case).where(standing).order_by(Case.id)
    if asked.owner is not None:
        query = query.where(Case.owner_id == asked.owner.id)
    return query.options(*row_options(), *NEEDED)


def _follow_ups(user: User, asked: Asked) -> Iterator[Item]:
    query: Select[Any] = (
        access.visible(user, Consultation)
        .join(FollowUp, FollowUp.consultation_id == Consultation.id)
        .where(OPEN)
        .with_only_columns(FollowUp)
        .options(joinedload(FollowUp.consultation), joinedload(FollowUp.owner))
    )
    if asked.owner is not None:
        query = query.where(FollowUp.owner_id == asked.owner.id)
    found = db.session.scalars(query).all()
    about = _about([each.consultation for each in found])
    for each in found:
        yield Item(
            Work.FOLLOW_UP, each.consultation, each.due_on, f"Follow up: {each.what}",
            each.owner.name, about[each.consultation.public_id], number=each.number,
        )  # fmt: skip


def _decisions(user: User, asked: Asked) -> Iterator[Item]:
    query = access.visible(user, Consultation).where(Consultation.status == ConsultationStatus.OPEN)
    if asked.owner is not None:
        query = query.where(Consultation.owner_id == asked.owner.id)
    limit = settings.amount(Timescale.DECISION)
    found = db.session.scalars(query.options(joinedload(Consultation.owner))).all()
    about = _about(found)
    for each in found:
        owner = each.owner.name if each.owner else NOBODY
        due_on = due(Timescale.DECISION, each.received_on, limit)
        yield Item(Work.DECISION, each, due_on, "Decide what to do", owner, about[each.public_id])


def _about(found: Sequence[Consultation]) -> dict[str, str]:
    """Whom each is about, by its public id."""
    lines = lines_of([each.id for each in found])
    return {
        line.public_id: line.about + (f" and {line.adults - 1} more" if line.adults > 1 else "")
        for line in lines
    }


def to_save(found: dict[When, list[Item]]) -> list[tuple[When, Item]]:
    """All of it as it leaves: no caller who did not agree to be named is (R-43)."""
    every = [(when, item) for when, each in found.items() for item in each]
    records = {item.record for _, item in every}
    of_case = unnamed_in({each.id for each in records if isinstance(each, Case)})
    of_call = unnamed_told([each for each in records if isinstance(each, Consultation)])
    return [(when, _unnamed(item, of_case, of_call)) for when, item in every]


def _unnamed(item: Item, of_case: dict[int, Unnamed], of_call: dict[int, Unnamed]) -> Item:
    said = (of_case if isinstance(item.record, Case) else of_call)[item.record.id]
    return replace(item, words=said(item.words), owner=said(item.owner), about=said(item.about))
