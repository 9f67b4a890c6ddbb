"""Cases of which everything was recorded here: what a register cannot tell of."""

from datetime import date

from sqlalchemy import select

from lado.demo import contacts, endings, fresh, trip, trip_discussions
from lado.demo.calendar import Calendar
from lado.demo.contacts import Adult, Contact
from lado.demo.parts import Days, record
from lado.demo.settled import settle
from lado.demo.terms import term
from lado.extensions import db
from lado.models import Case, Consultation, ConsultationSubject, StrategyDiscussion, User
from lado.rules.permissions import Role
from lado.rules.transfer import AuthorityPart
from lado.rules.vocabulary import (
    ChasedHow,
    Children,
    DiscussionPurpose,
    OutcomeCode,
    Sameness,
    TermGroup,
)
from lado.services import (
    action,
    case_allegations,
    case_closure,
    case_parts,
    chase,
    discussion,
    matter,
    minutes,
    other_authority,
    restriction,
    safety_measure,
    same_person,
)
from lado.services import case as cases
from lado.services.case_closure import Closure
from lado.services.case_owner import assign_owner
from lado.services.consultation_child import ChildDetails
from lado.services.discussion import Arrangement
from lado.services.minutes import Sent
from lado.services.other_authority import AuthorityDetails

RESTRICTED = Contact(
    4,
    "A young person says that her social worker came to her flat in the evening, twice, with "
    "gifts. He is well known in the service.",
    "Children's social care",
    "Storyshire Children's Services",
    "Edith Paperworth",
    "Advocate",
    "Voluntary organisation",
    (Adult("Conduct", "Social worker", "Samplewick", "Oscar", (1979, 12, 1)),),
    children=(ChildDetails(age=16),),
    decision="Progress to strategy discussion",
    reasons="Visits without reason and gifts may be the beginning of something worse.",
    advice="His manager knows and nobody else. He has other work from today.",
)
EARLIER = Contact(
    210,
    "The football club asked whether a coach may give lifts to children of the team.",
    "Sport and leisure",
    "Makebelieve Football Club",
    "Frank Fablestone",
    "Club welfare officer",
    "Sport and leisure",
    (Adult("Conduct", "Sports coach", "Notrealworth", "Piers"),),
    decision="Advice only",
    reasons="A question about the club’s policy. No concern about him was shared.",
    advice="Not alone, and the parents know. Write it into the club’s policy.",
)
CONTACTS = (trip.CONTACT, RESTRICTED, EARLIER, endings.NURSERY, endings.CLUB)
SAME = "The club gave his date of birth when we rang: it is the one on the later record."
NEIGHBOUR = "Neverland Borough Council"


def tell_whole_cases(users: dict[Role, User], today: date) -> None:
    lado, manager = users[Role.LADO], users[Role.MANAGER]
    calendar = Calendar(date(today.year - 2, 1, 1), today)
    teacher, assistant = _open(trip.CONTACT, calendar, lado)
    _go_through_trip(teacher, Days(teacher, calendar), by=lado, chair=manager)
    _go_beside(assistant, teacher, Days(assistant, calendar), by=lado, to=manager)
    _close_to_others(_open(RESTRICTED, calendar, lado)[0], calendar, [lado, manager], by=lado)
    _link_coach(calendar, by=lado)
    _wait_for_manager(_open(endings.NURSERY, calendar, lado)[0], calendar, by=lado)
    _conclude(_open(endings.CLUB, calendar, lado)[0], calendar, by=lado)


def _open(contact: Contact, calendar: Calendar, by: User) -> list[Case]:
    subjects = contacts.log(contact, calendar, by).subjects
    return [subject.case for subject in subjects if subject.case]


def _go_through_trip(case: Case, days: Days, *, by: User, chair: User) -> None:
    record(case, trip.of_the_teacher(days, chair.id), by=by)
    case_allegations.add_allegation(case, trip.messages(days), by=by)
    cases.change_facts(
        case, children=Children.COUNTED, children_count=2, legal_position_of_trust=True,
        version=case.version, by=by,
    )  # fmt: skip
    cases.impose_reporting_restriction(case, version=case.version, by=by)
    for text in trip.NOTES:
        cases.add_note(case, happened_on=days.on(-3), text=text, by=by)
    _review_measures(case, days, by)
    _do_actions(case, days, by)
    _send_redacted(case.discussions[0], days, by)
    discussion.schedule(case, trip_discussions.next_one(days, chair.id), by=by)


def _review_measures(case: Case, days: Days, by: User) -> None:
    suspension = case.safety_measures[1]
    safety_measure.review_measure(
        suspension, reviewed_on=days.on(-26), decided="It stands until the next discussion.",
        next_review_on=days.on(-18), version=suspension.version, by=by,
    )  # fmt: skip
    safety_measure.end_measure(
        suspension, ended_on=days.on(-19), reason="He resigned that day.",
        version=suspension.version, by=by,
    )  # fmt: skip


def _do_actions(case: Case, days: Days, by: User) -> None:
    interview, somebody, referrals, telephone, scouts, *_ = case.actions
    for done, on in ((interview, -35), (somebody, -39), (referrals, -15)):
        action.finish_action(done, done_on=days.on(on), result="Done as agreed.", by=by)
    action.waive_action(
        scouts, waived_on=days.on(-9), reason="The county scouts look into it themselves.", by=by
    )
    for on, how in ((-3, ChasedHow.SECURE_EMAIL), (-1, ChasedHow.PHONE)):
        chase.chase(case, telephone, chased_on=days.on(on), how=how, by=by)


def _send_redacted(held: StrategyDiscussion, days: Days, by: User) -> None:
    copy = minutes.make_copy(
        held,
        made_for="Chair of governors",
        withheld=["roles", "support"],
        passages=True,
        names=True,
        by=by,
    )
    sent = Sent("Hugh Inventedfield, chair of governors", days.on(0), copy.number)
    minutes.circulate_further(held, sent=[sent], version=held.version, by=by)


def _go_beside(case: Case, other: Case, days: Days, *, by: User, to: User) -> None:
    record(case, trip.of_the_assistant(days, to.id), by=by)
    matter.join(case, reference=other.reference, reason=trip.TOGETHER, by=by)
    assign_owner(case, owner=to, version=case.version, by=to)


def _close_to_others(case: Case, calendar: Calendar, named: list[User], *, by: User) -> None:
    subject, days = case.subjects[0], Days(case, calendar)
    first = Arrangement(DiscussionPurpose.INITIAL, days.on(2), by.id)
    discussion.schedule(case, first, by=by)
    for closed in (subject.consultation, case, subject.person):
        if closed:
            restriction.restrict(closed, to=named, version=closed.version, by=by)


def _link_coach(calendar: Calendar, *, by: User) -> None:
    """To an earlier record of the same man, and to the authority where he works as well."""
    earlier = contacts.log(EARLIER, calendar, by).subjects[0].person
    summary = Consultation.summary == fresh.CONTACTS[0].summary
    case = db.session.scalars(
        select(Case).join(Case.subjects).join(ConsultationSubject.consultation).where(summary)
    ).one()
    if earlier and case.person:
        same_person.judge(
            case.person, earlier, sameness=Sameness.SAME, reason=SAME,
            version=case.person.version, by=by,
        )  # fmt: skip
    joint = AuthorityDetails(
        AuthorityPart.JOINT, NEIGHBOUR, "Rhona Storyfield, LADO", "Rhona Storyfield, LADO",
        calendar.before(calendar.today, 5),
    )  # fmt: skip
    other_authority.add(case, joint, by=by)


def _judge(
    case: Case, days: Days, outcome: OutcomeCode, reasons: str, *, evidence: str = "", by: User
) -> None:
    allegation = case.primary_allegation
    case_allegations.record_outcome(
        allegation, outcome=outcome, reasons=reasons, evidence=evidence, decided_on=days.on(-2),
        version=allegation.version, by=by,
    )  # fmt: skip


def _wait_for_manager(case: Case, calendar: Calendar, *, by: User) -> None:
    days = Days(case, calendar)
    record(case, endings.of_the_nursery(days, by.id), by=by)
    for theme, kind, description in endings.LEARNING:
        case_parts.add_learning(
            case, theme_id=term(TermGroup.LEARNING_THEME, theme), kind=kind,
            description=description, by=by,
        )  # fmt: skip
    _judge(case, days, OutcomeCode.SUBSTANTIATED, endings.NURSERY_OUTCOME, by=by)
    settle(case, days, by=by)
    case_closure.request_closure(
        case, _closure(days, endings.NURSERY_END), version=case.version, by=by
    )


def _conclude(case: Case, calendar: Calendar, *, by: User) -> None:
    days = Days(case, calendar)
    record(case, endings.of_the_club(days, by.id), by=by)
    evidence = endings.CLUB_EVIDENCE
    _judge(case, days, OutcomeCode.FALSE, endings.CLUB_OUTCOME, evidence=evidence, by=by)
    settle(case, days, by=by)
    case_closure.conclude(case, _closure(days, endings.CLUB_END), version=case.version, by=by)


def _closure(days: Days, note: str) -> Closure:
    reason = term(TermGroup.CLOSURE_REASON, "Concluded with an outcome")
    return Closure(days.on(0), reason, note)
