"""Where each row of a register lands: the records of every table, made in memory."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from lado.models import (
    Case,
    Consultation,
    ConsultationSubject,
    Decision,
    Organisation,
    OrganisationWord,
    Person,
    PersonKey,
    PersonName,
    Position,
    subject_other_position,
)
from lado.register.case_landing import land_case
from lado.register.people import Adult, People
from lado.register.records import Ids, Record, Records, public_id, table_of
from lado.register.row import OtherRole, Row
from lado.register.words import Word
from lado.rules.folding import fold, words
from lado.rules.names import keys_kept
from lado.rules.vocabulary import ConsultationStatus, NameKind, Sex

PositionKey = tuple[int | None, int | None, int | None, int]
References = Callable[[str, int, int], Iterator[str]]
LONGEST_FOLDED = 210


@dataclass
class OnRecord:
    """What is there before: people, organisations by folded name, positions that go on, cases by
    the reference a register knows them by, users by folded name."""

    people: People = field(default_factory=People)
    organisations: dict[str, int] = field(default_factory=dict)
    positions: dict[PositionKey, int] = field(default_factory=dict)
    cases: Mapping[str, int] = field(default_factory=dict)
    users: Mapping[str, int] = field(default_factory=dict)


class Landing:
    """`land` the rows, then save `records`, and what they change of what was on record: `sexes`
    of people without one, and `received`, the earlier first contact of a case."""

    def __init__(
        self,
        on_record: OnRecord,
        *,
        ids: Ids,
        references: References,
        dbs: Word,
        now: datetime,
        register_import_id: int,
    ) -> None:
        self.records = Records(ids, now)
        self.people = on_record.people
        self.sexes: dict[int, Sex] = {}
        self.received: dict[int, date] = {}
        self.joined_people = 0
        self.joined_cases = 0
        self._organisations = on_record.organisations
        self._organisation_of: dict[str, int] = {}
        self._positions = on_record.positions
        self._cases = dict(on_record.cases)
        self._users = on_record.users
        self._references = references
        self._dbs = dbs
        self._register_import_id = register_import_id
        self._new_people: dict[int, Record] = {}
        self._new_cases: dict[int, Record] = {}

    def land(self, rows: Iterable[Row]) -> None:
        rows = list(rows)
        opened = [row.decided_on for row in rows if row.case_ref and not row.joins]
        contacts = self._reserve("C", (row.received_on for row in rows))
        cases = self._reserve("PT", (day for day in opened if day))
        for row in rows:
            self._land(row, contacts, cases)

    def _reserve(self, kind: str, days: Iterable[date]) -> dict[int, Iterator[str]]:
        return {
            year: self._references(kind, year, count)
            for year, count in Counter(day.year for day in days).items()
        }

    def _land(
        self, row: Row, contacts: dict[int, Iterator[str]], cases: dict[int, Iterator[str]]
    ) -> None:
        setting_id = self._organisation(row.setting, row.sector)
        adult = self._adult(row)
        person_id = adult.id if adult else None
        position_id = self._position(person_id, row.role, setting_id, row.sector)
        about_id = setting_id if row.institutional else None
        if row.case_ref and row.joins:
            self._join(self._cases[row.case_ref], row.received_on)
        elif row.case_ref and row.decided_on:
            case_id = self._cases[row.case_ref] = land_case(
                self.records,
                row,
                reference=next(cases[row.decided_on.year]),
                person_id=person_id,
                position_id=position_id,
                organisation_id=about_id,
                dbs=self._dbs,
            )
            self._new_cases[case_id] = self.records.rows[table_of(Case)][-1]
        consultation_id = self._consultation(row, next(contacts[row.received_on.year]), setting_id)
        subject_id = self._subject(row, consultation_id, person_id, position_id, about_id)
        if row.other_roles:
            self._other_positions(subject_id, person_id, row.other_roles)
        if row.decision:
            self._decision(row, subject_id, row.decision)

    def _join(self, case_id: int, received_on: date) -> None:
        """A case counts from its earliest contact."""
        self.joined_cases += 1
        if new := self._new_cases.get(case_id):
            new["received_on"] = min(new["received_on"], received_on)
        else:
            self.received[case_id] = min(self.received.get(case_id, received_on), received_on)

    def _consultation(self, row: Row, reference: str, setting_id: int | None) -> int:
        children, count = row.children or (None, None)
        taker = self._users.get(fold(row.taken_by)) if row.taken_by else None
        return self.records.add(
            Consultation,
            public_id=public_id(),
            reference=reference,
            imported_reference=row.contact_ref,
            register_import_id=self._register_import_id,
            status=ConsultationStatus.DECIDED if row.decision else ConsultationStatus.OPEN,
            received_on=row.received_on,
            aware_on=row.aware_on,
            contact_method_id=row.contact_method.id if row.contact_method else None,
            taken_by_id=taker,
            taken_by_text=None if taker else row.taken_by,
            referrer_name=row.referrer_name,
            referrer_role=row.referrer_role,
            referrer_agency_id=row.referrer_agency.id if row.referrer_agency else None,
            setting_id=setting_id,
            children=children,
            children_count=count,
            summary=row.summary,
            interim_advice=None if row.decision else row.advice,
        )

    def _subject(
        self,
        row: Row,
        consultation_id: int,
        person_id: int | None,
        position_id: int,
        about_id: int | None,
    ) -> int:
        return self.records.add(
            ConsultationSubject,
            consultation_id=consultation_id,
            number=1,
            person_id=person_id,
            organisation_id=about_id,
            position_id=position_id,
            category_id=row.category.id,
            context_id=row.context.id if row.context else None,
            non_recent=row.historical,
            case_id=self._cases[row.case_ref] if row.case_ref else None,
            opened_case=row.case_ref is not None and not row.joins,
        )

    def _decision(self, row: Row, subject_id: int, decision: Word) -> None:
        self.records.add(
            Decision,
            subject_id=subject_id,
            number=1,
            term_id=decision.id,
            advice=row.advice,
            decided_on=row.decided_on,
        )

    def _organisation(self, name: str | None, sector: Word) -> int | None:
        if name is None:
            return None
        known = self._organisation_of.get(name)
        if known is None:
            folded = fold(name)[:LONGEST_FOLDED]
            known = self._organisations.get(folded)
            if known is None:
                known = self._organisations[folded] = self.records.add(
                    Organisation,
                    public_id=public_id(),
                    name=name,
                    folded=folded,
                    sector_id=sector.id,
                )
                self.records.rows[table_of(OrganisationWord)] += [
                    {"word": word, "organisation_id": known} for word in sorted(words(name))
                ]
            self._organisation_of[name] = known
        return known

    def _adult(self, row: Row) -> Adult | None:
        if row.surname is None:
            return None
        forename = row.forename or ""
        adult = self.people.find(row.surname, forename, row.date_of_birth, row.sex)
        if adult is None:
            adult = self._new_adult(row, row.surname, forename)
        else:
            self.joined_people += 1
            if adult.sex is None and row.sex:
                self._learn_sex(adult, row.sex)
        adult.rows.append(row.number)
        return adult

    def _new_adult(self, row: Row, surname: str, forename: str) -> Adult:
        person_id = self.records.add(
            Person, public_id=public_id(), date_of_birth=row.date_of_birth, sex=row.sex
        )
        self._new_people[person_id] = self.records.rows[table_of(Person)][-1]
        folded = f"{self.people.fold(surname)} {self.people.fold(forename)}".strip()
        self.records.add(
            PersonName,
            person_id=person_id,
            kind=NameKind.CURRENT,
            surname=surname,
            forename=forename,
            folded=folded[:LONGEST_FOLDED],
        )
        self.records.rows[table_of(PersonKey)] += [
            {"key": key, "person_id": person_id}
            for key in keys_kept(surname, forename, row.date_of_birth)
        ]
        adult = Adult(person_id, folded, row.date_of_birth, row.sex, on_record=False)
        self.people.add(surname, forename, adult)
        return adult

    def _learn_sex(self, adult: Adult, sex: Sex) -> None:
        adult.sex = sex
        if adult.on_record:
            self.sexes[adult.id] = sex
        else:
            self._new_people[adult.id]["sex"] = sex

    def _position(
        self, person_id: int | None, role: Word | None, setting_id: int | None, sector: Word
    ) -> int:
        """One for each person, role, organisation and sector; an unnamed adult has their own."""
        role_id = role.id if role else None
        key = (person_id, role_id, setting_id, sector.id)
        known = self._positions.get(key) if person_id is not None else None
        if known is None:
            known = self._positions[key] = self.records.add(
                Position,
                person_id=person_id,
                role_id=role_id,
                organisation_id=setting_id,
                sector_id=sector.id,
            )
        return known

    def _other_positions(
        self, subject_id: int, person_id: int | None, roles: Iterable[OtherRole]
    ) -> None:
        positions = [
            self._position(
                person_id, each.role, self._organisation(each.setting, each.sector), each.sector
            )
            for each in roles
        ]
        self.records.rows[subject_other_position] += [
            {"subject_id": subject_id, "position_id": position_id}
            for position_id in dict.fromkeys(positions)
        ]
