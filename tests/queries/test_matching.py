"""Who of those on record may be meant, and what is held about them."""

from datetime import date

from lado.extensions import db
from lado.queries import held, matching
from lado.rules.matching import Called, Identity
from lado.rules.vocabulary import Sameness
from lado.services.restriction import restrict
from lado.services.same_person import judge
from tests.contacts import adult, decide, log, position
from tests.factories import make_organisation, make_person
from tests.support.matching_quality import OnRecord, people
from tests.support.slips import Asked
from tests.support.statements import statements

BORN = date(1980, 5, 3)


def found(user, surname, forename="", born=None, places=()):
    asked = Identity([Called(surname, forename)], born, places=places)
    return [each.person for each in matching.find(user, asked)]


def test_the_database_finds_whom_the_rules_find(cast):
    """The same as the rules alone find in memory; so what is measured there holds here."""
    some = people(half=1)[:60]
    on_record = [
        make_person(
            surname=who.surname, forename=who.forename, date_of_birth=who.born, by=cast.lado
        )
        for who in some
    ]
    in_memory = OnRecord(some)
    for who in [*some[:8], Asked(some[9].forename, some[9].surname, None)]:
        asked = Identity([Called(who.surname, who.forename)], who.born)
        there = [(each.person.id, each.match) for each in matching.find(cast.lado, asked)]
        assert there == [(on_record[n].id, match) for n, match in in_memory.find(who)]
        assert there


def test_best_first_and_at_most_ten(cast):
    exact = make_person(surname="Smith", forename="Jonathan", date_of_birth=BORN, by=cast.lado)
    for _ in range(12):
        make_person(surname="Smith", forename="Jonathan", date_of_birth=None, by=cast.lado)
    there = found(cast.lado, "Smyth", "Jon", BORN)
    assert there[0] is exact
    assert len(there) == 10


def test_where_somebody_works_is_looked_at_too(cast):
    school = make_organisation("Sample School")
    teacher = make_person(surname="Unheard", forename="Wren", by=cast.lado)
    log(cast.lado, adult(teacher, position=position(organisation=school)))
    assert found(cast.lado, "", "Wren", places={"sample school"}) == [teacher]
    assert found(cast.lado, "", "Wren", places={"another school"}) == []


def test_who_is_restricted_is_not_found_and_linked_records_come_once(cast):
    one = make_person(surname="Smith", forename="Ann", date_of_birth=BORN, by=cast.lado)
    two = make_person(surname="Smith", forename="Anne", date_of_birth=BORN, by=cast.lado)
    assert set(found(cast.lado, "Smith", "Ann", BORN)) == {one, two}
    judge(one, two, sameness=Sameness.SAME, reason="Seen", version=one.version, by=cast.lado)
    assert found(cast.lado, "Smith", "Ann", BORN) == [one]
    restrict(one, to=[cast.manager], version=one.version, by=cast.manager)
    assert found(cast.lado, "Smith", "Ann", BORN) == [two]
    restrict(two, to=[cast.manager], version=two.version, by=cast.manager)
    assert found(cast.lado, "Smith", "Ann", BORN) == []
    assert found(None, "Smith", "Ann", BORN) == [one]


def test_what_is_held_spans_every_record_of_the_person_that_may_be_seen(cast):
    one = make_person(surname="Smith", by=cast.lado)
    two = make_person(surname="Smythe", by=cast.lado)
    first = log(cast.lado, adult(one), received_on=date(2026, 2, 1))
    second = log(cast.manager, adult(two), received_on=date(2026, 3, 1))
    decide(second.subjects[0], cast.lado, "Progress to strategy discussion")
    judge(one, two, sameness=Sameness.SAME, reason="Seen", version=one.version, by=cast.lado)
    mine = held.held(cast.lado, [one])[one.id]
    assert [each.reference for each in mine.contacts] == [second.reference, first.reference]
    assert [each.decision for each in mine.contacts] == ["Progress to strategy discussion", None]
    assert mine.cases == [second.subjects[0].case]
    assert {each.person_id for each in mine.positions} == {one.id, two.id}
    assert held.contact_refs([two]) == {two.id: [first.reference, second.reference]}
    restrict(second, to=[cast.manager], version=second.version, by=cast.manager)
    again = held.held(cast.lado, [one])[one.id]
    assert [each.reference for each in again.contacts] == [first.reference]


def test_the_number_of_statements_does_not_grow_with_what_is_found(cast):
    def number(surname):
        db.session.expire_all()
        with statements() as seen:
            held.held(cast.lado, found(cast.lado, surname))
        return len(seen)

    make_person(surname="Single", forename="", by=cast.lado)
    for _ in range(6):
        log(cast.lado, adult(make_person(surname="Several", forename="", by=cast.lado)))
    assert number("Single") == number("Several")
