import random

import pytest

from lado.rules.near_names import Known, pairs

PLACES = ["Oak", "Ash", "Fable", "Mockridge", "Testwell", "Sample", "Invented", "Example"]
SAINTS = ["St Mary", "St Peter", "Holy Cross", "All Saints", "Christ Church"]
ENDINGS = ["Primary School", "Academy", "Nursery", "Infant School", "Day Care"]


def found(*known: Known) -> list[tuple[int, int, str]]:
    return [(pair.first, pair.second, pair.why) for pair in pairs(known)]


def test_a_slip_another_order_and_one_place_are_near():
    oak = Known(1, "oak tree primary school", 4, "ZZ1 1AA", ("schools", "900001"))
    name, place = "Nearly the same name", "Same postcode, and a name that is alike"
    assert found(oak, Known(2, "oak tre primary school", 4)) == [(1, 2, name)]
    assert found(oak, Known(2, "primary school oak tree")) == [(1, 2, name)]
    assert found(oak, Known(2, "oak tree day nursery", 1, "ZZ1 1AA")) == [(1, 2, place)]
    assert found(oak, Known(2, "oak tree day nursery")) == []
    assert found(oak, Known(2, "riverside boats", 4, "ZZ1 1AA")) == []


def test_two_of_one_list_are_two():
    one = Known(1, "oak school", number=("schools", "900001"))
    assert found(one, Known(2, "oak school", number=("schools", "900002"))) == []
    assert found(one, Known(2, "oak", number=("ofsted", "900001"))) == [
        (1, 2, "Same number in two lists")
    ]


def test_among_many_names_each_that_was_mistyped_is_found():
    """A letter left out, two that changed places, or words in another order."""
    dice = random.Random(7)
    names = {
        f"{p.lower()} {s.lower()} {e.lower()}" for p in PLACES for s in SAINTS for e in ENDINGS
    }
    known = [Known(n, name, number=("schools", str(n))) for n, name in enumerate(sorted(names))]
    typed, expected = [], set()
    for number, one in enumerate(dice.sample(known, 60)):
        letters, words = list(one.folded), one.folded.split()
        at = dice.randrange(1, len(letters) - 2)
        if number % 3 == 0:
            del letters[at]
        elif number % 3 == 1:
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        else:
            letters = list(" ".join([*words[1:], words[0]]))
        typed.append(Known(1000 + number, " ".join("".join(letters).split())))
        expected.add((one.id, 1000 + number))
    assert expected <= {(pair.first, pair.second) for pair in pairs([*known, *typed])}


@pytest.mark.parametrize("kind", ["community school", "fostering agency", "supply teachers"])
def test_what_many_are_called_makes_no_two_places_one(kind):
    assert found(Known(1, f"onceupon {kind}"), Known(2, f"madeupton {kind}")) == []
