import pytest

from lado.rules.engagement import Silence, silence


@pytest.mark.parametrize(
    ("quarters", "expected"),
    [
        ([0, 0, 0, 0], Silence.NEVER),
        ([3, 1, 0, 0], Silence.STOPPED),
        ([8, 8, 8, 4], Silence.FEWER),
        ([8, 8, 8, 5], None),
        ([1, 3, 2, 1], None),  # too few to say
        ([0, 0, 0, 1], None),
    ],
)
def test_each_is_held_against_its_own_past(quarters: list[int], expected: Silence | None) -> None:
    assert silence(quarters) is expected
