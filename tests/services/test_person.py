from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from lado.errors import Conflict, Invalid, NotFound, Refused
from lado.extensions import db
from lado.models import AuditEvent, Person, PersonName
from lado.rules.folding import fold
from lado.rules.vocabulary import NameKind, Sex
from lado.services import person as people
from lado.services.person import PersonDetails


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(date(2026, 3, 1), tick=False):
        yield


@pytest.fixture
def wren(cast):
    return people.add(details=PersonDetails("Exampleton", "Wren"), by=cast.lado)


def last_event():
    return db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()


def test_a_person_is_added_with_a_folded_name(cast):
    person = people.add(
        details=PersonDetails("O’Brien-Łuka", "Zoë", date_of_birth=date(1980, 2, 3)), by=cast.lado
    )
    assert person.name.folded == "obrien luka zoe"
    assert (last_event().action, last_event().record) == ("person.added", person.public_id)


def test_a_name_of_letters_that_fold_into_many_is_kept_and_found(cast):
    long = people.add(details=PersonDetails("ﷺ" * 100, "ß" * 100), by=cast.lado)
    db.session.refresh(long)
    same = select(PersonName.person_id).where(PersonName.folded == fold(f"{'ﷺ' * 100} x"))
    assert db.session.scalars(same).all() == [long.id]


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (PersonDetails("—"), "surname"),
        (PersonDetails("A", date_of_birth=date(2016, 3, 2)), "date_of_birth"),
        (PersonDetails("A", date_of_birth=date(1906, 2, 28)), "date_of_birth"),
        (PersonDetails("A", stated_age=30), "age_stated_on"),
        (PersonDetails("A", age_stated_on=date(2026, 1, 1)), "age_stated_on"),
        (
            PersonDetails("A", date_of_birth=date(1980, 1, 1), stated_age=46,
                          age_stated_on=date(2026, 1, 1)),
            "stated_age",
        ),
    ],
)  # fmt: skip
def test_impossible_details_are_refused(cast, details, field):
    with pytest.raises(Invalid) as invalid:
        people.add(details=details, by=cast.lado)
    assert field in invalid.value.messages
    assert db.session.scalar(select(Person)) is None


@pytest.mark.parametrize("born", [date(2016, 3, 1), date(1906, 3, 1)])
def test_the_youngest_and_the_oldest_are_possible(cast, born):
    assert people.add(details=PersonDetails("A", date_of_birth=born), by=cast.lado).id


def test_a_change_names_its_fields_and_counts_the_version(cast, wren):
    version = wren.version
    people.change(
        wren, details=PersonDetails("Exampleton", "Wrenna", sex=Sex.FEMALE), version=version,
        by=cast.lado,
    )  # fmt: skip
    assert wren.version == version + 1
    assert wren.name.folded == "exampleton wrenna"
    assert last_event().detail == {"fields": ["forename", "sex"]}
    with pytest.raises(Conflict):
        people.change(wren, details=PersonDetails("Late"), version=version, by=cast.lado)


def test_a_new_current_name_makes_the_old_one_former(cast, wren):
    people.add_name(
        wren, kind=NameKind.CURRENT, surname="Sampleford", forename="Wren",
        version=wren.version, by=cast.lado,
    )  # fmt: skip
    assert {(name.kind, name.surname) for name in wren.names} == {
        (NameKind.CURRENT, "Sampleford"),
        (NameKind.FORMER, "Exampleton"),
    }


def test_the_same_name_twice_is_refused(cast, wren):
    people.add_name(wren, kind=NameKind.KNOWN_AS, surname="Jay", version=wren.version, by=cast.lado)
    with pytest.raises(Invalid):
        people.add_name(
            wren, kind=NameKind.KNOWN_AS, surname="JAY", version=wren.version, by=cast.lado
        )


def test_a_mistaken_name_is_removed_but_never_the_current_one(cast, wren):
    people.add_name(wren, kind=NameKind.FORMER, surname="Jay", version=wren.version, by=cast.lado)
    with pytest.raises(Refused):
        people.remove_name(wren, number=1, version=wren.version, by=cast.lado)
    with pytest.raises(NotFound):
        people.remove_name(wren, number=3, version=wren.version, by=cast.lado)
    people.remove_name(wren, number=2, version=wren.version, by=cast.lado)
    assert [name.surname for name in wren.names] == ["Exampleton"]


def test_a_search_is_noted_without_what_was_asked(cast):
    people.searched(found=3, by=cast.lado)
    event = last_event()
    assert (event.action, event.record, event.detail) == ("person.searched", None, {"found": 3})
