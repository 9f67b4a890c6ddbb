"""Puts the rows of the register straight into the tables, without the loader.

So that the figures are tested apart from the reading of spreadsheets.
"""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from lado.models import (
    Allegation,
    Case,
    CaseSpell,
    Consultation,
    ConsultationSubject,
    Decision,
    LearningPoint,
    OnwardReferral,
    Organisation,
    Outcome,
    Person,
    PersonName,
    Position,
    Strand,
    StrandResult,
    StrategyDiscussion,
    Term,
    subject_other_position,
)
from lado.rules.shipped_terms import SHIPPED_TERMS
from lado.rules.vocabulary import (
    CaseStatus,
    Children,
    ConsultationStatus,
    DiscussionStatus,
    Origin,
    ReferralDecision,
    StrandKind,
    TermGroup,
)
from lado.rules.words import outcome_from

REGISTER = Path(__file__).parent.parent / "data" / "wscb-register.csv"


def add_terms(session: Session) -> dict[tuple[TermGroup, str], int]:
    """By group and label."""
    found = {}
    for number, term in enumerate(SHIPPED_TERMS, start=1):
        session.add(
            Term(
                id=number,
                group=term.group,
                code=term.code,
                label=term.label,
                synonyms=list(term.synonyms),
                position=number,
                stage=term.stage,
                needs_outcome=term.needs_outcome,
                valid_from=term.valid_from,
                valid_to=term.valid_to,
            )
        )
        found[term.group, term.label] = number
    session.flush()
    return found


class RegisterRecords:
    def __init__(self, session: Session, copy: int = 0) -> None:
        self.copy = copy
        self.terms = _terms(session) or add_terms(session)
        self.rows: dict[Any, list[dict[str, Any]]] = {}
        self.cases: dict[str, int] = {}
        self.base = copy * 100_000
        with REGISTER.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=self.base + 1):
                self._row(number, row)
        for table in ORDER:
            if table in self.rows:
                session.execute(insert(table), self.rows[table])
        if session.get_bind().dialect.name == "postgresql":
            self._move_on_sequences(session)

    def _move_on_sequences(self, session: Session) -> None:
        """The rows came with their ids, so PostgreSQL has not counted them."""
        for table in ORDER:
            name = getattr(table, "__tablename__", "")
            if name:
                sequence = func.pg_get_serial_sequence(f'"{name}"', "id")
                session.execute(select(func.setval(sequence, self.base + 1_000_000)))

    def _term(self, group: TermGroup, label: str) -> int | None:
        return self.terms[group, label] if label else None

    def _add(self, table: Any, **values: Any) -> int:
        rows = self.rows.setdefault(table, [])
        number = self.base + len(rows) + 1
        rows.append({"id": number} | values)
        return number

    def _row(self, number: int, row: dict[str, str]) -> None:
        received = _date(row["Date received"])
        assert received is not None
        person = self._person(row)
        setting, position = self._position(person, row["Role"], row["Setting"], row["Sector"])
        self._add(
            Consultation,
            reference=f"C-{number}",
            imported_reference=f"{self.copy}/{row['Contact ref']}",
            origin=Origin.REGISTER,
            public_id=f"c{number}",
            status=ConsultationStatus.DECIDED if row["Decision"] else ConsultationStatus.OPEN,
            received_on=received,
            aware_on=_date(row["Date setting aware"]),
            referrer_agency_id=self._term(TermGroup.AGENCY, row["Referrer agency"]),
        )
        institutional = row["Institutional"] == "Yes"
        case_id, opened = self._case(row, received, person, setting, position, institutional)
        subject = self._add(
            ConsultationSubject,
            consultation_id=number,
            number=1,
            person_id=person,
            position_id=position,
            organisation_id=setting if institutional else None,
            category_id=self._term(TermGroup.CATEGORY, row["Concern category"]),
            context_id=self._term(TermGroup.CONTEXT, row["Context"]),
            case_id=case_id,
            opened_case=opened,
        )
        for role, place, sector in _other_roles(row["Other roles"]):
            _, other = self._position(person, role, place, sector)
            self.rows.setdefault(subject_other_position, []).append(
                {"subject_id": subject, "position_id": other}
            )
        if row["Decision"]:
            self._add(
                Decision,
                subject_id=subject,
                number=1,
                origin=Origin.REGISTER,
                term_id=self._term(TermGroup.DECISION, row["Decision"]),
                decided_on=_date(row["Decision date"]),
            )

    def _person(self, row: dict[str, str]) -> int | None:
        if not row["Surname"]:
            return None
        person = self._add(
            Person,
            origin=Origin.REGISTER,
            public_id=f"p{self.base + len(self.rows.get(Person, []))}",
        )
        self._add(
            PersonName,
            person_id=person,
            surname=row["Surname"],
            forename=row["Forename"],
            folded=row["Surname"].lower(),
        )
        return person

    def _position(
        self, person: int | None, role: str, setting: str, sector: str
    ) -> tuple[int, int]:
        sector_id = self._term(TermGroup.SECTOR, sector)
        organisation = self._add(
            Organisation,
            origin=Origin.REGISTER,
            public_id=f"o{self.base + len(self.rows.get(Organisation, []))}",
            name=setting or "Not stated",
            folded=setting.lower(),
            sector_id=sector_id,
        )
        position = self._add(
            Position,
            origin=Origin.REGISTER,
            person_id=person,
            organisation_id=organisation,
            sector_id=sector_id,
        )
        return organisation, position

    def _case(
        self,
        row: dict[str, str],
        received: date,
        person: int | None,
        setting: int,
        position: int,
        institutional: bool,
    ) -> tuple[int | None, bool]:
        reference = row["Case ref"]
        if not reference:
            return None, False
        if reference in self.cases:
            return self.cases[reference], False
        concluded = _date(row["Date concluded"])
        children = row["Children"]
        case = self._add(
            Case,
            origin=Origin.REGISTER,
            public_id=f"k{self.base + len(self.cases)}",
            reference=f"PT-{self.base + len(self.cases)}",
            imported_reference=f"{self.copy}/{reference}",
            status=CaseStatus.CONCLUDED if concluded else CaseStatus.OPEN,
            person_id=person,
            organisation_id=setting if institutional else None,
            position_id=position,
            received_on=received,
            children=_children(children),
            children_count=int(children) if children.isdigit() else None,
        )
        self.cases[reference] = case
        self._parts(case, row, concluded)
        return case, True

    def _parts(self, case: int, row: dict[str, str], concluded: date | None) -> None:
        self._add(
            CaseSpell,
            origin=Origin.REGISTER,
            case_id=case,
            number=1,
            opened_on=_date(row["Decision date"]),
            concluded_on=concluded,
        )
        allegation = self._add(
            Allegation,
            origin=Origin.REGISTER,
            case_id=case,
            number=1,
            is_primary=True,
            category_id=self._term(TermGroup.CATEGORY, row["Concern category"]),
            non_recent=row["Historical"] == "Yes",
        )
        if row["Outcome"]:
            code = outcome_from(row["Outcome"])
            self._add(
                Outcome,
                origin=Origin.REGISTER,
                allegation_id=allegation,
                number=1,
                outcome=code,
                decided_on=concluded,
            )
        for number, held in enumerate(_split(row["Strategy discussion dates"]), start=1):
            self._add(
                StrategyDiscussion,
                origin=Origin.REGISTER,
                case_id=case,
                number=number,
                status=DiscussionStatus.HELD,
                held_on=_date(held),
            )
        self._results(case, row)

    def _results(self, case: int, row: dict[str, str]) -> None:
        for kind, group, heading in (
            (StrandKind.EMPLOYER, TermGroup.EMPLOYER_OUTCOME, "Employer outcome"),
            (StrandKind.POLICE, TermGroup.POLICE_OUTCOME, "Police outcome"),
        ):
            if row[heading]:
                strand = self._add(Strand, origin=Origin.REGISTER, case_id=case, kind=kind)
                self._add(
                    StrandResult,
                    origin=Origin.REGISTER,
                    strand_id=strand,
                    number=1,
                    term_id=self._term(group, row[heading]),
                )
        if row["DBS referral date"]:
            self._add(
                OnwardReferral,
                origin=Origin.REGISTER,
                case_id=case,
                number=1,
                body_id=self._term(TermGroup.REFERRAL_BODY, "Disclosure and Barring Service"),
                decision=ReferralDecision.REFER,
                referred_on=_date(row["DBS referral date"]),
            )
        for number, theme in enumerate(_split(row["Learning theme"]), start=1):
            self._add(
                LearningPoint,
                origin=Origin.REGISTER,
                case_id=case,
                number=number,
                theme_id=self._term(TermGroup.LEARNING_THEME, theme),
            )


ORDER = (
    Person,
    PersonName,
    Organisation,
    Position,
    Consultation,
    Case,
    ConsultationSubject,
    subject_other_position,
    Decision,
    CaseSpell,
    Allegation,
    Outcome,
    StrategyDiscussion,
    Strand,
    StrandResult,
    OnwardReferral,
    LearningPoint,
)


def _terms(session: Session) -> dict[tuple[TermGroup, str], int]:
    return {(term.group, term.label): term.id for term in session.query(Term)}


def _date(text: str) -> date | None:
    return datetime.strptime(text, "%d/%m/%Y").date() if text else None  # noqa: DTZ007


def _split(text: str) -> list[str]:
    return [part for part in text.split("; ") if part]


def _children(text: str) -> Children | None:
    if text == "None identified":
        return Children.NONE_IDENTIFIED
    return Children.COUNTED if text.isdigit() else Children.MULTIPLE if text else None


def _other_roles(text: str) -> Iterator[tuple[str, str, str]]:
    for part in _split(text):
        role, rest = part.split(" @ ")
        place, sector = rest.rstrip("]").split(" [")
        yield role, place, sector
