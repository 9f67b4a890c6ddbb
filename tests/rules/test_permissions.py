"""The policy on roles, said again without looking at the table."""

import pytest

from lado.rules.permissions import ROLES, Permission, Role

P = Permission
RECORDS = {P.CONSULTATION_VIEW, P.CASE_VIEW, P.PERSON_VIEW, P.ORGANISATION_VIEW}
CASE_WORK = {
    *RECORDS,
    P.CONSULTATION_LOG,
    P.CONSULTATION_DECIDE,
    P.CASE_EDIT,
    P.CASE_SIGN_OFF,
    P.DISCUSSION_RECORD,
    P.PERSON_EDIT,
    P.ORGANISATION_EDIT,
    P.REGISTER_IMPORT,
    P.REGISTER_EXPORT,
    P.RESTRICT,
    P.FIGURES_TRACE,
}
SYSTEM = {P.USER_MANAGE, P.VOCABULARY_EDIT, P.SETTINGS_EDIT}


def who_may(permission):
    return {role for role in Role if permission in ROLES[role].permissions}


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SUB_GROUP, Role.AUDITOR])
def test_these_roles_see_no_record_and_do_no_case_work(role):
    assert not ROLES[role].permissions & CASE_WORK


def test_the_sub_group_reads_published_reports_and_nothing_else():
    assert ROLES[Role.SUB_GROUP].permissions == {P.REPORT_VIEW}


def test_the_administrator_keeps_users_lists_and_settings_and_nothing_else():
    assert ROLES[Role.ADMINISTRATOR].permissions == SYSTEM


def test_nobody_else_manages_users_lists_or_settings():
    for permission in SYSTEM:
        assert who_may(permission) == {Role.ADMINISTRATOR}


def test_the_auditor_reads_the_audit_trail_the_figures_and_reports():
    assert ROLES[Role.AUDITOR].permissions == {
        P.AUDIT_VIEW,
        P.FIGURES_VIEW,
        P.REPORT_VIEW,
        P.REPORT_DRAFT_VIEW,
        P.PEER_AUDIT,
    }


def test_business_support_records_but_does_not_decide_sign_off_or_move_the_register():
    held = ROLES[Role.BUSINESS_SUPPORT].permissions
    assert held >= RECORDS | {P.CONSULTATION_LOG, P.DISCUSSION_RECORD}
    assert held >= {P.PERSON_EDIT, P.ORGANISATION_EDIT}
    assert held.isdisjoint(
        {
            P.CONSULTATION_DECIDE,
            P.CASE_EDIT,
            P.CASE_SIGN_OFF,
            P.REGISTER_IMPORT,
            P.REGISTER_EXPORT,
            P.RESTRICT,
            P.REPORT_DRAW,
            P.REPORT_APPROVE,
            P.REPORT_PUBLISH,
        }
    )


def test_only_the_manager_signs_off_and_approves():
    assert who_may(P.CASE_SIGN_OFF) == {Role.MANAGER}
    assert who_may(P.REPORT_APPROVE) == {Role.MANAGER}


def test_the_lado_decides_and_works_on_cases():
    assert ROLES[Role.LADO].permissions >= CASE_WORK - {P.CASE_SIGN_OFF}


def test_the_manager_may_do_what_the_lado_may():
    assert ROLES[Role.MANAGER].permissions > ROLES[Role.LADO].permissions


def test_who_edits_may_also_read():
    pairs = {
        P.CASE_EDIT: P.CASE_VIEW,
        P.CASE_SIGN_OFF: P.CASE_VIEW,
        P.DISCUSSION_RECORD: P.CASE_VIEW,
        P.CONSULTATION_LOG: P.CONSULTATION_VIEW,
        P.CONSULTATION_DECIDE: P.CONSULTATION_VIEW,
        P.PERSON_EDIT: P.PERSON_VIEW,
        P.ORGANISATION_EDIT: P.ORGANISATION_VIEW,
        P.REPORT_DRAW: P.REPORT_DRAFT_VIEW,
        P.REPORT_APPROVE: P.REPORT_DRAFT_VIEW,
        P.REPORT_PUBLISH: P.REPORT_DRAFT_VIEW,
    }
    for edit, read in pairs.items():
        assert who_may(edit) <= who_may(read)


def test_who_opens_the_records_behind_a_figure_may_read_figures_and_records():
    for read in (P.FIGURES_VIEW, P.CASE_VIEW, P.CONSULTATION_VIEW):
        assert who_may(P.FIGURES_TRACE) <= who_may(read)


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_held_by_some_role(permission):
    assert who_may(permission)


@pytest.mark.parametrize("role", Role)
def test_every_role_is_described_in_a_sentence(role):
    assert ROLES[role].description.endswith(".")
