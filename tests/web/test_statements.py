"""A page asks the database as often for many rows as for two: never once for each."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lado.extensions import db
from lado.models import (
    Case,
    Consultation,
    Draft,
    Enquiry,
    InformationRequest,
    Organisation,
    PeerAudit,
    Person,
    Report,
    SubGroupAction,
    SuspectedConflict,
    TrainingSession,
    User,
)
from lado.queries import vocabulary
from lado.queries.records_of import cases_about
from lado.rules.drafts import DraftForm
from lado.rules.notices import NoticeRow, NoticeStep, NoticeTo
from lado.rules.permissions import Role
from lado.rules.quarters import Period
from lado.rules.vocabulary import (
    ChasedHow,
    LearningKind,
    NameKind,
    OutcomeCode,
    ReferralBasis,
    ReferralDecision,
    TermGroup,
)
from lado.services import case as case_services
from lado.services import (
    case_allegations,
    consultation,
    declaration,
    matter,
    person,
    report,
    user,
)
from lado.services.case_parts import ChildDetails, add_child, add_learning
from lado.services.chase import chase
from lado.services.consultation_child import ChildDetails as ConcernedChild
from lado.services.draft import Place
from lado.services.onward_referral import ReferralDetails, add_referral
from lado.services.report import DrawnFigures
from lado.services.subject import AdultDetails
from tests import case_parts, contacts, factories
from tests.advice_parts import add_follow_up, log_enquiry, write_letter
from tests.document_parts import attach, make_authority
from tests.guards.routes import Route, routes
from tests.reports.example import quarter
from tests.security.people_and_pages import somebody_who_may
from tests.service_parts import (
    make_information_request,
    make_peer_audit,
    make_report,
    make_session,
    make_sub_group_action,
)
from tests.support.cast import Cast
from tests.support.client import Client
from tests.support.statements import statements

# Few are as many as make an alert, so that both times there is one.
FEW, MANY = 3, 5


def term(group: TermGroup, place: int) -> int:
    """Another word for each row, so that no word is known already from the row before."""
    return vocabulary.terms(group)[place].id


def about(place: int, whom: Person, where: Organisation | str) -> AdultDetails:
    role = vocabulary.terms(TermGroup.ROLE)[place].label
    sector = vocabulary.terms(TermGroup.SECTOR)[place].label
    category = vocabulary.terms(TermGroup.CATEGORY)[place].label
    position = contacts.position(role, sector, where)
    return contacts.adult(whom, position=position, category=category)


def a_consultation(size: int, by: User) -> Consultation:
    adults = [
        about(place, factories.make_person(), factories.make_organisation())
        for place in range(size)
    ]
    made = consultation.log(
        contact=contacts.contact(),
        adults=adults,
        children=[ConcernedChild(name=f"Child {place}") for place in range(size)],
        by=by,
    )
    for place, subject in enumerate(made.subjects):
        contacts.decide(subject, by)
        agency = term(TermGroup.AGENCY, place)
        consultation.add_note(
            made, text="Rang again", happened_on=made.received_on, agency_id=agency, by=by
        )
        write_letter(made, by)
        add_follow_up(made, by)
    return made


def a_person(size: int, by: User) -> Person:
    made = factories.make_person()
    for place in range(size):
        case_parts.open_case(by, about(place, made, f"Testwell {size}-{place}"))
        person.add_name(
            made, kind=NameKind.FORMER, surname=f"Former{place}", version=made.version, by=by
        )
    return made


def an_organisation(size: int, by: User) -> Organisation:
    made = factories.make_organisation()
    for place in range(size):
        case_parts.open_case(by, about(place, factories.make_person(), made))
    return made


def a_case(size: int, by: User) -> Case:
    made = case_parts.open_case(by, about(0, factories.make_person(), f"Testwell of {size}"))
    for place in range(size):
        fill(made, place, by)
    return made


def fill(case: Case, place: int, by: User) -> None:
    agency = term(TermGroup.AGENCY, place)
    add_child(case, ChildDetails(name=f"Child {place}"), by=by)
    details = case_parts.allegation_details(category_id=term(TermGroup.CATEGORY, place))
    allegation = case_allegations.add_allegation(case, details, by=by)
    case_parts.make_outcome(allegation, by)
    case_parts.make_outcome(allegation, by, OutcomeCode.MALICIOUS)
    discussion = case_parts.make_discussion(
        case,
        by,
        participants=[case_parts.participant(agency_id=agency) for _ in range(place + 1)],
        actions=[case_parts.action_details(agency_id=agency)],
    )
    case_parts.agree(discussion, by)
    case_parts.send_minutes(discussion, *(f"Recipient {n}" for n in range(place + 1)), by=by)
    case_parts.make_action(case, by, agency_id=agency)
    action = case_parts.make_action(case, by, agency_id=agency)
    chase(case, action, chased_on=case.spell.opened_on, how=ChasedHow.PHONE, by=by)
    body, today = term(TermGroup.REFERRAL_BODY, place), case.spell.opened_on
    sent = ReferralDetails(
        body, today, ReferralDecision.REFER, ReferralBasis.DUTY, "A Fable", referred_on=today
    )
    add_referral(case, sent, by=by)
    case_parts.make_measure(case, by)
    case_parts.make_notice(
        case, by, row=NoticeRow(NoticeTo.CHILD, NoticeStep.OUTCOME_TOLD, place + 1)
    )
    theme = term(TermGroup.LEARNING_THEME, place)
    add_learning(case, theme_id=theme, kind=LearningKind.IMPROVEMENT, description="More", by=by)
    case_services.add_note(case, happened_on=today, text="A note", by=by, agency_id=agency)
    attach(case, by, agency_id=agency)
    make_authority(case, by)
    matter.join(case, reference=factories.make_case().reference, reason="One trip", by=by)


def a_user(size: int, by: User) -> User:
    invited = [
        user.invite(email=f"{size}-{n}@example.test", name="Nia Test", role=Role.LADO, by=by)[0]
        for n in range(size)
    ]
    return invited[0]


def a_report(size: int, by: User) -> Report:
    drawn = [
        DrawnFigures(
            Period(date(2000 + size, 4, 1), date(2000 + size, 4, 1) + timedelta(days=n)),
            date(2010, 1, 1), "1", "Sample Council", quarter().as_record(), [],
        )
        for n in range(size)
    ]  # fmt: skip
    return [report.draw(one, by=by) for one in drawn][-1]


def an_enquiry(size: int, by: User) -> Enquiry:
    whom = a_person(size, by)
    made = [log_enquiry(by, whom, *cases_about(by, whom)) for _ in range(size)]
    return made[-1]


def a_draft(size: int, by: User) -> Draft:
    """Of the manager, whose list is looked at."""
    author = db.session.scalars(select(User).where(User.role == Role.MANAGER)).one()
    for _ in range(size):
        consultation, case = factories.make_consultation(by=by), factories.make_case(by=by)
        note = Place(DraftForm.CONSULTATION_NOTE, consultation.public_id)
        factories.make_draft(author, note)
        factories.make_draft(author, Place(DraftForm.CASE_NOTE, case.public_id))
    return factories.make_draft(author)


def a_suspected_conflict(size: int, by: User) -> SuspectedConflict:
    """Of as many users, two each, none of them the manager who looks at the list."""
    users = select(User).where(User.role != Role.MANAGER).order_by(User.id).limit(size)
    for place, who in enumerate(db.session.scalars(users)):
        for forename in ("Wren", "Robin"):
            surname = f"Closely{size}of{place}"
            declaration.declare(surname=surname, forename=forename, connection="Cousin", by=who)
            factories.make_person(surname=surname, forename=forename)
    return factories.make_suspected_conflict(by)


def a_sub_group_action(size: int, by: User) -> SubGroupAction:
    about = make_report(by, Period(date(2010 + size, 4, 1), date(2010 + size, 6, 30)))
    made = [
        make_sub_group_action(
            by,
            about,
            theme_id=term(TermGroup.LEARNING_THEME, place),
            sector_id=term(TermGroup.SECTOR, place),
        )
        for place in range(size)
    ]
    return made[-1]


def a_session(size: int, by: User) -> TrainingSession:
    made = [make_session(by, sector_id=term(TermGroup.SECTOR, n)) for n in range(size)]
    return made[-1]


def a_peer_audit(size: int, by: User) -> PeerAudit:
    """Drawn by the manager, who has all of it to audit."""
    manager = db.session.scalars(select(User).where(User.role == Role.MANAGER)).one()
    return make_peer_audit(manager, decider=by, decisions=size, size=size)


def an_information_request(size: int, by: User) -> InformationRequest:
    made = [make_information_request(by, f"FOI {size} {n}") for n in range(size)]
    return made[-1]


MAKE: dict[str, Callable[[int, User], Any]] = {
    "people": a_person,
    "consultations": a_consultation,
    "cases": a_case,
    "enquiries": an_enquiry,
    "conflicts": a_suspected_conflict,
    "organisations": an_organisation,
    "users": a_user,
    "reports": a_report,
    "drafts": a_draft,
    "sub-group": a_sub_group_action,
    "training": a_session,
    "information-requests": an_information_request,
    "peer-audits": a_peer_audit,
}
PAGES = (
    r"/", r"/work-list", r"/work-list/delays",
    r"/(people|consultations|cases|enquiries|organisations|users|reports|audit|lists|drafts)",
    r"/(sub-group|training|peer-audits|engagement/silent|information-requests)",
    r"/(sub-group|peer-audits|information-requests)/<record_id:public_id>",
    r"/(people|consultations|cases|enquiries|organisations|users|reports)/<record_id:public_id>",
    r"/conflicts(/<record_id:public_id>)?",
    r"/cases/<record_id:public_id>/(\w+|safety-measures)",
    r"/cases/<record_id:public_id>/discussions/<int[^>]*>",
)  # fmt: skip
FORMS = {"close", "facts", "owner", "reopen", "restrict"}


def pages(app: Flask) -> list[Route]:
    """Every list and every record."""
    return [
        route
        for route in routes(app)
        if "GET" in route.methods
        and any(re.fullmatch(page, str(route.rule)) for page in PAGES)
        and str(route.rule).rpartition("/")[2] not in FORMS
    ]


def asked(app: Flask, browsers: dict[str, Client], ids: dict[str, str]) -> dict[str, list[str]]:
    found = {}
    for rule, browser in browsers.items():
        url = re.sub(r"<int[^>]*>", "1", rule)
        url = re.sub(r"<[^>]+>", ids.get(rule.split("/")[1], ""), url)
        db.session.remove()  # whatever the page needs is read anew
        with statements() as seen:
            response = browser.get(url)
        assert response.status_code == 200, f"{url} {response.location}"
        found[rule] = seen
    return found


def made(size: int, by: int) -> dict[str, str]:
    who = db.session.get_one(User, by)
    return {area: make(size, who).public_id for area, make in MAKE.items()}


def test_no_page_asks_for_each_row(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    # However long this takes, no session is written to for having been seen.
    monkeypatch.setattr("lado.services.session.SEEN_EVERY", timedelta(hours=1))
    of = {one.id: Client(app, one) for one in cast.everyone()}
    browsers = {str(page.rule): of[somebody_who_may(cast, page.access).id] for page in pages(app)}
    assert len(browsers) > 20
    by = cast.lado.id
    few = asked(app, browsers, made(FEW, by))
    many = asked(app, browsers, made(MANY, by))
    for rule, seen in many.items():
        more = [one for one in seen if seen.count(one) > few[rule].count(one)]
        assert len(seen) <= len(few[rule]), f"{rule}: {len(few[rule])} -> {len(seen)}: {more}"
