"""What is a user's to do: to look at before a holiday, and to give to somebody else (R-63)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from lado.extensions import db
from lado.models import (
    Action,
    Case,
    Consultation,
    ConsultationSubject,
    FollowUp,
    Report,
    User,
)
from lado.queries import access, settings
from lado.queries.cases import NOT_CONCLUDED, row_options
from lado.queries.due import left_after_conclusion
from lado.queries.first_steps import bodies_of_council
from lado.queries.follow_ups import OPEN
from lado.queries.next_steps import NEEDED, steps_of
from lado.queries.own_actions import open_actions_of
from lado.queries.work_list import LABELLED
from lado.rules.steps import NextStep
from lado.rules.vocabulary import ConsultationStatus, ReportStatus


@dataclass(frozen=True)
class OpenCase:
    case: Case
    next_step: NextStep | None


@dataclass(frozen=True)
class Work:
    """Of one user, as far as the reader may know of it."""

    consultations: Sequence[Consultation]
    follow_ups: Sequence[FollowUp]
    cases: Sequence[OpenCase]
    actions: Sequence[Action]
    reports: Sequence[Report]

    @property
    def can_be_given(self) -> int:
        given = self.consultations, self.follow_ups, self.cases, self.actions
        return sum(map(len, given))


def work_of(user: User, *, reader: User) -> Work:
    return Work(
        consultations=_consultations(user, reader),
        follow_ups=_follow_ups(user, reader),
        cases=_cases(user, reader),
        actions=open_actions_of(user, reader),
        reports=_reports(user, reader),
    )


def _consultations(user: User, reader: User) -> Sequence[Consultation]:
    adult = selectinload(Consultation.subjects)
    position = adult.joinedload(ConsultationSubject.position)
    query = (
        access.visible(reader, Consultation)
        .where(Consultation.status == ConsultationStatus.OPEN, Consultation.owner_id == user.id)
        .order_by(Consultation.received_on, Consultation.id)
        .options(position.options(*LABELLED))
    )
    return db.session.scalars(query).unique().all()


def _follow_ups(user: User, reader: User) -> Sequence[FollowUp]:
    known = access.visible(reader, Consultation).with_only_columns(Consultation.id)
    query = (
        select(FollowUp)
        .where(OPEN, FollowUp.owner_id == user.id, FollowUp.consultation_id.in_(known))
        .order_by(FollowUp.due_on, FollowUp.id)
        .options(joinedload(FollowUp.consultation))
    )
    return db.session.scalars(query).all()


def _cases(user: User, reader: User) -> Sequence[OpenCase]:
    query = (
        access.visible(reader, Case)
        .where(or_(NOT_CONCLUDED, left_after_conclusion()), Case.owner_id == user.id)
        .order_by(Case.received_on, Case.id)
        .options(*row_options(), *NEEDED)
    )
    numbers, bodies = settings.amounts(), bodies_of_council()
    found = [(case, steps_of(case, numbers, bodies)) for case in db.session.scalars(query).unique()]
    return [OpenCase(case, steps[0] if steps else None) for case, steps in found]


def _reports(user: User, reader: User) -> Sequence[Report]:
    query = access.visible(reader, Report).where(
        Report.status == ReportStatus.DRAFT, Report.drawn_by_id == user.id
    )
    return db.session.scalars(query.order_by(Report.period_end)).all()
