"""What surrounds the cases: sub-group actions, training, peer audit, information requests."""

from dataclasses import dataclass
from datetime import date, timedelta

from lado.demo.terms import term
from lado.models import InformationRequest, Report, User
from lado.queries import peer_audits
from lado.reports.stored import drawn_answer, judged_answer
from lado.rules.peer_audit import PeerView
from lado.rules.permissions import Role
from lado.rules.quarters import Period, calendar_year_of, year_of
from lado.rules.threshold import Limb
from lado.rules.timescales import add_months
from lado.rules.vocabulary import TermGroup, TrainingKind
from lado.services import information_request, peer_audit, sub_group, training
from lado.services.information_request import RequestDetails
from lado.services.peer_audit import Judgement
from lado.services.sub_group import ActionDetails
from lado.services.training import SessionDetails


@dataclass(frozen=True)
class Decided:
    """`done_after` and `noted_after` are days after it was decided. `dropped`: why."""

    what: str
    owner: str
    theme: str = ""
    sector: str = ""
    due_after: int = 90
    noted: tuple[tuple[int, str], ...] = ()
    done_after: int = 0
    dropped: str = ""


# On each of the published reports in turn, the oldest first.
DECIDED = (
    (
        Decided(
            "A half day on physical intervention for designated leads of schools.",
            "Workforce development",
            "Physical intervention training",
            "Maintained school",
            noted=((30, "The trainer is booked for two dates."), (75, "31 leads came.")),
            done_after=80,
        ),
        Decided(
            "A leaflet on what to do when an adult writes to a child in private.",
            "Named nurse",
            "Professional boundaries",
            dropped="The national leaflet of this spring says the same.",
        ),
    ),
    (
        Decided(
            "Induction of volunteers becomes a part of the small grants’ conditions.",
            "Voluntary sector representative",
            "Induction of volunteers",
            "Voluntary organisation",
            due_after=60,
            noted=((25, "The grants team agrees. The wording is with them."),),
        ),
        Decided(
            "The police and the LADO look at three cases a quarter together.",
            "Chair of the sub-group",
            due_after=120,
        ),
    ),
)
# Days ago, kind, title, sector, people.
TRAINING = (
    (
        330,
        TrainingKind.COURSE,
        "Managing allegations, for leads",
        "Maintained school",
        28,
    ),
    (240, TrainingKind.BRIEFING, "What the LADO does, for new managers", "", 14),
    (170, TrainingKind.TALK, "When a carer is accused, at the carers’ day", "Foster care (LA)", 45),
    (110, TrainingKind.WORKSHOP, "Low-level concerns and how to record them", "Academy", 19),
    (45, TrainingKind.BRIEFING, "Clubs and their volunteers", "Sport and leisure", 22),
    (6, TrainingKind.COURSE, "Managing allegations, for leads", "Nursery", 31),
)
DRAWN, JUDGED = 8, 3
VIEWS = (
    Judgement(PeerView.AGREES, "The reasons follow from what was told.", [Limb.HARM]),
    Judgement(PeerView.NOT_ENOUGH, "It is not said what the setting had done by then."),
    Judgement(
        PeerView.OTHERWISE, "With the earlier contact this is a pattern.", [Limb.SUITABILITY]
    ),
)

ANSWERED = "Please tell us the outcomes of LADO cases in the last three financial years."
TO_ANSWER = "How many people did you refer to the DBS in each of the last two calendar years?"


def decide_about(report: Report, users: dict[Role, User], place: int) -> None:
    """A month after the period ended."""
    day = report.period_end + timedelta(days=30)
    for decided in DECIDED[place]:
        _decide(report, decided, day, by=users[Role.LADO])


def _decide(report: Report, decided: Decided, day: date, *, by: User) -> None:
    details = ActionDetails(
        what=decided.what,
        owner=decided.owner,
        decided_on=day,
        due_on=day + timedelta(days=decided.due_after),
        theme_id=term(TermGroup.LEARNING_THEME, decided.theme) if decided.theme else None,
        sector_id=term(TermGroup.SECTOR, decided.sector) if decided.sector else None,
    )
    action = sub_group.add(report, details=details, by=by)
    for after, text in decided.noted:
        sub_group.note_progress(action, noted_on=day + timedelta(days=after), text=text, by=by)
    if decided.done_after:
        sub_group.finish(action, done_on=day + timedelta(days=decided.done_after), by=by)
    if decided.dropped:
        sub_group.drop(action, reason=decided.dropped, by=by)


def give_training(users: dict[Role, User], today: date) -> None:
    for days, kind, title, sector, people in TRAINING:
        details = SessionDetails(
            held_on=today - timedelta(days=days),
            kind=kind,
            title=title,
            people=people,
            sector_id=term(TermGroup.SECTOR, sector) if sector else None,
        )
        training.log(details=details, by=users[Role.BUSINESS_SUPPORT])


def audit_decisions(users: dict[Role, User], today: date) -> None:
    """The LADO's decisions of the last months; the manager has judged some of theirs."""
    manager, auditor = users[Role.MANAGER], users[Role.AUDITOR]
    period = Period(add_months(today, -3), today)
    draw = peer_audit.draw(period, size=DRAWN, auditors=[manager, auditor], by=manager)
    own = [each for each in peer_audits.of_draw(manager, draw) if each.auditor_id == manager.id]
    for audited, view in zip(own[:JUDGED], VIEWS, strict=False):
        peer_audit.judge(audited, judgement=view, version=audited.version, by=manager)


def answer_requests(users: dict[Role, User], today: date) -> None:
    """One is answered, and the answer to another is drawn."""
    lado = users[Role.LADO]
    years = [year_of(add_months(today, -12 * ago)) for ago in (3, 2, 1)]
    asked = RequestDetails("FOI 4021", today - timedelta(days=24), ANSWERED)
    request = _draw(asked, ["cases.concluded", "outcomes.concluded_in_period"], years, by=lado)
    judged = judged_answer(request)
    information_request.give(request, judged=judged, version=request.version, by=lado)
    years = [calendar_year_of(add_months(today, -12 * ago)) for ago in (2, 1)]
    asked = RequestDetails("FOI 4077", today - timedelta(days=6), TO_ANSWER)
    _draw(asked, ["referrals.sent", "referrals.sent_by_body"], years, by=lado)


def _draw(
    asked: RequestDetails, measures: list[str], periods: list[Period], *, by: User
) -> InformationRequest:
    request = information_request.log(details=asked, by=by)
    drawn = drawn_answer(measures, periods)
    information_request.draw(request, drawn, version=request.version, by=by)
    return request
