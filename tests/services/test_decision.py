"""What is decided about each adult of a consultation, and what comes of it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from lado import clock
from lado.errors import Conflict, Forbidden, Invalid, Refused
from lado.extensions import db
from lado.models import AuditEvent, Case, Consultation, ConsultationSubject
from lado.queries.follow_ups import follow_ups_of
from lado.rules.audit import AuditAction
from lado.rules.threshold import Limb, limbs_on
from lado.rules.vocabulary import CaseStatus, ConsultationStatus, EarlierRecords, TermGroup
from lado.services import decision as service
from lado.services.follow_up import FollowUpDetails
from tests.case_parts import make_outcome
from tests.contacts import RECEIVED, adult, decide, decision_details, log, position
from tests.factories import make_person, term_id
from tests.support.cast import Cast

PROGRESS = "Progress to strategy discussion"


def events(action: AuditAction) -> list[AuditEvent]:
    return list(db.session.scalars(select(AuditEvent).where(AuditEvent.action == action)))


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    return log(cast.lado)


@pytest.fixture
def subject(consultation: Consultation) -> ConsultationSubject:
    return consultation.subjects[0]


def reopen(consultation: Consultation, cast: Cast, reason: str = "More is known") -> None:
    service.reopen(consultation, reason=reason, version=consultation.version, by=cast.manager)


def conclude(case: Case) -> None:
    case.status = CaseStatus.CONCLUDED
    db.session.commit()


def test_a_decision_says_what_why_by_whom_and_when(
    subject: ConsultationSubject, cast: Cast
) -> None:
    made = decide(
        subject,
        cast.lado,
        "Low-level concern",
        advice="Speak to the member of staff",
        tier_id=term_id(TermGroup.TIER, "Tier 2"),
        earlier_records=EarlierRecords.SOME_WEIGHT,
        earlier_weight="A call in 2024",
        limbs=[Limb.HARM, Limb.SUITABILITY],
        primary_limb=Limb.SUITABILITY,
    )
    assert (made.term.label, made.number) == ("Low-level concern", 1)
    assert (made.reasons, made.advice) == ("The reasons", "Speak to the member of staff")
    assert made.tier is not None
    assert (made.decided_by, made.decided_on, made.ended_on) == (cast.lado, RECEIVED, None)
    assert subject.decision is made
    assert subject.earlier_weight == "A call in 2024"
    assert [(row.limb, row.is_primary) for row in subject.limbs] == [
        (Limb.HARM, False),
        (Limb.SUITABILITY, True),
    ]
    assert subject.consultation.status is ConsultationStatus.DECIDED
    (event,) = events(AuditAction.CONSULTATION_DECIDED)
    assert event.detail == {"subject": 1, "decision": 1, "replaces": 0}
    assert event.record == subject.consultation.public_id


def test_a_consultation_is_decided_when_each_of_its_adults_is(cast: Cast) -> None:
    consultation = log(cast.lado, adult(), adult())
    first, second = consultation.subjects
    decide(first, cast.lado)
    assert consultation.status is ConsultationStatus.OPEN
    decide(second, cast.manager, "Threshold not met")
    assert consultation.status is ConsultationStatus.DECIDED


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"reasons": " "}, "reasons"),
        ({"decided_on": RECEIVED - timedelta(days=1)}, "decided_on"),
        ({"decided_on": date(2999, 1, 1)}, "decided_on"),
        ({"earlier_records": EarlierRecords.DECISIVE, "earlier_weight": None}, "earlier_weight"),
        ({"earlier_records": EarlierRecords.SOME_WEIGHT, "earlier_weight": " "}, "earlier_weight"),
        ({"limbs": [Limb.UNSUITABLE]}, "limbs"),
        ({"limbs": [Limb.HARM, Limb.RISK]}, "primary_limb"),
        ({"limbs": [Limb.HARM], "primary_limb": Limb.RISK}, "primary_limb"),
        ({"tier_id": 999_999}, "tier_id"),
        ({"term_id": 999_999}, "term_id"),
    ],
)
def test_what_cannot_be_decided_is_refused(
    subject: ConsultationSubject, cast: Cast, details: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        decide(subject, cast.lado, **details)
    assert list(invalid.value.messages) == [field]
    assert subject.decision is None
    assert subject.limbs == []


@pytest.mark.parametrize("label", [PROGRESS, "Threshold met, managed without a meeting"])
def test_a_threshold_that_is_met_is_met_by_a_criterion(
    subject: ConsultationSubject, cast: Cast, label: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        decide(subject, cast.lado, label, limbs=[])
    assert list(invalid.value.messages) == ["limbs"]


def test_an_organisation_by_itself_meets_no_criterion_of_behaviour(cast: Cast) -> None:
    consultation = log(cast.lado, adult(organisation_itself=True))
    (subject,) = consultation.subjects
    decide(subject, cast.lado, "Institutional concern, complex abuse procedure", limbs=[])
    assert subject.case is not None
    assert subject.case.organisation is subject.organisation


def test_the_criteria_are_those_of_the_day_of_receipt(cast: Cast) -> None:
    (subject,) = log(cast.lado, received_on=date(2012, 5, 1)).subjects
    decide(subject, cast.lado, PROGRESS, limbs=[Limb.UNSUITABLE])
    assert [(row.limb, row.is_primary) for row in subject.limbs] == [(Limb.UNSUITABLE, True)]
    (other,) = log(cast.lado, received_on=date(2012, 5, 1)).subjects
    with pytest.raises(Invalid):
        decide(other, cast.lado, PROGRESS, limbs=[Limb.SUITABILITY])


def test_only_those_whose_role_decides_can(subject: ConsultationSubject, cast: Cast) -> None:
    with pytest.raises(Forbidden):
        decide(subject, cast.support)
    decide(subject, cast.lado)
    with pytest.raises(Forbidden):
        service.reopen(
            subject.consultation,
            reason="More is known",
            version=subject.consultation.version,
            by=cast.support,
        )


def test_what_is_decided_is_not_decided_again(subject: ConsultationSubject, cast: Cast) -> None:
    decide(subject, cast.lado)
    with pytest.raises(Refused, match="already decided"):
        decide(subject, cast.lado)


def test_a_decision_on_facts_that_changed_meanwhile(
    subject: ConsultationSubject, cast: Cast
) -> None:
    with pytest.raises(Conflict):
        service.decide(
            subject,
            decision=decision_details(subject),
            version=subject.consultation.version - 1,
            by=cast.lado,
        )


def test_one_decision_may_replace_another_while_somebody_still_waits(cast: Cast) -> None:
    subject, _ = log(cast.lado, adult(), adult()).subjects
    first = decide(subject, cast.lado)
    with pytest.raises(Invalid) as invalid:
        decide(subject, cast.lado, decided_on=RECEIVED - timedelta(days=1))
    assert list(invalid.value.messages) == ["decided_on"]
    second = decide(subject, cast.lado, decided_on=RECEIVED + timedelta(days=1))
    assert (first.ended_on, first.ended_reason) == (
        second.decided_on,
        "Replaced by a later decision",
    )
    assert (subject.decision, second.number) == (second, 2)
    assert events(AuditAction.CONSULTATION_DECIDED)[1].detail["replaces"] == 1


def test_opened_again_its_decisions_stay_on_record_and_stand_no_longer(cast: Cast) -> None:
    consultation = log(cast.lado, adult(), adult())
    for subject in consultation.subjects:
        decide(subject, cast.lado)
    reopen(consultation, cast)
    assert consultation.status is ConsultationStatus.OPEN
    for subject in consultation.subjects:
        (earlier,) = subject.decisions
        assert subject.decision is None
        assert (earlier.ended_on, earlier.ended_reason) == (clock.today(), "More is known")
    (event,) = events(AuditAction.CONSULTATION_REOPENED)
    assert event.actor == cast.manager.public_id


def test_the_grounds_of_an_earlier_decision_stay_with_it(cast: Cast) -> None:
    consultation = log(cast.lado)
    (subject,) = consultation.subjects
    first, second = limbs_on(consultation.received_on)[:2]
    decide(subject, cast.lado, "Progress to strategy discussion", limbs=[first, second],
           primary_limb=second, earlier_records=EarlierRecords.DECISIVE,
           earlier_weight="The third contact")  # fmt: skip
    reopen(consultation, cast)
    decide(
        subject,
        cast.lado,
        "Progress to strategy discussion",
        limbs=[first],
        decided_on=clock.today(),
    )
    earlier, standing = subject.decisions
    assert earlier.ended_grounds == (
        f"Criterion met: {first.label}\nCriterion met: {second.label} (the main one)\n"
        "Earlier records: Considered; decisive\nWeight given to them: The third contact"
    )
    assert standing.ended_grounds is None
    assert [row.limb for row in subject.limbs] == [first]


def test_opening_again_needs_a_reason_a_decision_and_the_newest_page(
    subject: ConsultationSubject, cast: Cast
) -> None:
    consultation = subject.consultation
    with pytest.raises(Refused, match="still open"):
        reopen(consultation, cast)
    decide(subject, cast.lado)
    with pytest.raises(Invalid) as invalid:
        reopen(consultation, cast, " ")
    assert list(invalid.value.messages) == ["reason"]
    with pytest.raises(Conflict):
        service.reopen(consultation, reason="Why", version=consultation.version - 1, by=cast.lado)


def test_a_new_decision_is_not_of_a_day_when_an_earlier_one_stood(
    subject: ConsultationSubject, cast: Cast
) -> None:
    decide(subject, cast.lado)
    reopen(subject.consultation, cast)
    with pytest.raises(Invalid) as invalid:
        decide(subject, cast.lado, decided_on=clock.today() - timedelta(days=1))
    assert list(invalid.value.messages) == ["decided_on"]
    decide(subject, cast.lado, "Threshold not met", decided_on=clock.today())
    assert [row.number for row in subject.decisions] == [1, 2]


def test_to_progress_opens_a_case_for_each_adult(cast: Cast) -> None:
    consultation = log(cast.lado, adult(), adult(make_person()))
    for subject in consultation.subjects:
        decide(subject, cast.lado, PROGRESS, decided_on=RECEIVED + timedelta(days=1))
    first, second = consultation.subjects
    assert first.case is not None
    assert second.case is not None
    assert first.case is not second.case
    assert first.opened_case
    assert first.case.spell.opened_on == RECEIVED + timedelta(days=1)
    assert first.case.owner is cast.lado
    assert second.case.person is second.person
    assert [row.limb for row in first.case.primary_allegation.limbs] == [Limb.HARM]
    assert len(events(AuditAction.CASE_OPENED)) == 2


def test_to_progress_may_join_an_open_case_of_the_same_person(cast: Cast) -> None:
    person = make_person()
    (first,) = log(cast.lado, adult(person)).subjects
    decide(first, cast.lado, PROGRESS)
    (second,) = log(cast.lado, adult(person)).subjects
    decide(second, cast.lado, PROGRESS, case=first.case)
    assert second.case is first.case
    assert not second.opened_case
    assert len(events(AuditAction.CASE_JOINED)) == 1


def test_a_case_of_somebody_else_is_not_joined(cast: Cast) -> None:
    (first,) = log(cast.lado, adult(make_person())).subjects
    decide(first, cast.lado, PROGRESS)
    elsewhere = position(organisation="Testwell Nursery")
    for other in (adult(make_person()), adult(position=elsewhere)):
        (second,) = log(cast.lado, other).subjects
        with pytest.raises(Invalid) as invalid:
            decide(second, cast.lado, PROGRESS, case=first.case)
        assert list(invalid.value.messages) == ["case"]


def test_nobody_known_nowhere_known_joins_no_case(cast: Cast) -> None:
    nowhere = position(organisation=None)
    (first,) = log(cast.lado, adult(position=nowhere)).subjects
    decide(first, cast.lado, PROGRESS)
    (second,) = log(cast.lado, adult(position=nowhere)).subjects
    with pytest.raises(Invalid):
        decide(second, cast.lado, PROGRESS, case=first.case)


def test_a_concluded_case_is_not_joined(cast: Cast) -> None:
    person = make_person()
    (first,) = log(cast.lado, adult(person)).subjects
    decide(first, cast.lado, PROGRESS)
    assert first.case is not None
    conclude(first.case)
    (second,) = log(cast.lado, adult(person)).subjects
    with pytest.raises(Invalid):
        decide(second, cast.lado, PROGRESS, case=first.case)


def test_other_decisions_join_no_case(cast: Cast) -> None:
    person = make_person()
    (first,) = log(cast.lado, adult(person)).subjects
    decide(first, cast.lado, PROGRESS)
    (second,) = log(cast.lado, adult(person)).subjects
    with pytest.raises(Invalid) as invalid:
        decide(second, cast.lado, case=first.case)
    assert list(invalid.value.messages) == ["case"]


def test_decided_again_to_progress_the_case_goes_on(
    subject: ConsultationSubject, cast: Cast
) -> None:
    decide(subject, cast.lado, PROGRESS)
    case = subject.case
    assert case is not None
    reopen(subject.consultation, cast)
    (other,) = log(cast.lado).subjects
    decide(other, cast.lado, PROGRESS)
    with pytest.raises(Invalid):
        decide(subject, cast.lado, PROGRESS, decided_on=clock.today(), case=other.case)
    decide(subject, cast.lado, PROGRESS, decided_on=clock.today())
    assert subject.case is case
    assert subject.opened_case


def test_decided_again_its_concluded_case_is_opened_again_first(
    subject: ConsultationSubject, cast: Cast
) -> None:
    decide(subject, cast.lado, PROGRESS)
    assert subject.case is not None
    conclude(subject.case)
    reopen(subject.consultation, cast)
    with pytest.raises(Refused, match="Open that case again"):
        decide(subject, cast.lado, PROGRESS, decided_on=clock.today())


def test_decided_otherwise_the_case_it_opened_is_concluded_first(
    subject: ConsultationSubject, cast: Cast
) -> None:
    decide(subject, cast.lado, PROGRESS)
    reopen(subject.consultation, cast)
    with pytest.raises(Refused, match="Conclude the case first"):
        decide(subject, cast.lado, decided_on=clock.today())
    assert subject.case is not None
    conclude(subject.case)
    decide(subject, cast.lado, decided_on=clock.today())
    assert subject.case.status is CaseStatus.CONCLUDED


def test_decided_otherwise_it_leaves_the_case_it_joined(cast: Cast) -> None:
    person = make_person()
    (first,) = log(cast.lado, adult(person)).subjects
    decide(first, cast.lado, PROGRESS)
    (second,) = log(cast.lado, adult(person)).subjects
    decide(second, cast.lado, PROGRESS, case=first.case)
    reopen(second.consultation, cast)
    decide(second, cast.lado, decided_on=clock.today())
    assert second.case is None
    assert [row.number for row in first.case.allegations] == [1]
    (event,) = events(AuditAction.CASE_CHANGED)
    assert event.detail == {"fields": ["consultations"]}


def test_an_allegation_that_was_judged_stays_when_its_consultation_leaves(cast: Cast) -> None:
    person = make_person()
    (first,) = log(cast.lado, adult(person)).subjects
    decide(first, cast.lado, PROGRESS)
    (second,) = log(cast.lado, adult(person)).subjects
    decide(second, cast.lado, PROGRESS, case=first.case)
    make_outcome(first.case.allegations[1])
    reopen(second.consultation, cast)
    decide(second, cast.lado, decided_on=clock.today())
    assert [row.number for row in first.case.allegations] == [1, 2]


def test_a_link_to_an_open_case_opens_none(subject: ConsultationSubject, cast: Cast) -> None:
    with pytest.raises(Invalid, match="Choose the open case"):
        decide(subject, cast.lado, "Linked to an open case")
    assert subject.case is None


def test_nothing_found_is_not_believed_where_something_is_unless_it_is_said_why(
    cast: Cast,
) -> None:
    person = make_person()
    log(cast.lado, adult(person))
    subject = log(cast.lado, adult(person)).subjects[0]
    with pytest.raises(Invalid) as refused:
        decide(subject, cast.lado, earlier_weight=" ")
    assert set(refused.value.messages) == {"earlier_weight"}
    decide(subject, cast.lado, earlier_weight="The call in April was about a namesake")
    assert subject.earlier_weight == "The call in April was about a namesake"


def test_who_records_a_decision_may_be_another_than_who_made_it(
    subject: ConsultationSubject, cast: Cast
) -> None:
    with pytest.raises(Invalid) as refused:
        decide(subject, cast.lado, decided_by=cast.support)
    assert set(refused.value.messages) == {"decided_by"}
    made = decide(subject, cast.lado, decided_by=cast.manager)
    assert (made.decided_by, made.recorded_by) == (cast.manager, cast.lado)


def test_a_follow_up_comes_with_the_decision_or_neither_does(
    subject: ConsultationSubject, cast: Cast
) -> None:
    yesterday = clock.today() - timedelta(days=1)
    details = FollowUpDetails("Ask how it went", yesterday, cast.lado)
    with pytest.raises(Invalid):
        decide(subject, cast.lado, follow_up=details)
    assert subject.decision is None
    decide(subject, cast.lado, follow_up=replace(details, due_on=clock.today()))
    assert [each.what for each in follow_ups_of(subject.consultation)] == ["Ask how it went"]
