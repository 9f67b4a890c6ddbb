"""Statutory and structural lists. A change here is a change of law or of the product.

Local, growing lists (sector, role, agency, ...) are rows of the `term` table; `shipped_terms`
holds what a new installation starts with.
"""

from enum import StrEnum

# Rows that reports add to the terms of a list; no term may be called the same.
NOT_RECORDED = "Not recorded"
AWAITING_DECISION = "Awaiting decision"
NO_OUTCOME_NEEDED = "No outcome needed"
TOTAL = "Total"
ROWS_OF_REPORTS = (NOT_RECORDED, AWAITING_DECISION, NO_OUTCOME_NEEDED, TOTAL)


class Labelled(StrEnum):
    """A code stored in the database and the words shown for it, kept together."""

    label: str

    def __new__(cls, code: str, label: str) -> "Labelled":
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


class Origin(Labelled):
    """Where a record came from. Only a register may lack who decided, why and closure reasons."""

    ENTERED = "entered", "Entered here"
    REGISTER = "register", "Loaded from a register"
    FORM = "form", "Referral form"
    TRANSFER = "transfer", "Transferred from another authority"


class DisclosureClass(Labelled):
    """What may be disclosed of a text when its subject asks for their records (R-41)."""

    UNDETERMINED = "undetermined", "Not yet decided"
    OPEN = "open", "May be disclosed"
    CONSULT = "consult", "Ask the agency it came from first"
    WITHHOLD = "withhold", "Withhold"


class RetentionClass(Labelled):
    UNDETERMINED = "undetermined", "Not yet set"
    SHORT = "short", "Short: below the threshold"
    STANDARD = "standard", "Standard: reviewed after 10 years"
    LONG = "long", "Long: closure plus 100 years"


class TermGroup(Labelled):
    """The local lists that the administrator keeps."""

    SECTOR = "sector", "Sectors"
    SUBSECTOR = "subsector", "Sub-sectors"
    ROLE = "role", "Roles"
    AGENCY = "agency", "Agencies"
    CATEGORY = "category", "Categories of concern"
    SUBCATEGORY = "subcategory", "Sub-categories of concern"
    CONTEXT = "context", "Contexts"
    CONTACT_METHOD = "contact_method", "Contact methods"
    DECISION = "decision", "Decisions on a consultation"
    TIER = "tier", "Tiers of the threshold"
    CLOSURE_REASON = "closure_reason", "Reasons for closing a case"
    EMPLOYER_OUTCOME = "employer_outcome", "Employer outcomes"
    POLICE_OUTCOME = "police_outcome", "Police outcomes"
    SOCIAL_CARE_OUTCOME = "social_care_outcome", "Social care outcomes"
    REFERRAL_BODY = "referral_body", "Bodies that referrals go to"
    LEARNING_THEME = "learning_theme", "Learning themes"
    DELAY_REASON = "delay_reason", "Reasons for delay"
    SCHOOL_PHASE = "school_phase", "School phases"
    SCHOOL_TYPE = "school_type", "School types"
    SAFETY_MEASURE = "safety_measure", "Safety measures"


class OrganisationSource(Labelled):
    """Whose public list an organisation and its number (URN) are in."""

    SCHOOLS = "schools", "Register of schools (GIAS)"
    OFSTED = "ofsted", "Ofsted"


class MovedPart(Labelled):
    """What names an organisation, and moves when it is merged with another."""

    POSITION = "position", "Position"
    SETTING = "setting", "Setting of a consultation"
    SUBJECT = "subject", "Subject of a consultation"
    CASE = "case", "Case"
    OTHER_NAME = "other_name", "Other name"


class Sex(Labelled):
    FEMALE = "female", "Female"
    MALE = "male", "Male"


class NameKind(Labelled):
    CURRENT = "current", "Current name"
    FORMER = "former", "Former name"
    KNOWN_AS = "known_as", "Known as"


class Sameness(Labelled):
    """Whether two records of people are of the same human being."""

    SAME = "same", "The same person"
    DIFFERENT = "different", "Not the same person"
    UNSURE = "unsure", "Not sure"


class ConflictState(Labelled):
    """Of a suspected conflict of interest."""

    PENDING = "pending", "Waits for a manager"
    CONFIRMED = "confirmed", "Confirmed"
    DISMISSED = "dismissed", "Not them"


class DatePrecision(Labelled):
    """How well it is known when something happened."""

    EXACT = "exact", "On a known date"
    ABOUT = "about", "About a date"
    BETWEEN = "between", "Between two dates"
    NOT_KNOWN = "not_known", "Not known"


class Children(Labelled):
    """How many children a concern is about. `MULTIPLE` is several, number not known."""

    NONE_IDENTIFIED = "none_identified", "None identified"
    COUNTED = "counted", "A known number"
    MULTIPLE = "multiple", "Multiple, number not known"


class EarlierRecords(Labelled):
    """Whether earlier records were looked at before the decision (R-51), and what they weighed."""

    NONE_FOUND = "none_found", "Looked; nothing found"
    NO_WEIGHT = "no_weight", "Considered; made no difference"
    SOME_WEIGHT = "some_weight", "Considered; gave some weight"
    DECISIVE = "decisive", "Considered; decisive"


class NoteKind(Labelled):
    """How something was said that a note tells of; without one it is the author's own remark."""

    PHONE = "phone", "Phone call"
    EMAIL = "email", "Email"
    MEETING = "meeting", "Meeting"
    OTHER = "other", "Other message"


class Direction(Labelled):
    IN = "in", "They contacted us"
    OUT = "out", "We contacted them"


class SentHow(Labelled):
    EMAIL = "email", "Email"
    SECURE_EMAIL = "secure_email", "Secure email"
    POST = "post", "Post"
    BY_HAND = "by_hand", "By hand"


class Chased(Labelled):
    """What somebody is asked for again."""

    ACTION = "action", "Action"
    MINUTES = "minutes", "Minutes"
    REVIEW = "review", "Review"
    EMPLOYER = "employer", "Employer"
    REFERRAL = "referral", "Referral"
    STRAND = "strand", "Strand"


class ChasedHow(Labelled):
    SECURE_EMAIL = "secure_email", "Secure email"
    EMAIL = "email", "Email"
    PHONE = "phone", "Phone"
    IN_PERSON = "in_person", "In person"


class EnquiryKind(Labelled):
    """Who asks whether a person is known, and so what for."""

    OTHER_AUTHORITY = "other_authority", "Another authority, to protect children"
    EMPLOYER = "employer", "An employer, for a reference"
    VETTING = "vetting", "A vetting body"


class EnquiryBasis(Labelled):
    """The lawful basis that whoever asks gives for being told."""

    PUBLIC_TASK = "public_task", "Public task: to protect children"
    LEGAL_OBLIGATION = "legal_obligation", "Legal obligation"
    CONSENT = "consent", "The person’s consent, which we have seen"
    NOT_STATED = "not_stated", "They gave none"


class EnquiryAnswer(Labelled):
    NOTHING_HELD = "nothing_held", "Nothing is held"
    DISCLOSE = "disclose", "Tell them what is said below"
    DECLINE = "decline", "Tell them nothing"


class ConsultationStatus(Labelled):
    OPEN = "open", "Awaiting decision"
    DECIDED = "decided", "Decided"


class FormStatus(Labelled):
    """Of a referral form that came in from outside."""

    WAITING = "waiting", "Waiting"
    LOGGED = "logged", "Logged as a consultation"
    PUT_ASIDE = "put_aside", "Put aside"


class DecisionStage(Labelled):
    """What a decision on a consultation means. The council's own wording is a term (R-30)."""

    ADVICE = "advice", "Advice"
    NOT_MET = "not_met", "Threshold not met"
    LOW_LEVEL = "low_level", "Low-level concern"
    PASSED_ON = "passed_on", "Passed on"
    OVERSIGHT = "oversight", "Consultation with oversight kept"
    MET_NO_MEETING = "met_no_meeting", "Threshold met, managed without a meeting"
    PROGRESS = "progress", "Progress"


class CaseStatus(Labelled):
    OPEN = "open", "Open"
    CLOSURE_REQUESTED = "closure_requested", "Closure requested"
    CONCLUDED = "concluded", "Concluded"


class OutcomeCode(Labelled):
    """The five outcomes, in the order in which the gravest decides for the whole case."""

    SUBSTANTIATED = "substantiated", "Substantiated"
    UNSUBSTANTIATED = "unsubstantiated", "Unsubstantiated"
    UNFOUNDED = "unfounded", "Unfounded"
    FALSE = "false", "False"
    MALICIOUS = "malicious", "Malicious"


class StrandKind(Labelled):
    POLICE = "police", "Police"
    SOCIAL_CARE = "social_care", "Children's social care"
    EMPLOYER = "employer", "Employer"


class StrandStatus(Labelled):
    NOT_STARTED = "not_started", "Not started"
    ONGOING = "ongoing", "Ongoing"
    ENDED = "ended", "Ended"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


class EmployerWay(Labelled):
    """How an employer deals with it."""

    WITHOUT_DISCIPLINE = "without_discipline", "Acts without formal discipline"
    HEARING = "hearing", "Hearing without more investigation"
    INVESTIGATION = "investigation", "Investigation first"


class DiscussionStatus(Labelled):
    SCHEDULED = "scheduled", "Scheduled"
    HELD = "held", "Held"
    MINUTES_AGREED = "minutes_agreed", "Minutes agreed"
    CIRCULATED = "circulated", "Minutes circulated"
    CANCELLED = "cancelled", "Cancelled"


class DiscussionPurpose(Labelled):
    INITIAL = "initial", "Initial"
    REVIEW = "review", "Review"
    FINAL = "final", "Final"


class Attendance(Labelled):
    INVITED = "invited", "Invited"
    ATTENDED = "attended", "Attended"
    APOLOGIES = "apologies", "Sent apologies"
    DID_NOT_ATTEND = "did_not_attend", "Did not attend"
    LEFT_OUT = "left_out", "Left out"


class ReferralDecision(Labelled):
    PENDING = "pending", "Being considered"
    REFER = "refer", "To be referred"
    NO_REFERRAL = "no_referral", "No referral needed"


class ReferralBasis(Labelled):
    """The employer's legal duty and the council's own power are different things (R-28)."""

    DUTY = "duty", "The employer's duty"
    POWER = "power", "The council's power"


class MeasureDecision(Labelled):
    """What the employer decided of a safety measure."""

    PENDING = "pending", "Being considered"
    IN_PLACE = "in_place", "In place"
    NOT_USED = "not_used", "Not used"
    ENDED = "ended", "Ended"


class ChildHelp(Labelled):
    """Whether a child whose allegation is not true was referred for help of their own (R-26)."""

    REFERRED = "referred", "Referred to children’s social care"
    NOT_NEEDED = "not_needed", "Considered, no referral needed"


class LearningKind(Labelled):
    GOOD_PRACTICE = "good_practice", "Good practice"
    IMPROVEMENT = "improvement", "To improve"


class TrainingKind(Labelled):
    COURSE = "course", "Training course"
    BRIEFING = "briefing", "Briefing"
    WORKSHOP = "workshop", "Workshop"
    TALK = "talk", "Talk at a meeting or conference"
    ADVICE = "advice", "Advice session"


class VoiceSought(Labelled):
    SOUGHT = "sought", "Sought"
    NOT_SOUGHT = "not_sought", "Not sought"
    NOT_YET = "not_yet", "Not yet"


class ReportStatus(Labelled):
    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"


# The code of the shipped term, among the bodies that referrals go to.
DBS = "dbs"
# The code of the agency whose actions are our own.
LADO_SERVICE = "lado_service"
