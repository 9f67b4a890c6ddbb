"""On top of the register, by the services that a user's clicks call: what is going on today."""

from collections.abc import Sequence
from datetime import date, time
from random import Random

from sqlalchemy import select

from lado.demo import contacts, fresh, open_cases
from lado.demo.calendar import Calendar
from lado.demo.parts import Days
from lado.demo.terms import term
from lado.extensions import db
from lado.models import Case, User
from lado.rules.permissions import Role
from lado.rules.vocabulary import (
    Attendance,
    CaseStatus,
    DiscussionPurpose,
    TermGroup,
)
from lado.rules.working_days import add_working_days
from lado.services import case as cases
from lado.services import discussion, minutes
from lado.services.action import ActionDetails
from lado.services.case_owner import assign_owner
from lado.services.discussion import Arrangement, Proceedings
from lado.services.minutes import Sent
from lado.services.participant import ParticipantDetails

MOST_CASES = 45
# Every so manieth case had a discussion in the last weeks: the older the case, the longer ago.
MINUTED = 6
# Every so manieth case has nothing scheduled, and its review is due.
FORGOTTEN = 7
CIRCULATED_AFTER = 3
HOURS = (time(9, 30), time(11), time(14), time(15, 30))


def bring_up_to_date(users: dict[Role, User], today: date, seed: str) -> None:
    """`seed` decides who has which case."""
    lado, manager = users[Role.LADO], users[Role.MANAGER]
    calendar = Calendar(date(today.year - 1, 1, 1), today)
    for contact in fresh.CONTACTS:
        contacts.log(contact, calendar, lado)
    chance = Random(seed)  # noqa: S311 - chance in a demonstration is no secret
    for place, case in enumerate(_open_cases()):
        owner = manager if chance.random() < 1 / 5 else lado
        if case.owner_id != owner.id:
            assign_owner(case, owner=owner, version=case.version, by=manager)
        _go_on(case, place, owner, calendar, today)


def _open_cases() -> Sequence[Case]:
    newest = select(Case).where(Case.status == CaseStatus.OPEN).order_by(Case.id.desc())
    return db.session.scalars(newest.limit(MOST_CASES)).all()


def _go_on(case: Case, place: int, owner: User, calendar: Calendar, today: date) -> None:
    cases.add_note(case, happened_on=today, text=fresh.NOTES[place % len(fresh.NOTES)], by=owner)
    if place % MINUTED == 0:
        _discuss(case, place // MINUTED, owner, calendar, today)
    elif place % FORGOTTEN:
        _schedule(case, place, owner, today)
    days = Days(case, calendar)
    open_cases.go_on(case, place, days, by=owner)
    open_cases.chase_late(case, days, by=owner)


def _discuss(case: Case, turn: int, chair: User, calendar: Calendar, today: date) -> None:
    held = max(case.spell.opened_on, calendar.before(today, 3 * turn + 1))
    recorded = discussion.record(
        case,
        Proceedings(
            held_on=held,
            purpose=DiscussionPurpose.REVIEW if case.discussions else DiscussionPurpose.INITIAL,
            chair_id=chair.id,
            next_review_on=add_working_days(held, 15),
            participants=_participants(),
            minutes=fresh.MINUTES,
            actions=_actions(held),
        ),
        by=chair,
    )
    if turn > 1:
        minutes.agree_minutes(recorded, version=recorded.version, by=chair)
    if turn > CIRCULATED_AFTER:
        minutes.circulate(
            recorded,
            sent=[
                Sent(f"{each.name}, {each.agency.label}", today) for each in recorded.participants
            ],
            version=recorded.version,
            by=chair,
        )


def _participants() -> list[ParticipantDetails]:
    came = [
        ParticipantDetails(name, term(TermGroup.AGENCY, agency), Attendance.ATTENDED, role)
        for name, role, agency in fresh.PARTICIPANTS
    ]
    name, role, agency = fresh.APOLOGIES
    apologies = Attendance.APOLOGIES
    return [*came, ParticipantDetails(name, term(TermGroup.AGENCY, agency), apologies, role)]


def _actions(held: date) -> list[ActionDetails]:
    return [
        ActionDetails(
            description, owner, term(TermGroup.AGENCY, agency), add_working_days(held, days)
        )
        for description, owner, agency, days in fresh.ACTIONS
    ]


def _schedule(case: Case, place: int, chair: User, today: date) -> None:
    purpose = DiscussionPurpose.REVIEW if case.discussions else DiscussionPurpose.INITIAL
    arrangement = Arrangement(
        purpose=purpose,
        scheduled_on=add_working_days(today, place * 3 % 22),
        chair_id=chair.id,
        scheduled_at=HOURS[place % len(HOURS)],
        place="Committee room 2, or by video",
    )
    discussion.schedule(case, arrangement, by=chair)
