"""All that is to be done, by whom and by when: on cases, and on consultations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from lado.extensions import db
from lado.models import (
    Action,
    Case,
    Consultation,
    FollowUp,
    Strand,
    User,
)
from lado.queries import access, settings
from lado.queries.cases import NOT_CONCLUDED
from lado.queries.due import SOON, left_after_conclusion
from lado.queries.follow_ups import OPEN
from lado.queries.next_steps import NEEDED, Step, owed_by_employers, to_do_ourselves
from lado.rules.timescales import Timescale, due
from lado.rules.vocabulary import ConsultationStatus, Labelled, StrandKind

NOBODY = "Nobody yet"


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
    FOLLOW_UP = "follow_up", "Follow-up"
    DECISION = "decision", "Decision"


class When(Labelled):
    OVERDUE = "overdue", "Overdue"
    THIS_WEEK = "this_week", "In the next 7 days"
    WITH_OTHERS = "with_others", "Waiting for others"
    LATER = "later", "Later"


@dataclass(frozen=True)
class Asked:
    """`owner_id` is whose; None: everybody's. Narrowed to what an agency owes, its actions, or to
    what employers owe."""

    owner_id: int | None = None
    agency_id: int | None = None
    employers: bool = False

    @property
    def of_any_kind(self) -> bool:
        return self.agency_id is None and not self.employers


@dataclass(frozen=True)
class Item:
    """`record` is the case or the consultation; `number` that of the part of it. `agency` is that
    of what somebody outside is to do."""

    work: Work
    record: Case | Consultation
    due_on: date
    words: str
    owner: str
    agency: str = ""
    number: int = 0

    def when(self, today: date) -> When:
        if self.due_on < today:
            return When.OVERDUE
        if self.agency:
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
}


def items(user: User, asked: Asked, today: date) -> dict[When, list[Item]]:
    """The soonest first."""
    found = list(_on_cases(user, asked))
    if asked.of_any_kind:
        found += [*_follow_ups(user, asked), *_decisions(user, asked)]
    found.sort(key=lambda item: (item.due_on, item.record.reference, item.work, item.number))
    return {when: [item for item in found if item.when(today) is when] for when in When}


def _on_cases(user: User, asked: Asked) -> Iterator[Item]:
    numbers, meeting = settings.amounts(), settings.get_text("discussion_name")
    for case in db.session.scalars(_open_cases(user, asked)):
        owner = case.owner.name if case.owner else NOBODY
        for action in case.actions:
            if action.is_open and (asked.of_any_kind or asked.agency_id == action.agency_id):
                yield _action(case, action)
        if asked.of_any_kind or asked.employers:
            for step in owed_by_employers(case, numbers):
                words, agency = step.words(meeting), StrandKind.EMPLOYER.label
                yield Item(Work.EMPLOYER, case, step.due_on, words, owner, agency)
        if asked.of_any_kind:
            for step in to_do_ourselves(case, numbers):
                words = step.words(meeting)
                work = WORK_OF[step.step]
                yield Item(work, case, step.due_on, words, owner, number=step.number)


def _action(case: Case, action: Action) -> Item:
    words = f"Action {action.number}: {action.description}"
    return Item(
        Work.ACTION, case, action.due_on, words, action.owner, action.agency.label, action.number
    )


def _open_cases(user: User, asked: Asked) -> Select[Any]:
    """And those concluded ones of which something is to be finished."""
    standing = or_(NOT_CONCLUDED, left_after_conclusion())
    query = access.visible(user, Case).where(standing).order_by(Case.id)
    if asked.owner_id is not None:
        query = query.where(Case.owner_id == asked.owner_id)
    if asked.agency_id is not None:
        owing = select(Action.case_id).where(Action.agency_id == asked.agency_id)
        query = query.where(Case.id.in_(owing))
    if asked.employers:
        query = query.where(Case.id.in_(select(Strand.case_id).where(Strand.way.is_not(None))))
    return query.options(joinedload(Case.owner), *NEEDED)


def _follow_ups(user: User, asked: Asked) -> Iterator[Item]:
    query: Select[Any] = (
        access.visible(user, Consultation)
        .join(FollowUp, FollowUp.consultation_id == Consultation.id)
        .where(OPEN)
        .with_only_columns(FollowUp)
        .options(joinedload(FollowUp.consultation), joinedload(FollowUp.owner))
    )
    if asked.owner_id is not None:
        query = query.where(FollowUp.owner_id == asked.owner_id)
    for each in db.session.scalars(query):
        yield Item(
            Work.FOLLOW_UP, each.consultation, each.due_on, f"Follow up: {each.what}",
            each.owner.name, number=each.number,
        )  # fmt: skip


def _decisions(user: User, asked: Asked) -> Iterator[Item]:
    query = access.visible(user, Consultation).where(Consultation.status == ConsultationStatus.OPEN)
    if asked.owner_id is not None:
        query = query.where(Consultation.owner_id == asked.owner_id)
    limit = settings.amount(Timescale.DECISION)
    for each in db.session.scalars(query.options(joinedload(Consultation.owner))):
        owner = each.owner.name if each.owner else NOBODY
        due_on = due(Timescale.DECISION, each.received_on, limit)
        yield Item(Work.DECISION, each, due_on, "Decide what to do", owner)


def all_of(found: dict[When, list[Item]]) -> Sequence[tuple[When, Item]]:
    return [(when, item) for when, each in found.items() for item in each]
