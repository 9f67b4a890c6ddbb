"""Peer audit: what can be drawn, the draws, and a decision as its auditor reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from lado.extensions import db
from lado.models import (
    AuditedDecision,
    Child,
    Consultation,
    ConsultationSubject,
    Decision,
    PeerAudit,
    PersonName,
    User,
)
from lado.queries import access, names_on_record
from lado.queries.keyset import Cursor, Order, Page, in_order, page_of
from lado.rules.protection import told_in, without_names
from lado.rules.quarters import Period

OF_DECISION = joinedload(AuditedDecision.decision)
SHOWN = (
    joinedload(AuditedDecision.auditor),
    joinedload(AuditedDecision.peer_audit),
    OF_DECISION.joinedload(Decision.term),
)
STILL_OPEN = AuditedDecision.view.is_(None)


def drawn_from(period: Period, auditors: Sequence[User], by: User) -> dict[int, int]:
    """Who made each decision of the period that can be drawn. All who take part may know of it,
    and one of the auditors did not make it."""
    query = (
        select(Decision.id, Decision.decided_by_id)
        .join(Decision.subject)
        .join(ConsultationSubject.consultation)
        .where(
            Decision.decided_on.between(period.start, period.end),
            Decision.decided_by_id.is_not(None),
            access.known_to_all([by, *auditors], Consultation),
        )
    )
    if len(auditors) == 1:
        query = query.where(Decision.decided_by_id != auditors[0].id)
    return {id_: decider for id_, decider in db.session.execute(query) if decider}


def page_of_draws(user: User, cursor: Cursor) -> Page[PeerAudit]:
    order = Order.by(PeerAudit, PeerAudit.drawn_at, descending=True)
    rows = in_order(PeerAudit, joinedload(PeerAudit.drawn_by))
    return page_of(access.visible(user, PeerAudit), (), order, cursor, rows)


def still_open(user: User, draws: Sequence[PeerAudit]) -> dict[int, int]:
    """By the id of the draw how many of its decisions wait, of those the user may know of."""
    query: Any = (
        access.visible(user, AuditedDecision)
        .where(STILL_OPEN, AuditedDecision.peer_audit_id.in_([draw.id for draw in draws]))
        .with_only_columns(AuditedDecision.peer_audit_id, func.count())
        .group_by(AuditedDecision.peer_audit_id)
    )
    return dict(db.session.execute(query).all())


def to_audit(user: User) -> Sequence[AuditedDecision]:
    """What waits for the user, the oldest draw first."""
    query = access.visible(user, AuditedDecision).where(
        STILL_OPEN, AuditedDecision.auditor_id == user.id
    )
    return db.session.scalars(query.options(*SHOWN).order_by(AuditedDecision.id)).all()


def of_draw(user: User, draw: PeerAudit) -> Sequence[AuditedDecision]:
    query = access.visible(user, AuditedDecision).where(AuditedDecision.peer_audit_id == draw.id)
    return db.session.scalars(query.options(*SHOWN).order_by(AuditedDecision.number)).all()


def takes_part(user: User, draw: PeerAudit) -> bool:
    """Who does not is never told what could be drawn, nor the numbers of what was: a gap would tell
    of a record that was closed to them since."""
    given = select(AuditedDecision.id).where(
        AuditedDecision.peer_audit_id == draw.id, AuditedDecision.auditor_id == user.id
    )
    return draw.drawn_by_id == user.id or db.session.scalar(given.limit(1)) is not None


@dataclass(frozen=True)
class Paper:
    """A decision with what it was decided on, without the names on record."""

    decision: Decision
    subject: ConsultationSubject
    summary: str
    reasons: str
    advice: str
    earlier_weight: str
    grounds: str


def paper(audited: AuditedDecision) -> Paper:
    decision = audited.decision
    subject, consultation = decision.subject, decision.subject.consultation
    texts = [
        text or ""
        for text in (
            consultation.summary,
            decision.reasons,
            decision.advice,
            subject.earlier_weight,
            decision.ended_grounds,
        )
    ]
    names = [*_names(consultation), *_names_elsewhere("\n".join(texts))]
    return Paper(decision, subject, *(without_names(text, names) for text in texts))


def _names_elsewhere(text: str) -> set[str]:
    """Of whomever any record names by a surname that the text may hold."""
    told = told_in(text)
    return {str(name) for name in names_on_record.every_one() if told(name.surname)}


def _names(consultation: Consultation) -> list[str]:
    """Of the adults, by whatever name, of the children, of who called, and of the places."""
    people = [subject.person_id for subject in consultation.subjects if subject.person_id]
    known = select(PersonName.forename, PersonName.surname).where(PersonName.person_id.in_(people))
    found = [f"{forename} {surname}" for forename, surname in db.session.execute(known)]
    found += [str(subject.given) for subject in consultation.subjects if subject.given]
    cases = [subject.case_id for subject in consultation.subjects if subject.case_id]
    children = select(Child.name).where(
        or_(Child.consultation_id == consultation.id, Child.case_id.in_(cases))
    )
    found += [name for name in db.session.scalars(children) if name]
    return [*found, *_places(consultation), consultation.referrer_name or ""]


def _places(consultation: Consultation) -> list[str]:
    subjects = consultation.subjects
    positions = [each for one in subjects for each in (one.position, *one.other_positions)]
    places = [
        consultation.setting,
        *(position.organisation for position in positions),
        *(subject.organisation for subject in subjects),
    ]
    known = [place for place in places if place]
    former = [other.name for place in known for other in place.other_names]
    return [*(place.name for place in known), *former]


def load(audited: AuditedDecision) -> None:
    """Read ahead what its page shows."""
    of_subject = OF_DECISION.joinedload(Decision.subject)
    db.session.scalars(
        select(AuditedDecision)
        .where(AuditedDecision.id == audited.id)
        .options(
            *SHOWN,
            of_subject.joinedload(ConsultationSubject.consultation).selectinload(
                Consultation.subjects
            ),
            of_subject.selectinload(ConsultationSubject.limbs),
        )
        .execution_options(populate_existing=True)
    ).one()
