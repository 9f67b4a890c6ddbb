"""Small real files, made while the demonstration is loaded."""

from lado.demo import names
from lado.demo.parts import File
from lado.demo.terms import term
from lado.papers.docx import paper_docx
from lado.papers.paper import Grid, Heading, Paper, Text
from lado.papers.pdf import paper_pdf
from lado.rules.documents import DocumentKind
from lado.rules.vocabulary import TermGroup

CONFIDENTIAL = "Invented, for a demonstration."
PLAN = Paper(
    title="Safety plan",
    reference="Inkwell Cross Academy",
    council=names.COUNCIL,
    file_name="safety-plan",
    confidential=CONFIDENTIAL,
    parts=(
        Text("Agreed by the school with the LADO, to stand until the next strategy discussion."),
        Heading("What was agreed"),
        Grid(
            ("What", "Who sees to it"),
            (
                ("The teacher does not come to the school.", "Headteacher"),
                ("The two pupils have somebody whom they can go to at any time.", "Head of year"),
                ("No other trip overnight before rooms and rota are looked at.", "Headteacher"),
            ),
            (3, 1),
        ),
    ),
)
ACCOUNT = Paper(
    title="What was said on the coach home",
    reference="Inkwell Cross Academy",
    council=names.COUNCIL,
    file_name="account",
    confidential=CONFIDENTIAL,
    parts=(
        Text("Written down the same evening by the member of staff to whom it was said."),
        Text("Two pupils sat beside me and asked whether a teacher may come into a room at night. "
             "I asked nothing further and told the designated safeguarding lead when we arrived."),
    ),
)  # fmt: skip
ROTA = "Night rota of the trip\n\nNight 1: staff rooms 1 and 4\nNight 2: staff rooms 2 and 4\n"


def of_the_trip() -> tuple[File, ...]:
    school = term(TermGroup.AGENCY, "School")
    return (
        File("Safety plan.pdf", "Safety plan agreed with the school", DocumentKind.OTHER,
             paper_pdf(PLAN), school),
        File("Account.docx", "Account of the member of staff who was told first",
             DocumentKind.STATEMENT, paper_docx(ACCOUNT), school),
        File("rota.txt", "Night rota of the trip", DocumentKind.OTHER, ROTA.encode(), school),
    )  # fmt: skip
