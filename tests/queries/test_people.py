from datetime import date

import pytest

from lado.queries import people
from lado.queries.keyset import FIRST_PAGE, Cursor
from lado.queries.paging import count
from lado.rules.vocabulary import NameKind
from lado.services import person as services
from lado.services.person import PersonDetails
from lado.services.restriction import restrict


@pytest.fixture
def everybody(cast):
    zoe = services.add(
        details=PersonDetails("O'Brien-Łuka", "Zoë", date_of_birth=date(1980, 2, 3)), by=cast.lado
    )
    services.add_name(
        zoe, kind=NameKind.FORMER, surname="Maiden", forename="Zoë", version=zoe.version,
        by=cast.lado,
    )  # fmt: skip
    return {"zoe": zoe, "obi": services.add(details=PersonDetails("Obi", "Zo"), by=cast.lado)}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("OBRIEN", {"zoe"}),
        ("zoe o'brien luka", {"zoe"}),
        ("Łuka", {"zoe"}),
        ("luk zo", {"zoe"}),
        ("maiden", {"zoe"}),
        ("zo", {"zoe", "obi"}),
        ("uka", set()),
        ("%", {"zoe", "obi"}),
        ("o_", {"zoe", "obi"}),
        ("nobody", set()),
    ],
)
def test_a_search_finds_the_start_of_any_word_of_any_name(cast, everybody, name, found):
    got = people.search(cast.lado, name, None)
    assert {key for key, person in everybody.items() if person in got} == found


def test_a_date_of_birth_narrows_or_stands_alone(cast, everybody):
    assert people.search(cast.lado, "", date(1980, 2, 3)) == [everybody["zoe"]]
    assert people.search(cast.lado, "obi", date(1980, 2, 3)) == []


def test_a_restricted_person_is_in_no_search_list_or_count(cast, everybody):
    zoe = everybody["zoe"]
    restrict(zoe, to=[cast.manager], version=zoe.version, by=cast.lado)
    assert people.search(cast.other_lado, "obrien", None) == []
    assert people.page_of_list(cast.other_lado, FIRST_PAGE).items == [everybody["obi"]]
    assert count(people.by_name(cast.other_lado)) == 1
    assert count(people.by_name(cast.lado)) == 2


def test_nobody_finds_themselves(cast, everybody):
    cast.other_lado.person_id = everybody["zoe"].id
    assert people.search(cast.other_lado, "obrien", None) == []


def test_a_cursor_that_names_nobody_one_may_know_of_begins_at_the_first(cast, everybody):
    zoe = everybody["zoe"]
    restrict(zoe, to=[cast.manager], version=zoe.version, by=cast.lado)
    first = people.page_of_list(cast.other_lado, FIRST_PAGE)
    for name in (zoe.public_id, "no such", "'"):
        assert people.page_of_list(cast.other_lado, Cursor(after=name)) == first
        assert people.page_of_list(cast.other_lado, Cursor(before=name)) == first
