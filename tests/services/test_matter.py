"""Several cases of one event, and what a case is linked with."""

import pytest

from lado.errors import Conflict, Invalid, Refused
from lado.extensions import db
from lado.models import Associate, MatterCase
from lado.queries import links
from lado.rules.transfer import AuthorityPart
from lado.services import matter, other_authority
from lado.services.other_authority import AuthorityDetails
from tests.document_parts import make_authority
from tests.factories import make_case, make_organisation, make_person


def others(user, case):
    joined = links.membership(case)
    return {each.reference for each in links.others_in_matter(user, joined)} if joined else None


def test_cases_join_and_leave_a_matter(cast):
    one, two, three, four, five = (make_case() for _ in range(5))
    first = matter.join(one, reference=two.reference, reason="One trip", by=cast.lado)
    assert matter.join(three, reference=one.reference, reason="Too", by=cast.lado) is first
    assert first.reference.startswith("M-")
    assert others(cast.lado, one) == {two.reference, three.reference}
    matter.join(four, reference=five.reference, reason="Other", by=cast.lado)
    for case, reference, why in (
        (one, two.reference, "already"), (one, four.reference, "another matter"),
        (one, one.reference, "reference of another"), (one, "PT-1999-0001", "reference of another"),
    ):  # fmt: skip
        with pytest.raises(Invalid, match=why):
            matter.join(case, reference=reference, reason="Why", by=cast.lado)
    matter.leave(one, reason="It was not there", by=cast.lado)
    assert others(cast.lado, one) is None
    assert others(cast.lado, two) == {three.reference}
    with pytest.raises(Refused):
        matter.leave(one, reason="Again", by=cast.lado)
    rows = db.session.query(MatterCase).filter(MatterCase.left_at.is_(None)).all()
    assert (len(rows), len({row.matter_id for row in rows})) == (4, 2), "cases, and matters"


def test_nobody_joins_or_sees_a_case_they_may_not_know_of(cast):
    one, hidden, third = make_case(), make_case(), make_case()
    matter.join(one, reference=hidden.reference, reason="One trip", by=cast.lado)
    assert hidden.person is not None
    db.session.add(
        Associate(user_id=cast.manager.id, person_id=hidden.person.id, connection="Aunt")
    )
    db.session.commit()
    assert others(cast.manager, one) == set()
    assert others(cast.lado, one) == {hidden.reference}
    with pytest.raises(Invalid):
        matter.join(third, reference=hidden.reference, reason="Why", by=cast.manager)


def test_other_cases_of_the_person_and_the_setting(cast):
    school = make_organisation("Made Up School")
    known, again = make_person(), make_person()
    case, of_record, linked = (
        make_case(person=known),
        make_case(person=known),
        make_case(person=again),
    )
    assert {each.id for each in links.same_person(cast.lado, case)} == {of_record.id}
    again.same_as_id = known.id
    db.session.commit()
    assert {each.id for each in links.same_person(cast.lado, case)} == {of_record.id, linked.id}
    assert links.same_setting(cast.lado, case) == []
    for each in (case, linked):
        each.position.organisation = school
    db.session.commit()
    there = {each.id for each in (of_record, linked) if each.position.organisation is school}
    assert linked.id in there
    assert {each.id for each in links.same_setting(cast.lado, case)} == there


def test_another_authority_is_told(cast):
    case = make_case()
    authority = make_authority(case, cast.support, contact="Their LADO")
    assert make_authority(case, cast.lado, part=AuthorityPart.JOINT).number == 2
    with pytest.raises(Invalid, match="Enter when they were told"):
        other_authority.change(
            authority,
            AuthorityDetails(AuthorityPart.OUT, "Elsewhere", told="Kim"),
            version=authority.version,
            by=cast.lado,
        )
    with pytest.raises(Conflict):
        other_authority.change(
            authority, AuthorityDetails(AuthorityPart.OUT, "Else"), version=99, by=cast.lado
        )
