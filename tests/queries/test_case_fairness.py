"""What a case is not closed without, what is to be looked at again, and the pack of a referral."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from lado import clock
from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import Case, User
from lado.papers.paper import as_text
from lado.papers.referral_pack import pack
from lado.queries import cases, work, work_list
from lado.queries.case_fairness import (
    bodies_offered_first,
    bodies_to_consider,
    help_to_consider,
    learning_is_settled,
    measures_to_settle,
    police_to_consult,
    rows_to_tell,
    strands_to_end,
)
from lado.queries.chronology import chronology
from lado.queries.happened import Kind
from lado.queries.next_steps import next_steps
from lado.rules.notices import NoticeHow, NoticeRow, NoticeStep, NoticeTo
from lado.rules.protection import REPORTING, WITHHELD
from lado.rules.steps import Step
from lado.rules.threshold import Limb
from lado.rules.vocabulary import (
    ChildHelp,
    Children,
    OutcomeCode,
    ReferralBasis,
    ReferralDecision,
    StrandStatus,
    TermGroup,
)
from lado.services import case as case_service
from lado.services.case_allegations import (
    ChildHelpDetails,
    change_allegation,
    record_child_help,
)
from lado.services.case_parts import (
    ChildDetails,
    StrandDetails,
    add_child,
    change_strand,
    record_no_learning,
)
from lado.services.onward_referral import ReferralDetails, add_referral, change_referral
from lado.services.person import PersonDetails
from lado.services.restriction import restrict
from tests.case_parts import (
    agree,
    allegation_details,
    conclude_case,
    join_case,
    make_discussion,
    make_measure,
    make_notice,
    make_outcome,
    make_withheld,
    open_case,
    send_minutes,
)
from tests.contacts import adult, position
from tests.factories import days_ago, make_case, term_id
from tests.support.cast import Cast

DBS, TRA = "Disclosure and Barring Service", "Teaching Regulation Agency"
ALLEGATION, OUTCOME = NoticeStep.ALLEGATION_TOLD, NoticeStep.OUTCOME_TOLD


def teacher():
    return position("Teacher", "Academy or free school", "Sample Academy")


def a_teachers_case(cast: Cast, **other) -> Case:
    whom = PersonDetails("Testwell", "Pat")
    facts = {"children": Children.NONE_IDENTIFIED, "received_on": days_ago(30)} | other
    return open_case(cast.lado, adult(whom, position=teacher()), **facts)


def referral(case: Case, cast: Cast, body: str, **other):
    usual = {"considered_on": days_ago(9), "decision": ReferralDecision.NO_REFERRAL,
             "decided_by": "We", "reasons": "No need"}  # fmt: skip
    body_id = term_id(TermGroup.REFERRAL_BODY, body)
    return add_referral(case, ReferralDetails(body_id, **(usual | other)), by=cast.lado)


def test_the_dbs_and_who_registers_the_person_are_to_be_considered(cast: Cast) -> None:
    case = a_teachers_case(cast)

    def left() -> list[str]:
        return [body.code for body in bodies_to_consider(cases.whole(case))]

    assert left() == ["dbs", "tra"]
    assert bodies_offered_first(case)[:2] == ["dbs", "tra"]
    referral(case, cast, DBS, basis=ReferralBasis.POWER)
    assert left() == ["dbs", "tra"], "the council's power is not the employer's duty"
    referral(case, cast, DBS, basis=ReferralBasis.DUTY, decision=ReferralDecision.PENDING)
    assert left() == ["dbs", "tra"], "it is not decided yet"
    referral(case, cast, DBS, basis=ReferralBasis.DUTY)
    referral(case, cast, TRA)
    assert left() == []


def test_what_is_open_is_listed_until_it_is_settled(cast: Cast) -> None:
    case = a_teachers_case(cast)
    assert len(strands_to_end(case)) == 3
    assert police_to_consult(case) is not None
    consulted = StrandDetails(
        StrandStatus.NOT_APPLICABLE, consulted_on=days_ago(1), not_applicable_reason="No crime"
    )
    change_strand(case.strands[0], consulted, version=case.strands[0].version, by=cast.lado)
    assert (len(strands_to_end(case)), police_to_consult(case)) == (2, None)
    make_measure(case)
    assert [measure.number for measure in measures_to_settle(case)] == [1]
    assert not learning_is_settled(case)
    record_no_learning(case, said_on=clock.today(), reason="None", by=cast.lado)
    assert learning_is_settled(case)


def test_who_is_told_or_not_with_a_reason_is_settled_and_the_newest_stands(cast: Cast) -> None:
    case = a_teachers_case(cast)

    def left() -> list[str]:
        return [row.code for row in rows_to_tell(cases.whole(case))]

    referrer, told = NoticeRow(NoticeTo.REFERRER, OUTCOME), NoticeRow(NoticeTo.SUBJECT, OUTCOME)
    first = NoticeRow(NoticeTo.SUBJECT, ALLEGATION)
    heard = [
        NoticeRow(NoticeTo.SUBJECT, NoticeStep.ALLEGATION_PUT),
        NoticeRow(NoticeTo.SUBJECT, NoticeStep.RESPONSE_RECEIVED),
    ]
    employer = NoticeRow(NoticeTo.EMPLOYER, OUTCOME)
    needed = [first, *heard, told, referrer, employer]
    assert left() == [row.code for row in needed]
    make_withheld(case, row=first, look_again_on=days_ago(1))
    make_notice(case, row=told)
    for row in (*heard, referrer, employer):
        make_withheld(case, row=row)
    assert left() == [first.code], "what is put off is still to be done"
    steps = [step for step in next_steps(cases.whole(case)) if step.step is Step.NOTICE]
    assert [(step.detail, step.due_on) for step in steps] == [(first.words, days_ago(1))]
    assert case.id in cases.overdue_among([case])
    make_notice(case, row=first)
    assert not [s for s in next_steps(cases.whole(case)) if s.step is Step.NOTICE]


@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ({"told_by": " "}, "told_by"),
        ({"told_how": None}, "told_how"),
        ({"told_on": days_ago(-1)}, "told_on"),
        ({"withheld_on": days_ago(1)}, "was_told"),
        ({"row": NoticeRow(NoticeTo.CHILD, OUTCOME, 9)}, "row"),
        ({"row": NoticeRow(NoticeTo.REFERRER, NoticeStep.ALLEGATION_PUT)}, "row"),
    ],
)
def test_a_notice_has_what_it_needs(cast: Cast, other, wrong: str) -> None:
    with pytest.raises(Invalid) as refused:
        make_notice(make_case(), **other)
    assert wrong in refused.value.messages


def test_that_somebody_is_not_told_has_its_reason(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        make_withheld(make_case(), withheld_reason=" ", look_again_on=days_ago(9))
    assert set(refused.value.messages) == {"withheld_reason", "look_again_on"}


def test_each_thing_to_look_at_again_makes_the_case_overdue(cast: Cast) -> None:
    made = {Step.MEASURE: make_case(), Step.REFERRAL: make_case(), Step.STRAND: make_case()}
    make_measure(made[Step.MEASURE], review_on=days_ago(1))
    sent = {"decision": ReferralDecision.REFER, "referred_on": days_ago(9)}
    referral(made[Step.REFERRAL], cast, "Ofsted", chase_on=days_ago(1), **sent)
    strand = made[Step.STRAND].strands[0]
    later = StrandDetails(StrandStatus.ONGOING, review_on=days_ago(1))
    change_strand(strand, later, version=strand.version, by=cast.lado)
    for step, case in made.items():
        found = [each for each in next_steps(cases.whole(case)) if each.step is step]
        assert [each.due_on for each in found] == [days_ago(1)], step
        assert cases.overdue_among([case]) == {case.id}, step


def test_a_false_allegation_asks_whether_the_child_needs_help(cast: Cast) -> None:
    case = make_case(received_on=days_ago(9))
    allegation = case.primary_allegation
    details = ChildHelpDetails(ChildHelp.NOT_NEEDED, clock.today(), "Social care", "Seen at home")

    def consider() -> None:
        record_child_help(allegation, details, version=allegation.version, by=cast.lado)

    with pytest.raises(Refused):
        consider()
    make_outcome(allegation, outcome=OutcomeCode.FALSE)
    assert help_to_consider(case) == [1]
    consider()
    assert help_to_consider(case) == []
    assert allegation.outcome.child_help_by == "Social care"


def test_the_chronology_tells_of_all_of_it(cast: Cast) -> None:
    case = a_teachers_case(cast)
    make_measure(case)
    make_withheld(case, look_again_on=days_ago(1))
    make_notice(case)
    referral(case, cast, TRA, decision=ReferralDecision.REFER, referred_on=days_ago(8),
             acknowledged_on=days_ago(7), closed_on=days_ago(6), result="Prohibited")  # fmt: skip
    told = chronology(cases.whole(case), user=cast.lado)
    assert [(e.title, e.text) for e in told if e.kind is Kind.NOTICE] == [
        ("The person: told of the allegation", None),
        ("The person: told of the allegation: not yet", "Police asked"),
    ]
    titles = {entry.title for entry in told}
    assert titles >= {
        "Suspension (safety measure 1) put in place",
        "Suspension (safety measure 1) considered",
        "Referral closed: Teaching Regulation Agency",
        "Referral acknowledged: Teaching Regulation Agency",
    }


def test_the_pack_holds_the_record_says_what_is_not_known_and_names_no_referrer(
    cast: Cast,
) -> None:
    case = a_teachers_case(
        cast,
        referrer_name="Hedy Sendwell",
        referrer_may_be_named=False,
        summary="Mrs Sendwell saw him push a child",
        children=None,
    )
    add_child(case, ChildDetails(name="A. Sample", age=9), by=cast.lado)
    make_measure(case, started_on=days_ago(20), review_on=days_ago(-1))
    make_outcome(case.primary_allegation, outcome=OutcomeCode.SUBSTANTIATED, reasons="Film. HEDY")
    earlier = open_case(cast.lado, adult(case.person, position=teacher()), received_on=days_ago(99))
    make_outcome(earlier.primary_allegation, outcome=OutcomeCode.SUBSTANTIATED)
    other = open_case(cast.lado, adult(case.person, position=teacher()), received_on=days_ago(98))
    make_outcome(other.primary_allegation, outcome=OutcomeCode.UNFOUNDED)
    dbs = {"decision": ReferralDecision.REFER, "referred_on": days_ago(8), "reference": "B-1"}
    referral(case, cast, DBS, basis=ReferralBasis.DUTY, **dbs)
    made = referral(case, cast, TRA, decision=ReferralDecision.REFER)
    response = NoticeRow(NoticeTo.SUBJECT, NoticeStep.RESPONSE_RECEIVED)
    make_notice(case, row=response, detail="Denies it", told_how=NoticeHow.LETTER)
    case_service.impose_reporting_restriction(case, version=case.version, by=cast.lado)

    def printed(reader: User = cast.lado) -> str:
        return as_text(pack(cases.whole(case), made, reader, "Sample Council"))

    paper = printed()
    for words in (
        REPORTING, "Name: Pat Testwell", "Teacher reference number: Not recorded",
        "Role: Teacher", "Sample Academy (Academy", f"Mrs {WITHHELD} saw him push a child",
        "Suspension, from", "Outcome: Substantiated", f"Film. {WITHHELD}", "Denies it",
        earlier.reference, "The employer's duty. To be referred", "Their reference: B-1",
    ):  # fmt: skip
        assert words in paper, words
    for words in ("Sendwell", "Hedy", "HEDY", "A. Sample", other.reference):
        assert words not in paper, words
    earlier.restricted = True
    db.session.commit()
    assert earlier.reference not in printed(), "what the reader may not know of is not in it"
    elsewhere = position("Sports coach", "Sport and leisure", "Hidden Swifts")
    told = join_case(case, cast.lado, adult(case.person, position=elsewhere))
    assert "Hidden Swifts" in printed()
    restrict(told, to=[cast.lado], version=told.version, by=cast.manager)
    assert "Hidden Swifts" not in printed(cast.other_lado), (
        "only a consultation tells of it that is closed"
    )


def test_what_a_case_needs_from_its_first_day_is_due_by_a_rule_and_marked_alike(cast: Cast) -> None:
    """Lists say in SQL what the case says of itself, day by day until each step is taken."""
    limbs = {"limbs": [Limb.HARM, Limb.OFFENCE], "primary_limb": Limb.OFFENCE}
    case = a_teachers_case(cast, children=Children.MULTIPLE, received_on=clock.today())
    allegation = case.primary_allegation
    details = allegation_details(**limbs)
    change_allegation(allegation, details, version=allegation.version, by=cast.lado)

    def steps() -> list[Step]:
        found = next_steps(cases.whole(case))
        overdue = any(step.is_overdue(clock.today()) for step in found)
        assert cases.overdue_among([case]) == ({case.id} if overdue else set())
        return [step.step for step in found]

    from_opening = {Step.POLICE, Step.REPORTING, Step.SAFETY, Step.TELL_PERSON, Step.TELL_CHILDREN}
    assert set(steps()) == {*from_opening, Step.FIRST_DISCUSSION}
    opened = clock.today()
    make_discussion(case, held_on=opened, next_review_on=days_ago(-60))
    agree(case.discussions[0])
    send_minutes(case.discussions[0], "All")
    order = [Step.POLICE, Step.REPORTING, Step.SAFETY, Step.TELL_PERSON, Step.TELL_CHILDREN]
    with time_machine.travel(opened + timedelta(days=1), tick=False):
        assert steps()[:5] == order
        asked = StrandDetails(StrandStatus.NOT_STARTED, consulted_on=clock.today())
        change_strand(case.strands[0], asked, version=case.strands[0].version, by=cast.lado)
        steps()
        case_service.need_no_reporting_restriction(
            case, reason="Not at the school", version=case.version, by=cast.lado
        )
        assert steps()[:3] == order[2:]
    with time_machine.travel(opened + timedelta(days=20), tick=False):
        steps()
        make_measure(case, started_on=opened, review_on=opened + timedelta(days=40))
        steps()
        make_notice(case, told_on=opened)
        assert steps()[0] is Step.TELL_CHILDREN
        told = NoticeRow(NoticeTo.PARENTS, ALLEGATION)
        make_withheld(case, row=told, look_again_on=clock.today() + timedelta(days=9))
        assert Step.TELL_CHILDREN not in steps()
        make_outcome(case.primary_allegation, outcome=OutcomeCode.SUBSTANTIATED)
        assert Step.BODIES in steps()
        pending = {"decision": ReferralDecision.PENDING, "considered_on": clock.today()}
        made = referral(case, cast, DBS, basis=ReferralBasis.DUTY, **pending)
        assert Step.DECIDE in steps()
    with time_machine.travel(opened + timedelta(days=32), tick=False):
        referral(case, cast, TRA)
        assert steps()[0] is Step.DECIDE
        send = ReferralDetails(made.body_id, made.considered_on, ReferralDecision.REFER,
                               ReferralBasis.DUTY, "The head")  # fmt: skip
        change_referral(made, send, version=made.version, by=cast.lado)
        assert steps()[0] is Step.SEND
        found = work.items(cast.lado, work.Asked(cast.lado), clock.today())
        assert "Send the referral to: Disclosure and Barring Service" in [
            item.words for item in found[work.When.OVERDUE]
        ]
        waiting = work_list.referrals_waiting(cast.lado, clock.today()).rows
        assert [(row.reason, row.late) for row in waiting] == [("To send", True)]


def test_a_referral_stays_on_the_work_list_after_the_case_until_it_is_closed(cast: Cast) -> None:
    case = a_teachers_case(cast)
    sent = {"decision": ReferralDecision.REFER, "referred_on": days_ago(9)}
    made = referral(case, cast, DBS, basis=ReferralBasis.DUTY, **sent)
    conclude_case(case, cast.lado)

    def listed() -> list[str]:
        found = work.items(cast.lado, work.Asked(), clock.today())
        return [item.words for _, item in work.to_save(found)]

    assert listed() == ["Ask after the referral to: Disclosure and Barring Service"]
    details = ReferralDetails(
        made.body_id, made.considered_on, ReferralDecision.NO_REFERRAL, ReferralBasis.DUTY, "We",
        reasons="Changed our mind", referred_on=made.referred_on,
    )  # fmt: skip
    with pytest.raises(Invalid) as refused:
        change_referral(made, details, version=made.version, by=cast.lado)
    assert "withdrawn" in refused.value.messages["decision"]
    withdrawn = replace(details, decision=ReferralDecision.REFER, closed_on=clock.today(),
                        result="Withdrawn: not in regulated activity")  # fmt: skip
    change_referral(made, withdrawn, version=made.version, by=cast.lado)
    assert listed() == []
    told = chronology(cases.whole(case), user=cast.lado, only=[Kind.REFERRAL])
    assert {f"Referred to: {DBS}", f"Referral closed: {DBS}"} <= {entry.title for entry in told}
