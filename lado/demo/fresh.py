"""What has come in during the last days, as data."""

from lado.demo.contacts import Adult, Contact
from lado.services.consultation_child import ChildDetails

CONTACTS = (
    Contact(
        6,
        "A parent complained that a coach sends private messages to several children in the "
        "team, late in the evening. The club has asked the coach to stop while it looks into "
        "it.",
        "Sport and leisure",
        "Storybrook Gymnastics Club",
        "Tara Fableley",
        "Club welfare officer",
        "Sport and leisure",
        (
            Adult(
                "Conduct", "Sports coach", "Notrealworth", "Piers", (1988, 3, 14), context="Online"
            ),
        ),
        children=(ChildDetails(age=13),),
        decision="Progress to strategy discussion",
        reasons="Messages to several children after the club had spoken to the coach about it "
        "before. This may be the beginning of something worse, and the coach also helps at a "
        "school.",
        advice="No contact with children at the club until the strategy discussion. Keep the "
        "messages.",
        notes=("The club's chair confirms that the coach is stood down for now.",),
    ),
    Contact(
        4,
        "A child of four said that a worker pinched their arm. A small bruise was seen and "
        "noted. The parents took the child to the surgery.",
        "Nursery or pre-school",
        "Onceupon Nursery",
        "Pearl Specimenton",
        "Nursery manager",
        "Early years provider",
        (Adult("Physical abuse", "Nursery practitioner", "Madeupfield", "Wanda", (1996, 11, 2)),),
        children=(ChildDetails(age=4),),
        decision="Joint section 47 strategy discussion",
        reasons="A bruise that fits what the child says. The police and social care are needed.",
        advice="Do not question the child further. The worker stays away from the rooms.",
        notes=("The manager asks whether other parents should be told. Not yet.",),
    ),
    Contact(
        3,
        "A teacher raised their voice in assembly and a pupil was upset. Two colleagues were "
        "there and describe it alike.",
        "Maintained school",
        "Cloudcastle Primary School",
        "Hugh Exampleham",
        "Headteacher",
        "School",
        (Adult("Emotional abuse", "Teacher", "Papersfield", "Vera", (1975, 7, 21)),),
        decision="Low-level concern",
        reasons="One raised voice, seen by two others, without insult or threat.",
        advice="To be kept as a low-level concern and talked over in supervision.",
    ),
    Contact(
        2,
        "A driver is said to have let a child of nine sit in front and to have taken another "
        "way home than agreed, twice. The escort did not report it.",
        "Transport",
        "Neverend Minibuses",
        "Joel Pretendwick",
        "Contracts officer",
        "Transport",
        (Adult("Conduct", "School transport driver", "Inventedstone", "Karl", (1969, 1, 30)),),
        children=(ChildDetails(age=9),),
    ),
    Contact(
        1,
        "A young person told a teacher that “somebody at the youth club” gives them alcohol. "
        "They did not want to say who.",
        "Voluntary organisation",
        "Madeupton Youth Club",
        "Nia Fictionstone",
        "Designated safeguarding lead",
        "School",
        (Adult("Conduct", "Youth worker"),),
        children=(ChildDetails(age=15),),
        notes=("The school will talk to the young person again with somebody they trust.",),
    ),
    Contact(
        0,
        "The police tell us of an arrest this morning in an enquiry into indecent images. The "
        "person looks after two children as a foster carer.",
        "Foster care (local authority)",
        "Storyshire Fostering Service",
        "Saul Paperham",
        "Detective constable",
        "Police",
        (
            Adult(
                "Sexual abuse",
                "Foster carer",
                "Fablestone",
                "Edwin",
                (1964, 9, 8),
                context="Personal life",
            ),
        ),
    ),
)

MINUTES = {
    "allegation": "The chair set out the concern and who had told whom. It was first written down "
    "on the day that the setting learned of it.",
    "earlier_concerns": "Nothing is on record about the person. One low-level concern about the "
    "setting two years ago.",
    "safety": "The children are safe. The person has no contact with them until the review.",
    "enquiries": "The police make first enquiries and report to the chair. The employer waits "
    "with its own until they say so.",
    "telling": "The person is told that there is an allegation, without its details. The parents "
    "know. Nothing is said to other parents.",
    "measures": "Work without contact with children was chosen rather than suspension.",
    "support": "The person's union and the employer's support line were named.",
    "decisions": "The threshold is met. The enquiry goes on and everybody meets again.",
}
PARTICIPANTS = (
    ("Joel Sampleby", "Detective sergeant", "Police"),
    ("Priya Storybookton", "Team manager", "Children's social care"),
    ("Clive Exampleworth", "Human resources adviser", "Other employer"),
)
APOLOGIES = ("Ruth Imaginwick", "Named nurse", "Health")
ACTIONS = (
    ("Tell the chair what the first enquiries found", "Joel Sampleby", "Police", 5),
    ("Speak to the child with somebody they trust", "Priya Storybookton",
     "Children's social care", 8),
    ("Write down the safety plan and send it to the chair", "Clive Exampleworth",
     "Other employer", 15),
)  # fmt: skip
NOTES = (
    "The employer rang: the person has been told that there will be a discussion.",
    "The police ask for two weeks more before the employer begins its own enquiry.",
    "The family's social worker says that the child is back at school and well.",
)
