"""A case with everything: two adults of one event, a teacher and an assistant on a school trip."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from lado.demo import files
from lado.demo.contacts import Adult, Contact
from lado.demo.parts import Days, Parts, not_yet, told
from lado.demo.terms import term
from lado.demo.trip_discussions import discussions
from lado.rules.notices import NoticeHow, NoticeStep, NoticeTo
from lado.rules.strands import Employer
from lado.rules.threshold import Limb
from lado.rules.vocabulary import (
    DatePrecision,
    EmployerWay,
    MeasureDecision,
    ReferralBasis,
    ReferralDecision,
    Sex,
    StrandKind,
    StrandStatus,
    TermGroup,
    VoiceSought,
)
from lado.services.case_allegations import AllegationDetails
from lado.services.case_parts import ChildDetails, StrandDetails
from lado.services.consultation_child import ChildDetails as ToldOf
from lado.services.notice import NoticeDetails
from lado.services.onward_referral import ReferralDetails
from lado.services.safety_measure import MeasureDetails

CONTACT = Contact(
    42,
    "Two pupils of year 8 said that a teacher came into their room late on the second night of a "
    "school trip, sat down on a bed and stayed for some time. One says that he stroked her hair. "
    "They told a teaching assistant the next morning, who did not pass it on.",
    "Academy or free school",
    "Inkwell Cross Academy",
    "Bronwen Exampleley",
    "Designated safeguarding lead",
    "School",
    (
        Adult("Sexual abuse", "Teacher", "Inventedham", "Victor", (1984, 5, 17),
              also=("Leader", "Voluntary organisation", "Inkwell Cross Scout Group")),
        Adult("Conduct", "Teaching assistant", "Specimenby", "Dawn", (1991, 2, 8)),
    ),
    children=(
        ToldOf("Maya Exampleworth", 13, Sex.FEMALE, False),
        ToldOf("Keziah Paperley", 12, Sex.FEMALE, True, "CSC-12045"),
    ),
    happened=True,
    decision="Joint section 47 strategy discussion",
    reasons="What the two pupils say fits together and may be an offence. That it was not passed "
    "on left both of them in his care for another day.",
    advice="Neither adult is spoken to before the strategy discussion. Keep the list of rooms and "
    "the rota of that night.",
)  # fmt: skip
TOGETHER = "The same night of the same school trip. The police see both as one enquiry."
NOTES = (
    "The headteacher rang: a reporter has asked about the trip. The school says nothing.",
    "The police have his telephone. The examination takes some six weeks.",
)


def messages(days: Days) -> AllegationDetails:
    return AllegationDetails(
        term(TermGroup.CATEGORY, "Conduct"),
        "Wrote to a pupil from a private account over some weeks before the trip, late at night.",
        (Limb.RISK, Limb.SUITABILITY),
        Limb.RISK,
        context_id=term(TermGroup.CONTEXT, "Online"),
        happened_precision=DatePrecision.BETWEEN,
        happened_from=days.opened - timedelta(days=40),
        happened_to=days.opened - timedelta(days=4),
        children=(1,),
    )


def of_the_teacher(days: Days, chair_id: int) -> Parts:
    maya = ChildDetails(
        "Maya Exampleworth",
        13,
        Sex.FEMALE,
        False,
        voice=VoiceSought.SOUGHT,
        view="She wants it to stop and does not want the whole school to know.",
    )
    keziah = ChildDetails(
        "Keziah Paperley",
        12,
        Sex.FEMALE,
        True,
        "CSC-12045",
        VoiceSought.NOT_SOUGHT,
        "The police ask that nobody but them speaks to her before the second interview.",
    )
    return Parts(
        children={1: maya, 2: keziah},
        strands=strands(days),
        measures=measures(days),
        notices=notices(days),
        referrals=referrals(days),
        discussions=discussions(days, chair_id),
        circulated=2,
        delay=(
            "Forensic or digital examination",
            "The telephone is with the police laboratory until the middle of next month.",
        ),
        files=files.of_the_trip(),
    )


def strands(days: Days) -> dict[StrandKind, StrandDetails]:
    return {
        StrandKind.POLICE: StrandDetails(
            StrandStatus.ONGOING, "DS Joel Sampleby", days.on(-41), review_on=days.on(3),
            consulted_on=days.on(-42), consulted_with="DS Joel Sampleby",
            reference="42/INV/0815/26",
            result_id=term(TermGroup.POLICE_OUTCOME, "Voluntary interview"),
            reported_on=days.on(-12), detail="He said nothing, on advice.",
        ),
        StrandKind.SOCIAL_CARE: StrandDetails(
            StrandStatus.ENDED, "Priya Storybookton", days.on(-40), days.on(-11),
            consulted_on=days.on(-42), consulted_with="Priya Storybookton",
            result_id=term(
                TermGroup.SOCIAL_CARE_OUTCOME, "Section 47 enquiry, no further action"
            ),
            reported_on=days.on(-11), detail="Both pupils are safe where they live.",
        ),
        StrandKind.EMPLOYER: StrandDetails(
            StrandStatus.ONGOING, "Head of personnel", days.on(-18), review_on=days.on(9),
            employer=Employer(EmployerWay.INVESTIGATION, days.on(-18)),
            result_id=term(TermGroup.EMPLOYER_OUTCOME, "Resigned"), reported_on=days.on(-19),
            detail="During the suspension. The school goes on with its enquiry.",
        ),
    }  # fmt: skip


def measures(days: Days) -> list[MeasureDetails]:
    def one(label: str, decision: MeasureDecision, reasons: str, **more: Any) -> MeasureDetails:
        return MeasureDetails(
            term(TermGroup.SAFETY_MEASURE, label), days.on(-41), decision,
            "Headteacher, with the chair of governors", reasons, **more,
        )  # fmt: skip

    in_place = MeasureDecision.IN_PLACE
    return [
        one("Work without contact with children", MeasureDecision.NOT_USED,
            "There is no such work at the school that would keep him from the pupils."),
        one("Suspension", in_place,
            "The two pupils are in his year, and staff who may be witnesses work beside him.",
            alternatives="Work from home and work at another site were looked at.",
            support_contact="A named deputy head, and his union",
            started_on=days.on(-40), review_on=days.on(-26)),
        one("Restricted use of IT", in_place,
            "So that nothing in the school’s accounts is changed before it is looked at.",
            started_on=days.on(-40), review_on=days.on(9)),
        one("No contact with the child", in_place,
            "Agreed by him in writing, also for the time after he left.",
            started_on=days.on(-40), review_on=days.on(-2)),
    ]  # fmt: skip


def notices(days: Days) -> list[NoticeDetails]:
    subject, child, parents = NoticeTo.SUBJECT, NoticeTo.CHILD, NoticeTo.PARENTS
    employer, of_allegation = NoticeTo.EMPLOYER, NoticeStep.ALLEGATION_TOLD
    head, phone, in_person = "Bronwen Exampleley", NoticeHow.PHONE, NoticeHow.IN_PERSON
    return [
        told(employer, of_allegation, days.on(-42), "Lucy Samplebrook", phone),
        told(subject, of_allegation, days.on(-40), head, in_person),
        told(parents, of_allegation, days.on(-41), head, phone, child=1),
        told(parents, of_allegation, days.on(-41), "Priya Storybookton", in_person, child=2),
        told(child, of_allegation, days.on(-38), "Priya Storybookton", in_person, child=1),
        not_yet(
            subject, NoticeStep.ALLEGATION_PUT, days.on(-18),
            "The police want to put the messages to him first.", days.on(2),
        ),
        not_yet(
            child, of_allegation, days.on(-18),
            "Not before her second interview, at the wish of the police.", days.on(-2), child=2,
        ),
    ]  # fmt: skip


def referrals(days: Days) -> list[ReferralDetails]:
    return [
        ReferralDetails(
            term(TermGroup.REFERRAL_BODY, "DBS"), days.on(-18), ReferralDecision.REFER,
            ReferralBasis.DUTY, "Head of personnel", "He left while he was suspended.",
            referred_on=days.on(-15),
        ),
        ReferralDetails(
            term(TermGroup.REFERRAL_BODY, "TRA"), days.on(-18), ReferralDecision.REFER,
            decided_by="Head of personnel", reasons="A teacher who may be prohibited.",
            referred_on=days.on(-15), reference="TRA-INVENTED-0042",
            acknowledged_on=days.on(-10),
        ),
    ]  # fmt: skip


def of_the_assistant(days: Days, chair_id: int) -> Parts:
    return Parts(
        strands={
            StrandKind.POLICE: StrandDetails(
                StrandStatus.ONGOING, "DS Joel Sampleby", days.on(-41), review_on=days.on(3),
                consulted_on=days.on(-42), consulted_with="DS Joel Sampleby",
            )
        },
        measures=[
            MeasureDetails(
                term(TermGroup.SAFETY_MEASURE, "No one-to-one work"), days.on(-40),
                MeasureDecision.IN_PLACE, "Headteacher",
                "She stays in class, where another adult is always there.",
                started_on=days.on(-40), review_on=days.on(4),
            )
        ],
        notices=[
            told(NoticeTo.SUBJECT, NoticeStep.ALLEGATION_TOLD, days.on(-40),
                 "Bronwen Exampleley", NoticeHow.IN_PERSON),
            told(NoticeTo.SUBJECT, NoticeStep.ALLEGATION_PUT, days.on(-30),
                 "Bronwen Exampleley", NoticeHow.IN_PERSON),
            told(NoticeTo.SUBJECT, NoticeStep.RESPONSE_RECEIVED, days.on(-28),
                 "Her union", NoticeHow.LETTER),
        ],
        discussions=[replace(discussions(days, chair_id)[0], actions=())],
        circulated=1,
    )  # fmt: skip
