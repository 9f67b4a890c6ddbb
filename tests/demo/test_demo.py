"""The demonstration as a newcomer meets it: one command, then a system that is alive."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import ColumnElement, func, select

from lado import clock
from lado.demo import fresh, loading, names, whole
from lado.demo.register import rows
from lado.demo.users import SHARED_WORDS, USERS
from lado.extensions import db
from lado.models import (
    Action,
    AuditEvent,
    Base,
    Case,
    CaseSpell,
    Chase,
    Child,
    Consultation,
    Document,
    MatterCase,
    MinutesCopy,
    Note,
    Notice,
    OtherAuthority,
    Participant,
    PersonComparison,
    PersonName,
    Report,
    SafetyMeasure,
    StrategyDiscussion,
    User,
)
from lado.queries import delays
from lado.queries.case_standing import missing
from lado.reports.figures import draw
from lado.rules import passwords
from lado.rules.audit import AuditAction
from lado.rules.documents import FileType
from lado.rules.notices import NoticeStep, NoticeTo
from lado.rules.permissions import Role
from lado.rules.quarters import quarter_of, year_of
from lado.rules.timescales import band
from lado.rules.vocabulary import (
    CaseStatus,
    ConsultationStatus,
    DiscussionStatus,
    MeasureDecision,
    Origin,
    ReportStatus,
    Sameness,
    VoiceSought,
)
from lado.services import document, sign_in
from lado.services.audit import walk
from tests.support.cast import make_cast

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=True):
        yield


@pytest.fixture
def loaded(at_noon: None, demonstration_app: Flask) -> Flask:
    result = demonstration_app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 0, result.output
    return demonstration_app


def how_many(model: type[Base], *where: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0


def test_loading(loaded: Flask) -> None:
    """One test for what one loading gives: it takes seconds."""
    registered = len(list(rows(clock.today())))
    assert how_many(Consultation) == registered + len(fresh.CONTACTS) + len(whole.CONTACTS)
    everybody_has_a_plain_origin()
    names_are_invented()
    the_first_screen_is_alive()
    whole_cases_show_what_a_register_cannot()
    what_is_concluded_is_settled()
    reports_reconcile()
    the_trail_is_whole()
    those_named_can_sign_in()
    a_second_loading_is_refused(loaded)


def everybody_has_a_plain_origin() -> None:
    for mapper in Base.registry.mappers:
        origin = mapper.columns.get("origin")
        if origin is not None:
            found = set(db.session.scalars(select(origin).distinct()))
            assert found <= {Origin.REGISTER, Origin.ENTERED}, mapper


def names_are_invented() -> None:
    surnames = db.session.scalars(select(PersonName.surname).distinct()).all()
    assert surnames
    assert all(surname.startswith(names.STEMS) for surname in surnames)
    users = db.session.scalars(select(User)).all()
    assert all(user.name.split()[-1].startswith(names.STEMS) for user in users)
    assert all(user.email.endswith("@example.test") for user in users)


def the_first_screen_is_alive() -> None:
    today = clock.today()
    lado = db.session.scalars(select(User).where(User.role == Role.LADO)).one()
    waiting = Consultation.status == ConsultationStatus.OPEN
    assert how_many(Consultation, waiting) > 5
    assert how_many(Consultation, waiting, Consultation.taken_by_id == lado.id) > 1
    assert how_many(Case, Case.status == CaseStatus.OPEN, Case.owner_id == lado.id) > 10
    to_come = StrategyDiscussion.scheduled_on >= today
    assert how_many(StrategyDiscussion, to_come) > 10
    statuses = set(db.session.scalars(select(StrategyDiscussion.status).distinct()))
    assert statuses == set(DiscussionStatus) - {DiscussionStatus.CANCELLED}
    assert 0 < how_many(Action, Action.due_on < today) < how_many(Action)
    assert how_many(Note) > 20
    assert how_many(StrategyDiscussion) > 600
    received = db.session.scalars(select(Case.received_on).where(Case.status == CaseStatus.OPEN))
    assert len({band(day, today) for day in received}) >= 3


def whole_cases_show_what_a_register_cannot() -> None:
    today = clock.today()
    decisions = set(db.session.scalars(select(SafetyMeasure.decision).distinct()))
    assert decisions >= {MeasureDecision.IN_PLACE, MeasureDecision.NOT_USED, MeasureDecision.ENDED}
    assert how_many(SafetyMeasure, SafetyMeasure.review_on < today)
    told = select(Notice.notice_to, Notice.step).where(Notice.told_on.is_not(None)).distinct()
    assert {to for to, _ in db.session.execute(told)} >= set(NoticeTo) - {NoticeTo.OTHER_AGENCY}
    assert {step for _, step in db.session.execute(told)} == set(NoticeStep)
    assert how_many(Notice, Notice.look_again_on < today) >= 1
    assert how_many(MinutesCopy, MinutesCopy.made_for.is_not(None)) == 1
    assert how_many(Participant, Participant.conflict_of_interest.is_not(None)) > 0
    assert set(db.session.scalars(select(Child.voice).where(Child.case_id.is_not(None)))) >= {
        VoiceSought.SOUGHT,
        VoiceSought.NOT_SOUGHT,
    }
    for case in (Case.restricted, Case.reporting_restriction):
        assert how_many(Case, case) == 1
    assert how_many(Case, Case.status == CaseStatus.CLOSURE_REQUESTED) == 1
    assert how_many(PersonComparison, PersonComparison.sameness == Sameness.SAME) == 1
    assert (how_many(MatterCase), how_many(OtherAuthority), how_many(Chase) > 3) == (2, 1, True)
    documents = db.session.scalars(select(Document)).all()
    assert {each.file_type for each in documents} == {FileType.PDF, FileType.DOCX, FileType.TXT}
    assert all(document.store().read(each.stored_as, each.sha256) for each in documents)
    late = [case for case in db.session.scalars(select(Case)) if delays.months_of(case, today)]
    unexplained = [case for case in late if delays.missing(case, today)]
    assert 0 < len(unexplained) < len(late) / 2


def what_is_concluded_is_settled() -> None:
    """As far as it was concluded here or is among the newest of the register."""
    newest = select(Case).join(Case.spells).where(CaseSpell.concluded_on.is_not(None))
    for case in db.session.scalars(
        newest.order_by(CaseSpell.concluded_on.desc(), Case.id).limit(8)
    ):
        assert missing(case, on=clock.today()) == [], case.reference


def reports_reconcile() -> None:
    reports = db.session.scalars(select(Report).order_by(Report.period_end)).all()
    status = [report.status for report in reports]
    assert status.count(ReportStatus.PUBLISHED) == 2
    assert status.count(ReportStatus.DRAFT) == 1
    today = clock.today()
    last = year_of(today).same_last_year()
    for period in (last, last.same_last_year(), quarter_of(today)):
        assert draw(db.session(), period).discrepancies == []


def the_trail_is_whole() -> None:
    loaded = select(AuditEvent).where(AuditEvent.action == AuditAction.DEMONSTRATION_LOADED)
    assert len(db.session.scalars(loaded).all()) == 1
    assert walk().broken is None


def those_named_can_sign_in() -> None:
    for email, name in USERS.values():
        assert passwords.problem(SHARED_WORDS, [name, email, names.COUNCIL]) is None
        user = db.session.scalars(select(User).where(User.email == email)).one()
        assert sign_in.confirm(user, SHARED_WORDS, address="192.0.2.1")


def a_second_loading_is_refused(app: Flask) -> None:
    before = how_many(Consultation)
    runner = app.test_cli_runner()
    refused = runner.invoke(args=["demo", "load"])
    assert refused.exit_code == 2
    assert "nothing was loaded" in refused.output
    taken_as_done = runner.invoke(args=["demo", "load", "--if-empty"])
    assert taken_as_done.exit_code == 0
    for result in (refused, taken_as_done):
        assert SHARED_WORDS in result.output
        assert all(email in result.output for email, _ in USERS.values())
    assert how_many(Consultation) == before


def run(app: Flask, *options: str) -> Result:
    return app.test_cli_runner().invoke(args=["demo", "load", *options])


def stop(*_args: object, **_named: object) -> None:
    raise KeyboardInterrupt


def test_an_interrupted_loading_starts_over(
    demonstration_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled = ("bring_up_to_date", "tell_whole_cases", "settle_concluded", "advise")
    for step in ("_load_register", *filled, "audit_decisions"):
        monkeypatch.setattr(loading, step, lambda *_: None)
    monkeypatch.setattr(loading, "publish_reports", stop)
    assert run(demonstration_app, "--if-empty").exit_code != 0
    assert how_many(User) == len(USERS)
    db.session.remove()
    monkeypatch.setattr(loading, "publish_reports", lambda *_: None)
    again = run(demonstration_app, "--if-empty")
    assert again.exit_code == 0, again.output
    assert "starts over" in again.stderr
    assert how_many(User) == len(USERS)
    assert run(demonstration_app, "--if-empty").stderr == ""


def test_what_others_put_into_a_database_is_never_thrown_away(demonstration_app: Flask) -> None:
    make_cast()
    before = how_many(User)
    for options in ([], ["--if-empty"]):
        refused = run(demonstration_app, *options)
        assert refused.exit_code == 2
        assert "nothing was loaded" in refused.stderr
    assert how_many(User) == before


def test_an_installation_that_is_no_demonstration_refuses(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 2
    assert "LADO_DEMONSTRATION=1" in result.output
    assert SHARED_WORDS not in result.output
    assert loading.is_empty()


def test_times_two_loads_twice_as_many(
    at_noon: None, demonstration_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "publish_reports", lambda *_: None)
    result = demonstration_app.test_cli_runner().invoke(args=["demo", "load", "--times", "2"])
    assert result.exit_code == 0, result.output
    registered = select(func.count()).where(Consultation.origin == Origin.REGISTER)
    assert db.session.scalar(registered) == 2 * len(list(rows(clock.today())))
    references = db.session.scalars(select(Consultation.reference)).all()
    assert len(references) == len(set(references))
