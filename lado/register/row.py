"""One row of a register, read and found right."""

from dataclasses import dataclass
from datetime import date

from lado.register.words import Ending, Word
from lado.rules.vocabulary import Children, DecisionStage, Sex


@dataclass(frozen=True, slots=True)
class OtherRole:
    role: Word | None
    setting: str | None
    sector: Word


@dataclass(slots=True)
class Row:
    """Its fields follow `columns.COLUMNS`. `joins`: an earlier row, or an earlier load, opened
    its case."""

    number: int
    contact_ref: str
    received_on: date
    aware_on: date | None
    contact_method: Word | None
    taken_by: str | None
    referrer_name: str | None
    referrer_role: str | None
    referrer_agency: Word | None
    surname: str | None
    forename: str | None
    date_of_birth: date | None
    sex: Sex | None
    role: Word | None
    setting: str | None
    sector: Word
    other_roles: tuple[OtherRole, ...] | None
    category: Word
    context: Word | None
    historical: bool | None
    institutional: bool | None
    children: tuple[Children, int | None] | None
    summary: str | None
    advice: str | None
    decision: Word | None
    decided_on: date | None
    case_ref: str | None
    discussions: tuple[date, ...] | None
    ending: Ending | None
    concluded_on: date | None
    employer_outcome: Word | None
    police_outcome: Word | None
    dbs_referred_on: date | None
    learning_themes: tuple[Word, ...] | None
    joins: bool = False

    @property
    def progresses(self) -> bool:
        return self.decision is not None and self.decision.stage is DecisionStage.PROGRESS
