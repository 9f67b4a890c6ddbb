"""What a record may lack, and where it may contradict itself (R-23): what the database cannot
refuse, since each part is possible alone. The report counts it, and whoever owns the record is
asked to mend it, by the same words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lado.rules.vocabulary import Labelled


class Found(Labelled):
    MISSING = "missing", "Missing"
    CONTRADICTORY = "contradictory", "Contradictory"


class Counted(Labelled):
    """The population of the report in which it is looked for."""

    CONSULTATIONS = "received", "consultations received in the period"
    ADULTS = "adults", "adults named in consultations received in the period"
    CASES = "overseen", "cases overseen in the period"
    CONCLUSIONS = "concluded", "conclusions in the period"
    DISCUSSIONS = "held", "strategy discussions held in the period"
    REFERRALS = "sent", "referrals sent in the period"
    CHILDREN = "children", "children described on cases overseen in the period"


class Mended(Labelled):
    """The page on which it is mended."""

    CONSULTATION = "consultation", "Consultation"
    PERSON = "person", "Person"
    CASE = "case", "Case"
    CASE_FACTS = "case_facts", "Facts of the case"
    ALLEGATION = "allegation", "Allegation"
    ALLEGATIONS = "allegations", "Allegations"
    CHILD = "child", "Child"
    CHILDREN = "children", "Children"
    STRANDS = "strands", "Strands and referrals"
    REFERRAL = "referral", "Referral"
    DISCUSSION = "discussion", "Strategy discussion"
    DISCUSSIONS = "discussions", "Strategy discussions"
    NOTICES = "notices", "Who was told"


# Of a concluded case these wait until it is opened again.
OF_OPEN_CASES = frozenset(
    {Mended.CASE_FACTS, Mended.ALLEGATION, Mended.ALLEGATIONS, Mended.CHILD, Mended.CHILDREN}
)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """`title` names what is missing or wrong; `words` say it to whoever mends it. It holds where
    all of `lacking` are empty; where `bounded` lies outside of `bounds`, both included; or else
    where the population has an attribute called as the fault is, and that is true."""

    id: str
    counted: Counted
    title: str
    words: str
    mended: Mended
    found: Found = Found.MISSING
    lacking: tuple[str, ...] = ()
    bounded: str = ""
    bounds: tuple[int, int] = (0, 0)

    @property
    def columns(self) -> tuple[str, ...]:
        return self.lacking or (self.bounded or self.id,)

    def holds(self, *values: Any) -> bool | None:
        """Of the values of its columns. None: it is not asked of this record."""
        if self.lacking:
            return all(value is None for value in values)
        (value,) = values
        if self.bounded:
            least, most = self.bounds
            return value is not None and not least <= value <= most
        return None if value is None else bool(value)


def _missing(
    ident: str,
    counted: Counted,
    mended: Mended,
    title: str,
    words: str,
    *lacking: str,
) -> Fault:
    return Fault(
        id=ident, counted=counted, title=title, words=words, mended=mended, lacking=lacking
    )


def _contradictory(
    ident: str,
    counted: Counted,
    mended: Mended,
    title: str,
    words: str,
) -> Fault:
    return Fault(
        id=ident,
        counted=counted,
        title=title,
        words=words,
        mended=mended,
        found=Found.CONTRADICTORY,
    )


C, M = Counted, Mended

MISSING = (
    _missing("no_aware_on", C.CONSULTATIONS, M.CONSULTATION, "Day the setting learned of it",
             "The day the setting learned of it is not recorded", "aware_on"),
    _missing("no_answered_on", C.CONSULTATIONS, M.CONSULTATION, "First answer, by the as-at date",
             "No first answer is recorded", "answered_on"),
    _missing("no_event_day", C.CONSULTATIONS, M.CONSULTATION, "When it happened",
             "No date of the event is recorded"),
    _missing("no_method", C.CONSULTATIONS, M.CONSULTATION, "How contact was made",
             "How contact was made is not recorded", "method"),
    _missing("no_agency", C.CONSULTATIONS, M.CONSULTATION, "Agency that made contact",
             "The agency that made contact is not recorded", "agency"),
    _missing("no_setting", C.CONSULTATIONS, M.CONSULTATION, "Setting",
             "Where it happened is not recorded", "setting"),
    _missing("no_role", C.CONSULTATIONS, M.CONSULTATION, "Role",
             "The role of the first adult is not recorded", "role"),
    _missing("no_context", C.CONSULTATIONS, M.CONSULTATION, "Context",
             "The context of the concern is not recorded", "context"),
    _missing("no_children", C.CONSULTATIONS, M.CONSULTATION, "Children",
             "Whether and how many children is not recorded"),
    _missing("no_age", C.ADULTS, M.PERSON, "Age of the adult",
             "The age of the adult is not recorded", "age"),
    _missing("no_sex", C.ADULTS, M.PERSON, "Sex of the adult",
             "The sex of the adult is not recorded", "sex"),
    _missing("no_case_context", C.CASES, M.ALLEGATION, "Context of the primary allegation",
             "The context of the primary allegation is not recorded", "context"),
    _missing("no_case_children", C.CASES, M.CASE_FACTS, "Children of the case",
             "Whether and how many children the case is about is not recorded", "children"),
    _missing("no_result", C.CASES, M.STRANDS, "Result of an agency’s enquiries",
             "Enquiries of an agency have ended, and no result is recorded"),
    _missing("no_purpose", C.DISCUSSIONS, M.DISCUSSION, "Purpose of the discussion",
             "The purpose of the strategy discussion is not recorded", "purpose"),
    _missing("no_basis", C.REFERRALS, M.REFERRAL, "Basis of the referral",
             "Whether the referral is the employer’s duty or the council’s power is not recorded",
             "basis"),
    _missing("no_child_age", C.CHILDREN, M.CHILD, "Age of the child",
             "The age of the child is not recorded", "age"),
    _missing("no_child_sex", C.CHILDREN, M.CHILD, "Sex of the child",
             "The sex of the child is not recorded", "sex"),
    _missing("no_care", C.CHILDREN, M.CHILD, "Whether the child is looked after",
             "Whether the child is looked after is not recorded", "looked_after"),
    _missing("no_outcome", C.CONCLUSIONS, M.ALLEGATIONS, "Outcome",
             "Neither an outcome nor a reason why none is needed is recorded",
             "rank", "closure_reason"),
    _missing("no_dbs", C.CONCLUSIONS, M.STRANDS, "Barring referral, where substantiated",
             "The case was substantiated, and it is not recorded that a referral to the DBS was "
             "considered"),
)  # fmt: skip
CONTRADICTORY = (
    _contradictory("learned_before_event", C.CONSULTATIONS, M.CONSULTATION,
                   "The setting learned of it before it happened",
                   "The setting learned of it before the day on which it happened"),
    _contradictory("event_after_contact", C.CONSULTATIONS, M.CONSULTATION,
                   "It went on after the contact about it",
                   "The last day on which it may have happened is after the contact about it"),
    _contradictory("decided_before_contact", C.CONSULTATIONS, M.CONSULTATION,
                   "Decided before it was received",
                   "A decision is dated before the day it was received"),
    _contradictory("children_differ", C.CONSULTATIONS, M.CONSULTATION,
                   "More children described than counted",
                   "More children are described than the number recorded"),
    Fault(id="age_unlikely", counted=C.ADULTS, mended=M.PERSON, found=Found.CONTRADICTORY,
          title="Age of the adult under 16 or over 100",
          words="The adult was under 16 or over 100 on the day of the contact",
          bounded="age", bounds=(16, 100)),
    _contradictory("opened_before_contact", C.CASES, M.CASE,
                   "Opened before the first consultation",
                   "The case was opened before its first consultation was received"),
    _contradictory("discussed_after_conclusion", C.CASES, M.DISCUSSIONS,
                   "Discussed after the conclusion",
                   "A strategy discussion is dated after the conclusion, and the case was not open "
                   "again"),
    _contradictory("case_children_differ", C.CASES, M.CHILDREN,
                   "More children on the case than counted",
                   "More children are on the case than the number recorded"),
    _contradictory("result_not_begun", C.CASES, M.STRANDS,
                   "A result of enquiries that did not start",
                   "Enquiries of an agency have not started, or do not apply, and have a result"),
    _contradictory("result_before_start", C.CASES, M.STRANDS,
                   "A result before the enquiries started",
                   "A result is dated before the enquiries that it came from started"),
    _contradictory("allegation_after_contact", C.CASES, M.ALLEGATIONS,
                   "An allegation after the contact that brought it",
                   "An allegation is dated after the contact that brought it"),
    _contradictory("told_before_outcome", C.CASES, M.NOTICES,
                   "Told of the outcome before there was one",
                   "Somebody was told of the outcome before the first outcome was decided"),
)  # fmt: skip
FAULTS = (*MISSING, *CONTRADICTORY)
BY_ID = {fault.id: fault for fault in FAULTS}


def looked_for_in(counted: str, found: Found | None = None) -> tuple[Fault, ...]:
    """Of one population."""
    return tuple(
        fault for fault in FAULTS if fault.counted == counted and found in (None, fault.found)
    )


def contradicts_itself(*values: Any) -> bool:
    """Of the values of all faults that are contradictions."""
    return any(values)


def columns_of(faults: Iterable[Fault]) -> tuple[str, ...]:
    return tuple(column for fault in faults for column in fault.columns)
