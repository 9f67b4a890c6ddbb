from datetime import date, timedelta
from itertools import count

from lado.register.people import MOST_BORN_ON_A_DAY, Adult, People
from lado.rules.folding import fold
from lado.rules.vocabulary import Sex

BORN = date(1980, 4, 3)
_ids = count(1)


def adult(people, surname, forename, born, *, row=0, on_record=False, sex=None):
    name = fold(f"{surname} {forename}")
    each = Adult(next(_ids), name, born, sex, on_record, [row] if row else [])
    people.add(surname, forename, each)
    return each


def found(people):
    return [
        (each.rows, each.on_record, each.reason.split(",")[0]) for each in people.possible_same()
    ]


def test_somebody_is_found_when_all_three_agree_however_they_are_spelled():
    people = People()
    known = adult(people, "O'Brien", "Zoë", BORN)
    assert people.find("OBRIEN", "zoe", BORN, None) is known


def test_nobody_is_found_when_one_of_the_three_is_missing_or_differs():
    people = People()
    adult(people, "Madeup", "Imogen", BORN)
    adult(people, "Undated", "Una", None)
    adult(people, "Alone", "", BORN)
    assert people.find("Madeup", "Imogen", None, None) is None
    assert people.find("Madeup", "Imogen", BORN + timedelta(days=1), None) is None
    assert people.find("Madeup", "Imo", BORN, None) is None
    assert people.find("Undated", "Una", None, None) is None
    assert people.find("Alone", "", BORN, None) is None


def test_a_sex_that_contradicts_makes_another_person():
    people = People()
    known = adult(people, "Madeup", "Sam", BORN, sex=Sex.MALE)
    assert people.find("Madeup", "Sam", BORN, None) is known
    assert people.find("Madeup", "Sam", BORN, Sex.MALE) is known
    assert people.find("Madeup", "Sam", BORN, Sex.FEMALE) is None


def test_the_same_name_with_another_or_no_date_of_birth_may_be_the_same_person():
    people = People()
    adult(people, "Madeup", "Imogen", BORN, row=2)
    adult(people, "MADEUP", "imogen", None, row=5)
    adult(people, "Madeup", "Imogen", BORN + timedelta(days=1), row=9)
    assert found(people) == [((2, 5, 9), False, "the same name")]


def test_a_similar_name_with_the_same_date_of_birth_may_be_the_same_person():
    people = People()
    adult(people, "Madeupp", "Imogen", BORN, row=2)
    adult(people, "Madeup", "Imogen", BORN, row=5)
    adult(people, "Imogen", "Madeup", BORN, row=6)
    adult(people, "Quite", "Different", BORN, row=9)
    assert ((2, 5), False, "the same date of birth and a similar name") in found(people)
    assert ((5, 6), False, "the same date of birth and a similar name") in found(people)
    assert all(9 not in rows for rows, _, _ in found(people))


def test_somebody_on_record_is_said_to_be_there():
    people = People()
    adult(people, "Madeup", "Imogen", BORN, on_record=True)
    adult(people, "Madeup", "Imogen", None, row=5)
    assert found(people) == [((5,), True, "the same name")]


def test_people_on_record_alone_are_no_news():
    people = People()
    adult(people, "Madeup", "Imogen", BORN, on_record=True)
    adult(people, "Madeup", "Imogen", None, on_record=True)
    assert found(people) == []


def test_a_date_that_stands_for_not_known_costs_nothing():
    people = People()
    for number in range(MOST_BORN_ON_A_DAY + 1):
        adult(people, f"Number{number:05}", "Imogen", date(1900, 1, 1), row=number + 2)
    assert found(people) == []
