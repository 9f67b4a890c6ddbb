"""What the chronology of a case is made of."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from lado.rules.vocabulary import Labelled

LAST = datetime.max.replace(tzinfo=UTC)


class Kind(Labelled):
    CONSULTATION = "consultation", "Consultations and decisions"
    INCIDENT = "incident", "When it is said to have happened"
    CASE = "case", "Opened, restricted, concluded, reopened"
    DISCUSSION = "discussion", "Meetings"
    OUTCOME = "outcome", "Outcomes of allegations"
    STRAND = "strand", "Police, social care, employer"
    REFERRAL = "referral", "Onward referrals"
    MEASURE = "safety_measure", "Safety measures"
    NOTICE = "notice", "Who was told"
    CHILD = "child", "What children say"
    ACTION = "action", "Actions"
    DELAY = "delay", "Delay and chasing"
    LINK = "link", "Matters and other authorities"
    NOTE = "note", "Notes"
    DOCUMENT = "document", "Documents"


@dataclass(frozen=True)
class Entry:
    """`consultation` is a public id, `discussion` a number: where there is more to read. `at` is
    when it was recorded, which orders what happened on one day."""

    day: date
    kind: Kind
    title: str
    at: datetime = LAST
    text: str | None = None
    by: str | None = None
    consultation: str | None = None
    discussion: int | None = None
