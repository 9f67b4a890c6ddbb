import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lado.rules.peer_audit import drawn, fingerprint, shared_out

DECISIONS = st.sets(st.integers(1, 10_000), max_size=60)
SEEDS = st.text("0123456789abcdef", min_size=32, max_size=32)


@given(seed=SEEDS, decisions=DECISIONS, size=st.integers(1, 30))
def test_the_draw_can_be_done_again_by_anybody(seed: str, decisions: set[int], size: int) -> None:
    def place(decision: int) -> str:
        return hashlib.sha256(f"{seed}:{decision}".encode()).hexdigest()

    found = drawn(seed, sorted(decisions), size)
    assert found == drawn(seed, sorted(decisions, reverse=True), size)
    assert len(found) == min(size, len(decisions))
    left = decisions - set(found)
    assert all(place(one) < place(other) for one in found for other in left)


def test_every_decision_is_drawn_about_as_often() -> None:
    times = dict.fromkeys(range(1, 11), 0)
    for seed in range(2_000):
        for decision in drawn(str(seed), list(times), 3):
            times[decision] += 1
    assert all(500 < number < 700 for number in times.values())


def test_the_fingerprint_is_of_the_numbers_one_a_line() -> None:
    assert fingerprint([10, 9]) == hashlib.sha256(b"9\n10").hexdigest()


@given(
    deciders=st.lists(st.sampled_from([1, 2, 3, 9]), max_size=40),
    auditors=st.lists(st.integers(1, 5), min_size=2, max_size=4, unique=True),
)
def test_nobody_audits_their_own_decision(deciders: list[int], auditors: list[int]) -> None:
    given_to = shared_out(deciders, auditors)
    assert len(given_to) == len(deciders)
    assert all(one != other for one, other in zip(given_to, deciders, strict=True))
    assert set(given_to) <= set(auditors)


def test_the_work_is_shared_evenly() -> None:
    assert shared_out([9] * 6, [1, 2, 3]) == [1, 2, 3, 1, 2, 3]


def test_somebody_alone_is_not_given_their_own() -> None:
    with pytest.raises(ValueError, match="their own"):
        shared_out([1], [1])
