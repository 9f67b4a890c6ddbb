from hypothesis import given
from hypothesis import strategies as st

from lado.rules.data_quality import (
    BY_ID,
    CONTRADICTORY,
    FAULTS,
    Fault,
    Found,
    columns_of,
    contradicts_itself,
    looked_for_in,
)

OPTIONAL = st.none() | st.integers(0, 200)


def test_each_fault_has_its_own_name_and_words() -> None:
    for name in ("id", "title", "words"):
        assert len({getattr(fault, name) for fault in FAULTS}) == len(FAULTS), name
    assert {fault for each in FAULTS for fault in looked_for_in(each.counted)} == set(FAULTS)
    assert all(fault.found is Found.CONTRADICTORY for fault in CONTRADICTORY)


@given(st.lists(OPTIONAL, min_size=2, max_size=2))
def test_missing_is_what_has_none_of_its_parts(values: list[int | None]) -> None:
    fault = BY_ID["no_outcome"]
    assert fault.columns == ("rank", "closure_reason")
    assert fault.holds(*values) is (values == [None, None])


@given(OPTIONAL)
def test_an_age_is_unlikely_under_16_and_over_100(age: int | None) -> None:
    expected = age is not None and (age < 16 or age > 100)
    assert BY_ID["age_unlikely"].holds(age) is expected


@given(st.sampled_from([True, False, None]))
def test_what_is_not_asked_of_a_record_is_neither_missing_nor_there(value: bool | None) -> None:
    for fault in (BY_ID["no_dbs"], BY_ID["told_before_outcome"]):
        assert fault.holds(value) is value


@given(st.lists(st.booleans(), min_size=4, max_size=4))
def test_a_record_contradicts_itself_where_any_of_its_facts_do(values: list[bool]) -> None:
    faults: tuple[Fault, ...] = looked_for_in("received", Found.CONTRADICTORY)
    assert len(columns_of(faults)) == len(values)
    assert contradicts_itself(*values) is (True in values)
