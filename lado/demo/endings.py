"""Two cases that end, as data: one waits for a manager, one is concluded by its LADO."""

from lado.demo.contacts import Adult, Contact
from lado.demo.parts import Days, Parts, told
from lado.demo.terms import term
from lado.rules.notices import NoticeHow, NoticeStep, NoticeTo
from lado.rules.strands import Employer
from lado.rules.vocabulary import (
    Attendance,
    DiscussionPurpose,
    EmployerWay,
    LearningKind,
    MeasureDecision,
    ReferralBasis,
    ReferralDecision,
    Sex,
    StrandKind,
    StrandStatus,
    TermGroup,
    VoiceSought,
)
from lado.services.action import ActionDetails
from lado.services.case_parts import ChildDetails, StrandDetails
from lado.services.consultation_child import ChildDetails as ToldOf
from lado.services.discussion import Proceedings
from lado.services.onward_referral import ReferralDetails
from lado.services.participant import ParticipantDetails
from lado.services.safety_measure import MeasureDetails

NURSERY = Contact(
    24,
    "A parent collecting early saw a worker pull a child of three across the room by one arm. A "
    "colleague who was there says the same and that it was not the first time.",
    "Nursery or pre-school",
    "Madeupton Nursery",
    "Grace Fictionham",
    "Nursery manager",
    "Early years provider",
    (Adult("Physical abuse", "Nursery practitioner", "Fablewick", "Yvette", (1988, 9, 30)),),
    children=(ToldOf("Ivor Sampleworth", 3, Sex.MALE),),
    happened=True,
    decision="Progress to strategy discussion",
    reasons="Seen by two adults who do not know each other. The child could have been hurt.",
    advice="The worker stays away from the children until the strategy discussion.",
)
NURSERY_OUTCOME = (
    "Two people saw it and describe it alike, and she does not deny it. It is more likely than "
    "not that it happened as alleged."
)
NURSERY_END = "The child is well. What was learned goes to the nurseries’ own meeting."
LEARNING = (
    ("Supervision", LearningKind.GOOD_PRACTICE,
     "The manager rang within the hour and kept the rota."),
    ("Low-level concern recording", LearningKind.IMPROVEMENT,
     "The colleague had seen something like it before and did not know where to write it down."),
)  # fmt: skip

CLUB = Contact(
    18,
    "A child of ten said that a playworker locked him in a store room as a punishment.",
    "Out-of-school club",
    "Little Fiction Holiday Club",
    "Sian Notrealfield",
    "Manager",
    "Early years provider",
    (Adult("Emotional abuse", "Playworker", "Pretendley", "Luis", (2001, 4, 4)),),
    children=(ToldOf("Wilf Exampleby", 10, Sex.MALE),),
    decision="Progress to strategy discussion",
    reasons="To be shut in alone would have harmed him, and others may have been.",
    advice="The playworker works with another adult until it is looked into.",
)
CLUB_OUTCOME = "It cannot have happened as it was told."
CLUB_EVIDENCE = (
    "The store room has had no door since the summer, and the playworker was on a course in "
    "another town on that day: the list of those who came was seen."
)
CLUB_END = "The club helps the child and the playworker to go on together."
FIRST = {
    "allegation": "The chair set out what was seen and by whom.",
    "earlier_concerns": "Nothing is on record about the person. Nothing about the setting.",
    "safety": "The child is safe. The parents were told the same day.",
    "enquiries": "The police do not open an enquiry. The employer may begin.",
    "decisions": "The employer looks into it and reports within two weeks.",
}
LAST = {
    "allegation": "The employer’s report was read out.",
    "reporting_back": "The report has been received.",
    "outcome": "Everybody agreed on the outcome.",
    "decisions": "The case is to be concluded.",
}
CAME = (
    ("Clive Exampleworth", "Other employer", "Human resources adviser"),
    ("Priya Storybookton", "Children's social care", "Team manager"),
)


def discussions(days: Days, chair_id: int) -> list[Proceedings]:
    came = [
        ParticipantDetails(name, term(TermGroup.AGENCY, agency), Attendance.ATTENDED, role)
        for name, agency, role in CAME
    ]
    report = ActionDetails(
        "Look into it and report to the chair",
        "Clive Exampleworth",
        term(TermGroup.AGENCY, "Other employer"),
        days.on(-4),
    )
    return [
        Proceedings(days.on(-14), DiscussionPurpose.INITIAL, chair_id, days.on(-3),
                    participants=came, minutes=FIRST, actions=[report]),
        Proceedings(days.on(-3), DiscussionPurpose.FINAL, chair_id, None,
                    participants=came, minutes=LAST),
    ]  # fmt: skip


def employer(days: Days, result: str) -> StrandDetails:
    return StrandDetails(
        StrandStatus.ENDED, "Head of personnel", days.on(-14), days.on(-4),
        employer=Employer(EmployerWay.INVESTIGATION, days.on(-14), report_on=days.on(-4)),
        result_id=term(TermGroup.EMPLOYER_OUTCOME, result), reported_on=days.on(-4),
    )  # fmt: skip


def of_the_nursery(days: Days, chair_id: int) -> Parts:
    sent = days.on(-3)
    return Parts(
        children={
            1: ChildDetails(
                "Ivor Sampleworth", 3, Sex.MALE, voice=VoiceSought.NOT_SOUGHT,
                voice_reason="Three years old. His parents were asked, and how he is at play.",
            )
        },
        strands={StrandKind.EMPLOYER: employer(days, "Dismissed")},
        measures=[
            MeasureDetails(
                term(TermGroup.SAFETY_MEASURE, "Suspension"), days.on(-24),
                MeasureDecision.IN_PLACE, "Owner of the nursery",
                "In so small a nursery she could not be kept from the child.",
                alternatives="Paid leave was looked at.", started_on=days.on(-23),
                review_on=days.on(4),
            )
        ],
        notices=[
            told(NoticeTo.SUBJECT, step, day, "Grace Fictionham", NoticeHow.IN_PERSON)
            for step, day in zip(NoticeStep, map(days.on, (-14, -10, -8, -2)), strict=True)
        ],
        referrals=[
            ReferralDetails(
                term(TermGroup.REFERRAL_BODY, body), sent, ReferralDecision.REFER, basis,
                "Head of personnel", "Dismissed for what was found.", referred_on=sent,
                reference=reference, acknowledged_on=days.on(-1),
            )
            for body, basis, reference in (
                ("DBS", ReferralBasis.DUTY, "DBS-INVENTED-1177"),
                ("Ofsted", None, "OFSTED-INVENTED-31"),
            )
        ],
        delay=("Employer's investigation", "A week was lost while the owner was away."),
        discussions=discussions(days, chair_id),
        circulated=2,
    )  # fmt: skip


def of_the_club(days: Days, chair_id: int) -> Parts:
    return Parts(
        children={
            1: ChildDetails(
                "Wilf Exampleby", 10, Sex.MALE, voice=VoiceSought.SOUGHT,
                view="He says that he was cross and is sorry that it has become so large.",
            )
        },
        strands={StrandKind.EMPLOYER: employer(days, "No action")},
        discussions=discussions(days, chair_id),
        circulated=2,
    )  # fmt: skip
