"""On top of the register, by the services that a user's clicks call: what is going on today."""

from collections.abc import Sequence
from datetime import date, time
from random import Random

from sqlalchemy import select

from lado.demo import fresh
from lado.demo.calendar import Calendar
from lado.extensions import db
from lado.models import Case, Consultation, User
from lado.queries import vocabulary
from lado.queries.earlier import earlier_than_decision
from lado.rules.permissions import Role
from lado.rules.threshold import Limb
from lado.rules.vocabulary import (
    Attendance,
    CaseStatus,
    Children,
    DiscussionPurpose,
    EarlierRecords,
    TermGroup,
)
from lado.rules.working_days import add_working_days
from lado.services import case as cases
from lado.services import consultation as consultations
from lado.services import decision, discussion, minutes
from lado.services.action import ActionDetails
from lado.services.case_owner import assign_owner
from lado.services.consultation_child import ChildDetails
from lado.services.consultation_contact import ContactDetails
from lado.services.decision import DecisionDetails
from lado.services.discussion import Arrangement, Proceedings
from lado.services.minutes import Sent
from lado.services.participant import ParticipantDetails
from lado.services.person import PersonDetails
from lado.services.position import PositionDetails
from lado.services.subject import AdultDetails

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
        _log(contact, calendar, lado)
    chance = Random(seed)  # noqa: S311 - chance in a demonstration is no secret
    for place, case in enumerate(_open_cases()):
        owner = manager if chance.random() < 1 / 5 else lado
        if case.owner_id != owner.id:
            assign_owner(case, owner=owner, version=case.version, by=manager)
        _go_on(case, place, owner, calendar, today)


def _open_cases() -> Sequence[Case]:
    newest = select(Case).where(Case.status == CaseStatus.OPEN).order_by(Case.id.desc())
    return db.session.scalars(newest.limit(MOST_CASES)).all()


def _term(group: TermGroup, label: str) -> int:
    term = vocabulary.find(group, label)
    if term is None:
        raise LookupError(f"The list “{group.label}” has lost “{label}”")
    return term.id


def _log(contact: fresh.Contact, calendar: Calendar, by: User) -> None:
    received = calendar.before(calendar.today, contact.working_days_ago)
    consultation = consultations.log(
        contact=_contact_details(contact, received, calendar.before(received, 1)),
        adults=[_adult(contact)],
        children=[ChildDetails(age=contact.child_age)] if contact.child_age else (),
        by=by,
    )
    for text in contact.notes:
        consultations.add_note(consultation, text=text, happened_on=received, by=by)
    if contact.decision:
        _decide(consultation, contact, received, by)


def _contact_details(contact: fresh.Contact, received: date, aware: date) -> ContactDetails:
    return ContactDetails(
        received_on=received,
        aware_on=aware,
        summary=contact.summary,
        contact_method_id=_term(TermGroup.CONTACT_METHOD, "Phone"),
        referrer_name=contact.caller,
        referrer_role=contact.caller_role,
        referrer_agency_id=_term(TermGroup.AGENCY, contact.agency),
        referrer_may_be_named=True,
        setting=contact.setting,
        setting_sector_id=_term(TermGroup.SECTOR, contact.sector),
        children=Children.COUNTED if contact.child_age else Children.NONE_IDENTIFIED,
        children_count=1 if contact.child_age else None,
    )


def _adult(contact: fresh.Contact) -> AdultDetails:
    born = date(*contact.born) if contact.born else None
    named = PersonDetails(contact.surname, contact.forename, born) if contact.surname else None
    return AdultDetails(
        position=PositionDetails(
            sector_id=_term(TermGroup.SECTOR, contact.sector),
            role_id=_term(TermGroup.ROLE, contact.role),
            organisation=contact.setting,
        ),
        category_id=_term(TermGroup.CATEGORY, contact.category),
        context_id=_term(TermGroup.CONTEXT, contact.context),
        person=named,
    )


def _decide(consultation: Consultation, contact: fresh.Contact, day: date, by: User) -> None:
    there = earlier_than_decision(by, consultation.subjects[0]).is_any
    decision.decide(
        consultation.subjects[0],
        decision=DecisionDetails(
            term_id=_term(TermGroup.DECISION, contact.decision),
            reasons=contact.reasons,
            advice=contact.advice,
            decided_on=day,
            earlier_records=EarlierRecords.NO_WEIGHT if there else EarlierRecords.NONE_FOUND,
            limbs=(Limb.HARM, Limb.RISK),
            primary_limb=Limb.HARM,
        ),
        version=consultation.version,
        by=by,
    )


def _go_on(case: Case, place: int, owner: User, calendar: Calendar, today: date) -> None:
    cases.add_note(case, happened_on=today, text=fresh.NOTES[place % len(fresh.NOTES)], by=owner)
    if place % MINUTED == 0:
        _discuss(case, place // MINUTED, owner, calendar, today)
    elif place % FORGOTTEN:
        _schedule(case, place, owner, today)


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
        ParticipantDetails(name, _term(TermGroup.AGENCY, agency), Attendance.ATTENDED, role)
        for name, role, agency in fresh.PARTICIPANTS
    ]
    name, role, agency = fresh.APOLOGIES
    apologies = Attendance.APOLOGIES
    return [*came, ParticipantDetails(name, _term(TermGroup.AGENCY, agency), apologies, role)]


def _actions(held: date) -> list[ActionDetails]:
    return [
        ActionDetails(
            description, owner, _term(TermGroup.AGENCY, agency), add_working_days(held, days)
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
