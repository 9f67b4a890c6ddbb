import pytest

from lado.errors import Forbidden, Invalid, Refused
from lado.rules.permissions import ROLES, Permission, Role
from lado.rules.transitions import (
    TRANSITIONS,
    Action,
    Condition,
    Status,
    Thing,
    allowed,
    check,
    row_of,
)
from lado.rules.vocabulary import (
    CaseStatus,
    ConsultationStatus,
    DiscussionStatus,
    ReportStatus,
)

STATUSES: dict[Thing, type[Status]] = {
    Thing.CONSULTATION: ConsultationStatus,
    Thing.CASE: CaseStatus,
    Thing.DISCUSSION: DiscussionStatus,
    Thing.REPORT: ReportStatus,
}
FIRST: dict[Thing, Status] = {
    Thing.CONSULTATION: ConsultationStatus.OPEN,
    Thing.CASE: CaseStatus.OPEN,
    Thing.DISCUSSION: DiscussionStatus.SCHEDULED,
    Thing.REPORT: ReportStatus.DRAFT,
}
LAST = {DiscussionStatus.CANCELLED, ReportStatus.SUPERSEDED}
EVERYTHING = frozenset(Permission)
LADO = ROLES[Role.LADO].permissions
MANAGER = ROLES[Role.MANAGER].permissions


def name(row):
    return f"{row.thing}-{row.action}"


def asks_for_a_note(row):
    try:
        row.check_note(" \n", "note")
    except Invalid as invalid:
        return list(invalid.messages) == ["note"]
    return False


def actions(thing, status, permissions=EVERYTHING):
    return [row.action for row in allowed(thing, status, permissions)]


@pytest.mark.parametrize("row", TRANSITIONS, ids=name)
def test_each_row_speaks_of_its_own_things_statuses(row):
    stays = row.new_status is None
    for status in row.statuses if stays else (*row.statuses, row.new_status):
        assert type(status) is STATUSES[row.thing]
    assert row.new_status not in row.statuses
    assert not (stays and row.label), "a button that does nothing"


@pytest.mark.parametrize("row", TRANSITIONS, ids=name)
def test_each_rows_permission_is_held_by_some_role(row):
    assert any(row.permission in rule.permissions for rule in ROLES.values())


@pytest.mark.parametrize("row", TRANSITIONS, ids=name)
def test_each_row_has_its_words(row):
    assert row.refusal.endswith(".")
    assert bool(row.label) == bool(row.confirmation)


def test_an_action_has_one_row_for_each_thing():
    assert len({(row.thing, row.action) for row in TRANSITIONS}) == len(TRANSITIONS)


def test_every_action_and_condition_is_used():
    assert {row.action for row in TRANSITIONS} == set(Action)
    assert {condition for row in TRANSITIONS for condition in row.conditions} == set(Condition)


@pytest.mark.parametrize("thing", Thing)
def test_every_status_is_reached_from_the_first(thing):
    reached = {FIRST[thing]}
    for _ in STATUSES[thing]:
        reached |= {
            row.new_status
            for row in TRANSITIONS
            if row.thing is thing and row.new_status and reached.intersection(row.statuses)
        }
    assert reached == set(STATUSES[thing])


@pytest.mark.parametrize("thing", Thing)
def test_only_a_last_status_leads_nowhere(thing):
    for status in STATUSES[thing]:
        leads_on = any(row.thing is thing and status in row.statuses for row in TRANSITIONS)
        assert leads_on == (status not in LAST)


@pytest.mark.parametrize(
    ("row", "status"),
    [(row, status) for row in TRANSITIONS for status in STATUSES[row.thing]],
    ids=lambda value: value if isinstance(value, str) else name(value),
)
def test_an_action_is_refused_in_every_other_status(row, status):
    if status in row.statuses:
        assert check(row.thing, status, row.action, EVERYTHING) is row
    else:
        with pytest.raises(Refused) as refused:
            check(row.thing, status, row.action, EVERYTHING)
        assert refused.value.message == row.refusal


@pytest.mark.parametrize("row", TRANSITIONS, ids=name)
def test_without_its_permission_an_action_is_forbidden_and_has_no_button(row):
    others = EVERYTHING - {row.permission}
    with pytest.raises(Forbidden):
        check(row.thing, row.statuses[0], row.action, others)
    assert row not in allowed(row.thing, row.statuses[0], others)


@pytest.mark.parametrize("role", Role)
def test_each_button_is_something_the_service_would_let_happen(role):
    permissions = ROLES[role].permissions
    for thing in Thing:
        for status in STATUSES[thing]:
            for row in allowed(thing, status, permissions):
                assert check(thing, status, row.action, permissions) is row


def test_a_consultation_is_decided_and_opened_again_with_a_reason():
    assert actions(Thing.CONSULTATION, ConsultationStatus.OPEN) == [Action.DECIDE]
    (again,) = allowed(Thing.CONSULTATION, ConsultationStatus.DECIDED, LADO)
    assert again.action is Action.REOPEN
    assert asks_for_a_note(again)


def test_a_lado_concludes_an_open_case_only_where_no_sign_off_is_needed():
    row = check(Thing.CASE, CaseStatus.OPEN, Action.CONCLUDE, LADO)
    assert row.conditions == (Condition.READY_TO_CLOSE, Condition.NEEDS_NO_SIGN_OFF)


def test_a_manager_signs_off_what_somebody_else_requested():
    row = check(Thing.CASE, CaseStatus.CLOSURE_REQUESTED, Action.SIGN_OFF, MANAGER)
    assert Condition.NOT_BY_REQUESTER in row.conditions
    with pytest.raises(Forbidden):
        check(Thing.CASE, CaseStatus.CLOSURE_REQUESTED, Action.SIGN_OFF, LADO)


def test_a_request_for_closure_goes_back_only_with_a_note():
    back = [
        row
        for row in allowed(Thing.CASE, CaseStatus.CLOSURE_REQUESTED, EVERYTHING)
        if row.new_status is CaseStatus.OPEN
    ]
    assert [row.action for row in back] == [Action.DECLINE_CLOSURE, Action.WITHDRAW_CLOSURE]
    assert all(asks_for_a_note(row) for row in back)


def test_reopening_a_case_needs_a_reason():
    assert asks_for_a_note(check(Thing.CASE, CaseStatus.CONCLUDED, Action.REOPEN, LADO))


def test_a_discussion_is_held_agreed_and_circulated_or_cancelled_with_a_reason():
    assert actions(Thing.DISCUSSION, DiscussionStatus.SCHEDULED) == [Action.HOLD, Action.CANCEL]
    assert actions(Thing.DISCUSSION, DiscussionStatus.HELD) == [Action.AGREE_MINUTES]
    assert actions(Thing.DISCUSSION, DiscussionStatus.MINUTES_AGREED) == [
        Action.CORRECT_MINUTES,
        Action.CIRCULATE,
    ]
    assert asks_for_a_note(row_of(Thing.DISCUSSION, Action.CANCEL))


def test_agreed_minutes_are_corrected_with_a_note_those_that_went_out_too():
    assert asks_for_a_note(row_of(Thing.DISCUSSION, Action.CORRECT_MINUTES))
    assert actions(Thing.DISCUSSION, DiscussionStatus.CIRCULATED) == [Action.CORRECT_MINUTES]


def test_a_report_is_published_only_after_its_approval_and_stays():
    assert actions(Thing.REPORT, ReportStatus.DRAFT) == [Action.APPROVE]
    assert actions(Thing.REPORT, ReportStatus.APPROVED) == [Action.SEND_BACK, Action.PUBLISH]
    assert asks_for_a_note(row_of(Thing.REPORT, Action.SEND_BACK))
    assert Condition.NOT_BY_DRAWER in row_of(Thing.REPORT, Action.APPROVE).conditions
    assert Condition.PERIOD_OVER in row_of(Thing.REPORT, Action.PUBLISH).conditions
    assert actions(Thing.REPORT, ReportStatus.PUBLISHED) == []
    superseded = check(Thing.REPORT, ReportStatus.PUBLISHED, Action.SUPERSEDE, LADO)
    assert superseded.new_status is ReportStatus.SUPERSEDED
