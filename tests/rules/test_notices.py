"""Who is still to be told, from the steps of domain.md 2.1 and R-45 and the gate of R-59."""

from hypothesis import given
from hypothesis import strategies as st

from lado.rules.notices import NoticeRow, NoticeStep, NoticeTo, rows, still_to_tell

OUTCOME = NoticeStep.OUTCOME_TOLD
ALL = [NoticeRow(to, step, child) for to in NoticeTo for step in NoticeStep for child in (0, 1, 2)]


def test_the_person_has_four_steps_and_each_child_and_its_parents_two() -> None:
    offered = rows([2, 1], is_about_a_child=True)
    assert [row.step for row in offered if row.to is NoticeTo.SUBJECT] == list(NoticeStep)
    of_children = [(row.to, row.child) for row in offered if row.child]
    assert len(of_children) == len({(to, step, n) for to, n in of_children for step in (1, 2)})
    assert {n for _, n in of_children} == {1, 2}


def test_a_child_who_is_not_described_is_told_too_and_where_there_is_none_nobody_is() -> None:
    assert NoticeRow(NoticeTo.CHILD, OUTCOME) in rows([], is_about_a_child=True)
    assert not [row for row in rows([], is_about_a_child=False) if row.to is NoticeTo.CHILD]


def test_nothing_recorded_leaves_the_person_the_referrer_and_each_child() -> None:
    left = still_to_tell(rows([1, 2], is_about_a_child=True), [], is_named=True)
    assert [row.words for row in left] == [
        "The person: told of the allegation",
        "The person: allegation put",
        "The person: response received",
        "The person: told of the outcome",
        "Child 1: told of the outcome",
        "Child 2: told of the outcome",
        "Whoever reported it: told of the outcome",
        "Employer: told of the outcome",
    ]


def test_the_parents_stand_for_their_own_child_only() -> None:
    offered, told = rows([1, 2], is_about_a_child=True), [NoticeRow(NoticeTo.PARENTS, OUTCOME, 1)]
    left = still_to_tell(offered, told, is_named=False)
    assert [row.who for row in left] == ["Child 2", "Whoever reported it", "Employer"]


@given(st.lists(st.sampled_from(ALL)), st.booleans(), st.booleans())
def test_more_told_never_leaves_more_to_tell(
    settled: list[NoticeRow], named: bool, child: bool
) -> None:
    offered = rows([1] if child else [], is_about_a_child=child)
    left = set(still_to_tell(offered, settled, is_named=named))
    assert not left & set(settled)
    for row in ALL:
        assert set(still_to_tell(offered, [*settled, row], is_named=named)) <= left
    assert still_to_tell(offered, offered, is_named=named) == []
