"""The register's columns. Their order is the order of an export."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from lado.rules.vocabulary import TermGroup
from lado.rules.words import normalise


class Kind(Enum):
    LINE = auto()
    LINES = auto()
    DATE = auto()
    DATES = auto()
    TERM = auto()
    TERMS = auto()
    YES_NO = auto()
    SEX = auto()
    CHILDREN = auto()
    ROLES = auto()
    ENDING = auto()


@dataclass(frozen=True)
class Column:
    """`key` names the field of a Row. A `case` column belongs to the row that opens the case."""

    key: str
    heading: str
    kind: Kind
    synonyms: tuple[str, ...] = ()
    group: TermGroup | None = None
    required: bool = False
    case: bool = False
    longest: int = 20_000


COLUMNS = (
    Column(
        "contact_ref",
        "Contact ref",
        Kind.LINE,
        (
            "Contact reference",
            "Ref",
            "Reference",
            "Reference number",
            "Consultation ref",
            "Contact number",
        ),
        required=True,
        longest=60,
    ),
    Column(
        "received_on",
        "Date received",
        Kind.DATE,
        ("Received", "Date of referral", "Referral date", "Date of contact", "Contact date"),
        required=True,
    ),
    Column(
        "aware_on",
        "Date setting aware",
        Kind.DATE,
        ("Setting aware", "Date employer aware", "Date aware", "Date setting became aware"),
    ),
    Column(
        "contact_method",
        "Contact method",
        Kind.TERM,
        ("Method", "Method of contact", "How received"),
        TermGroup.CONTACT_METHOD,
    ),
    Column("taken_by", "Taken by", Kind.LINE, ("Call taken by", "Received by"), longest=200),
    Column(
        "referrer_name",
        "Referrer name",
        Kind.LINE,
        ("Referrer", "Name of referrer", "Referred by"),
        longest=200,
    ),
    Column(
        "referrer_role",
        "Referrer role",
        Kind.LINE,
        ("Role of referrer", "Referrer job title"),
        longest=200,
    ),
    Column(
        "referrer_agency",
        "Referrer agency",
        Kind.TERM,
        ("Referring agency", "Agency", "Source of referral", "Referral source"),
        TermGroup.AGENCY,
    ),
    Column("surname", "Surname", Kind.LINE, ("Last name", "Family name"), longest=100),
    Column("forename", "Forename", Kind.LINE, ("First name", "Given name"), longest=100),
    Column("date_of_birth", "Date of birth", Kind.DATE, ("DOB", "D.O.B.", "Birth date")),
    Column("sex", "Sex", Kind.SEX, ("Gender", "M/F")),
    Column(
        "role", "Role", Kind.TERM, ("Job role", "Job title", "Post", "Occupation"), TermGroup.ROLE
    ),
    Column(
        "setting",
        "Setting",
        Kind.LINE,
        ("Employer", "Organisation", "Setting name", "Establishment", "Place of work"),
        longest=200,
    ),
    Column(
        "sector",
        "Sector",
        Kind.TERM,
        ("Employment sector", "Setting type", "Type of setting"),
        TermGroup.SECTOR,
        required=True,
    ),
    Column("other_roles", "Other roles", Kind.ROLES, ("Other role", "Further roles")),
    Column(
        "category",
        "Concern category",
        Kind.TERM,
        (
            "Category",
            "Category of concern",
            "Category of abuse",
            "Type of abuse",
            "Nature of concern",
            "Allegation category",
        ),
        TermGroup.CATEGORY,
        required=True,
    ),
    Column("context", "Context", Kind.TERM, ("Context of concern",), TermGroup.CONTEXT),
    Column("historical", "Historical", Kind.YES_NO, ("Historic", "Non-recent", "Historical?")),
    Column(
        "institutional", "Institutional", Kind.YES_NO, ("Institutional?", "Institutional abuse")
    ),
    Column(
        "children",
        "Children",
        Kind.CHILDREN,
        ("Number of children", "No. of children", "Children involved"),
    ),
    Column(
        "summary",
        "Summary",
        Kind.LINES,
        ("Summary of concern", "Details", "Allegation", "Concern", "Description"),
    ),
    Column("advice", "Advice given", Kind.LINES, ("Advice", "Action/advice", "LADO advice")),
    Column(
        "decision",
        "Decision",
        Kind.TERM,
        ("Threshold decision", "Decision made", "LADO decision"),
        TermGroup.DECISION,
    ),
    Column("decided_on", "Decision date", Kind.DATE, ("Date of decision", "Date decided")),
    Column(
        "case_ref",
        "Case ref",
        Kind.LINE,
        ("Case reference", "Case number", "Case no", "PT ref"),
        longest=60,
    ),
    Column(
        "discussions",
        "Strategy discussion dates",
        Kind.DATES,
        (
            "Strategy discussion date",
            "Strategy meeting dates",
            "Strategy meeting date",
            "Strategy discussions",
            "AMM dates",
        ),
        case=True,
    ),
    Column("ending", "Outcome", Kind.ENDING, ("Case outcome", "LADO outcome"), case=True),
    Column(
        "concluded_on",
        "Date concluded",
        Kind.DATE,
        ("Date closed", "Conclusion date", "Closed", "Concluded"),
        case=True,
    ),
    Column(
        "employer_outcome",
        "Employer outcome",
        Kind.TERM,
        ("Employer's outcome", "Disciplinary outcome", "Employment outcome"),
        TermGroup.EMPLOYER_OUTCOME,
        case=True,
    ),
    Column(
        "police_outcome",
        "Police outcome",
        Kind.TERM,
        ("Criminal outcome", "Police result"),
        TermGroup.POLICE_OUTCOME,
        case=True,
    ),
    Column(
        "dbs_referred_on",
        "DBS referral date",
        Kind.DATE,
        ("DBS referral", "Date of DBS referral", "Date referred to DBS"),
        case=True,
    ),
    Column(
        "learning_themes",
        "Learning theme",
        Kind.TERMS,
        ("Learning themes", "Learning", "Theme"),
        TermGroup.LEARNING_THEME,
        case=True,
    ),
)
BY_KEY = {column.key: column for column in COLUMNS}
HEADINGS = tuple(column.heading for column in COLUMNS)
CASE_COLUMNS = tuple(column for column in COLUMNS if column.case)

_BY_HEADING = {
    normalise(heading): column
    for column in COLUMNS
    for heading in (column.heading, *column.synonyms)
}


def column_of(heading: str) -> Column | None:
    return _BY_HEADING.get(normalise(heading.rstrip(" :")))


def known(headings: Iterable[object]) -> int:
    """How many columns of a register a row of headings names."""
    columns = {column_of(heading) for heading in headings if isinstance(heading, str)}
    return len(columns - {None})
