"""The bodies of domain.md 3.6, by codes that the shipped lists have."""

from lado.rules.regulators import ALSO_OFFERED, OF_ROLE, OF_SECTOR, offered_first, to_consider
from lado.rules.shipped_terms import SHIPPED_TERMS
from lado.rules.strands import RESULT_WARNINGS
from lado.rules.vocabulary import TermGroup


def codes(group: TermGroup) -> set[str]:
    return {term.code for term in SHIPPED_TERMS if term.group is group}


def test_the_tables_name_terms_that_are_shipped() -> None:
    bodies = {
        body for table in (OF_ROLE, OF_SECTOR, ALSO_OFFERED) for each in table.values()
        for body in each
    }  # fmt: skip
    assert bodies <= codes(TermGroup.REFERRAL_BODY)
    assert OF_ROLE.keys() <= codes(TermGroup.ROLE)
    assert {*OF_SECTOR, *ALSO_OFFERED} <= codes(TermGroup.SECTOR)
    assert RESULT_WARNINGS.keys() <= codes(TermGroup.EMPLOYER_OUTCOME)


def test_who_holds_two_positions_is_considered_for_both() -> None:
    found = to_consider(["teacher", "foster_carer"], ["academy", "foster_care_la"])
    assert found == ["tra", "ofsted"]


def test_what_only_may_fit_is_offered_and_not_asked_for() -> None:
    assert to_consider(["healthcare_assistant"], ["health"]) == []
    assert offered_first(["nurse"], ["health"])[:2] == ["nmc", "gmc"]
    assert to_consider(["nurse"], ["health"]) == ["nmc"]
