"""What the sub-group decided, training given, decisions drawn for peer audit and questions from
outside, made for tests."""

from datetime import date, timedelta
from typing import Any

from lado import clock
from lado.extensions import db
from lado.models import (
    AuditedDecision,
    InformationRequest,
    PeerAudit,
    Report,
    SubGroupAction,
    TrainingSession,
    User,
)
from lado.queries import peer_audits
from lado.reports.answer import Answer
from lado.reports.disclosure import Disclosing, PublicRule
from lado.reports.reply import make_reply
from lado.rules.quarters import Period
from lado.rules.vocabulary import ReportStatus, TrainingKind
from lado.services import information_request, peer_audit, sub_group, training
from lado.services.information_request import DrawnAnswer, RequestDetails
from lado.services.sub_group import ActionDetails
from lado.services.training import SessionDetails
from tests import contacts, factories
from tests.reports.example import quarter
from tests.support.cast import Cast

Q4 = Period.parse("2012-13/Q4")


def make_report(by: User, period: Period = Q4, **details: Any) -> Report:
    """Published, whoever approved it."""
    now = clock.now()
    report = Report(
        period_start=period.start,
        period_end=period.end,
        as_at=period.end,
        status=ReportStatus.PUBLISHED,
        figures={"comparison": quarter().as_record(), "council": "Sample Council"},
        definitions_version="1",
        drawn_at=now,
        approved_at=now,
        approved_by_id=by.id,
        published_at=now,
        published_by_id=by.id,
        figures_sha256="0" * 64,
        pdf_sha256="0" * 64,
    )
    for name, value in details.items():
        setattr(report, name, value)
    db.session.add(report)
    db.session.commit()
    return report


def action_details(**changed: Any) -> ActionDetails:
    today = clock.today()
    details = {
        "what": "Add it to the induction of volunteers",
        "owner": "Workforce development",
        "decided_on": today - timedelta(days=30),
        "due_on": today + timedelta(days=60),
    }
    return ActionDetails(**details | changed)


def make_sub_group_action(by: User, report: Report | None = None, **changed: Any) -> SubGroupAction:
    details = action_details(**changed)
    action = sub_group.add(report or make_report(by), details=details, by=by)
    sub_group.note_progress(action, noted_on=clock.today(), text="Two dates are booked", by=by)
    return action


def make_session(by: User, held_on: date | None = None, **changed: Any) -> TrainingSession:
    details = {"kind": TrainingKind.BRIEFING, "title": "Low-level concerns", "people": 12}
    day = held_on or clock.today()
    return training.log(details=SessionDetails(held_on=day, **details | changed), by=by)


def this_year() -> Period:
    today = clock.today()
    return Period(today - timedelta(days=365), today)


def make_peer_audit(
    by: User, *auditors: User, decider: User, decisions: int = 1, size: int = 20
) -> PeerAudit:
    """Of as many decisions as `decider` makes."""
    for _ in range(decisions):
        contacts.decide(factories.make_consultation(by=decider).subjects[0], decider)
    return peer_audit.draw(this_year(), size=size, auditors=auditors or [by], by=by)


def make_audited(by: User, decider: User) -> AuditedDecision:
    """Drawn for the manager."""
    return peer_audits.of_draw(by, make_peer_audit(by, decider=decider))[0]


def drawn_answer() -> DrawnAnswer:
    """The sectors of the example's quarter."""
    answer = Answer(("consultations.received", "consultations.by_sector"), (quarter().this,))
    hidden = Disclosing(answer, PublicRule()).choose()
    reply = make_reply(answer, hidden, "Sample Council", date(2013, 5, 1))
    record = {"answer": answer.as_record(), "public": hidden.as_record(), "refused": ""}
    return DrawnAnswer("1", record | {"reply": reply.as_record()})


def make_information_request(by: User, number: str = "FOI 17") -> InformationRequest:
    """With an answer drawn."""
    details = RequestDetails(number, clock.today() - timedelta(days=9), "How many, by sector?")
    request = information_request.log(details=details, by=by)
    information_request.draw(request, drawn_answer(), version=request.version, by=by)
    return request


def of_the_service(cast: Cast) -> dict[str, str]:
    """An id to put into each area's addresses."""
    audited = make_audited(cast.manager, cast.lado)
    return {
        "information-requests": make_information_request(cast.lado).public_id,
        "sub-group": make_sub_group_action(cast.lado).public_id,
        "training": make_session(cast.lado).public_id,
        "peer-audits": audited.peer_audit.public_id,
        "audited-decisions": audited.public_id,
    }
