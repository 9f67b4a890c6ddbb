"""The strategy discussions about the school trip of `lado.demo.trip`."""

from datetime import time

from lado.demo.parts import Days
from lado.demo.terms import term
from lado.rules.vocabulary import Attendance, DiscussionPurpose, TermGroup
from lado.services.action import ActionDetails
from lado.services.discussion import Arrangement, Proceedings
from lado.services.participant import ParticipantDetails

FIRST = {
    "allegation": "The chair set out what the two pupils said, to whom and when. It was written "
    "down the same evening. [[The second pupil’s account came through her foster carer.]]",
    "earlier_concerns": "A low-level concern in 2023 about messages to a pupil, dealt with by "
    "advice. Nothing about the setting.",
    "roles": "Teacher of year 8 and leader of a scout group. [[He has two children of his own, "
    "nine and six.]]",
    "safety": "The trip is over. Both pupils are at home, and the school has named somebody to "
    "whom they can go.",
    "enquiries": "Section 47 enquiry and criminal investigation, run together. The police speak "
    "to the pupils first, then to the staff.",
    "complex": "No sign of it. To be looked at again when the telephone has been examined.",
    "discipline": "The school waits with its own enquiry until the police agree.",
    "telling": "He is told today that there is an allegation, without its details. Parents and "
    "carer know. The scouts are told by the LADO.",
    "measures": "Suspension was recommended after alternatives were looked at. The school decided "
    "so, and wrote down why.",
    "support": "The pupils: the school’s counsellor. He: his union and a named deputy head.",
    "referrals": "Not yet. To be decided at the review.",
    "decisions": "The threshold is met. Everybody meets again in three weeks.",
}
SECOND = {
    "allegation": "One pupil has also shown messages from a private account. It becomes an "
    "allegation of its own.",
    "earlier_concerns": "As before.",
    "safety": "No contact since the trip. The scouts have stood him down.",
    "enquiries": "Both pupils were interviewed. The telephone waits for examination.",
    "discipline": "He has resigned. The school finishes its enquiry all the same.",
    "telling": "Nothing of the messages is said to him yet, at the wish of the police.",
    "measures": "The suspension ended when he left. What he agreed to in writing stands.",
    "referrals": "The school refers to the DBS and to the Teaching Regulation Agency now.",
    "reporting_back": "The school’s head of personnel reports to the LADO.",
    "decisions": "The enquiry goes on without him. Referrals are sent within a week.",
}
THIRD = {
    "allegation": "Nothing new was said.",
    "earlier_concerns": "As before.",
    "enquiries": "The examination of the telephone takes until the middle of next month.",
    "telling": "He may be told of the messages once the police have put them to him.",
    "decisions": "To be continued when the police have reported.",
}


def people(came: Attendance) -> list[ParticipantDetails]:
    asked = (
        ("Joel Sampleby", "Detective sergeant", "Police"),
        ("Priya Storybookton", "Team manager", "Children's social care"),
        ("Bronwen Exampleley", "Designated safeguarding lead", "School"),
    )
    return [
        *(
            ParticipantDetails(name, term(TermGroup.AGENCY, agency), came, role)
            for name, role, agency in asked
        ),
        ParticipantDetails(
            "Hugh Inventedfield", term(TermGroup.AGENCY, "School"), came, "Chair of governors",
            conflict_of_interest="Leads the same scout group.",
            conflict_handled="Is here for the employer’s part only, and gets a redacted copy.",
        ),
        ParticipantDetails(
            "Ursula Pretendby", term(TermGroup.AGENCY, "School"), Attendance.LEFT_OUT,
            "Head of year", left_out_reason="May be asked as a witness.",
        ),
    ]  # fmt: skip


HELD = (
    (-40, -18, DiscussionPurpose.INITIAL, FIRST, (
        ("Interview both pupils", "Joel Sampleby", "Police", -34),
        ("See that each pupil has somebody to go to", "Bronwen Exampleley", "School", -38),
    )),
    (-18, -5, DiscussionPurpose.REVIEW, SECOND, (
        ("Send the referrals to the DBS and the Teaching Regulation Agency",
         "Head of personnel", "School", -12),
        ("Tell the chair when the telephone is examined", "Joel Sampleby", "Police", -4),
        ("Ask the scouts how they look after their leaders", "Priya Storybookton",
         "Children's social care", -9),
    )),
    (-5, 9, DiscussionPurpose.REVIEW, THIRD, (
        ("Put the messages to him", "Joel Sampleby", "Police", 7),
    )),
)  # fmt: skip


def discussions(days: Days, chair_id: int) -> list[Proceedings]:
    return [
        Proceedings(
            held_on=days.on(held),
            purpose=purpose,
            chair_id=chair_id,
            next_review_on=days.on(review),
            joint=purpose is DiscussionPurpose.INITIAL,
            participants=people(Attendance.ATTENDED),
            minutes=said,
            actions=[
                ActionDetails(what, who, term(TermGroup.AGENCY, agency), days.on(due))
                for what, who, agency, due in actions
            ],
        )
        for held, review, purpose, said, actions in HELD
    ]


def next_one(days: Days, chair_id: int) -> Arrangement:
    return Arrangement(
        DiscussionPurpose.REVIEW, days.on(9), chair_id, scheduled_at=time(10),
        place="Committee room 1, or by video", participants=people(Attendance.INVITED),
    )  # fmt: skip
