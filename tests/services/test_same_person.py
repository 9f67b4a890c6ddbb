"""Two records are judged to be of one human being, or not: both are kept, and what follows."""

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from lado.errors import Conflict, Invalid
from lado.extensions import db
from lado.models import Person, PersonComparison, PersonKey
from lado.queries import access, matching
from lado.rules.audit import AuditAction
from lado.rules.names import keys_kept
from lado.rules.vocabulary import NameKind, Sameness
from lado.services import conflict, consultation, person
from lado.services.person import PersonDetails
from lado.services.person_keys import index_everybody
from lado.services.restriction import restrict
from lado.services.same_person import judge, judge_in_transaction
from lado.services.transaction import writes
from tests import contacts
from tests.factories import make_person
from tests.support.accounts import last_event

SAME, DIFFERENT, UNSURE = Sameness.SAME, Sameness.DIFFERENT, Sameness.UNSURE


def judged(one, other, sameness, by, reason="The passport was seen"):
    judge(one, other, sameness=sameness, reason=reason, version=one.version, by=by)


def group(one):
    lead = one.same_as_id or one.id
    found = db.session.scalars(select(Person)).all()
    return {each.id for each in found if (each.same_as_id or each.id) == lead}


@pytest.fixture
def trio(cast):
    return [make_person(by=cast.lado) for _ in range(3)]


def test_linked_over_two_steps_and_parted_again_with_a_reason(cast, trio):
    one, two, three = trio
    judged(three, two, SAME, cast.lado)
    judged(two, one, SAME, cast.lado)
    assert group(three) == {one.id, two.id, three.id}
    assert last_event().action == "person.compared"
    with pytest.raises(Invalid) as refused:
        judged(one, two, DIFFERENT, cast.lado, reason=" ")
    assert "reason" in refused.value.messages
    judged(one, two, DIFFERENT, cast.lado, reason="Two twins")
    assert group(one) == {one.id}
    assert group(three) == {two.id, three.id}
    kept = db.session.scalars(select(PersonComparison).order_by(PersonComparison.id)).all()
    assert [each.sameness for each in kept] == [SAME, SAME, DIFFERENT]
    assert [each.ended_at is None for each in kept] == [True, False, True]


def test_what_cannot_be_judged(cast, trio):
    one, two, _ = trio
    with pytest.raises(Invalid):
        judged(one, one, SAME, cast.lado)
    with pytest.raises(Invalid):
        judged(one, two, SAME, cast.lado, reason="")
    with pytest.raises(Conflict):
        judge(one, two, sameness=UNSURE, version=one.version + 1, by=cast.lado)
    assert group(one) == {one.id}


@settings(max_examples=15, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    st.lists(
        st.tuples(st.sampled_from(list(combinations(range(5), 2))), st.sampled_from(Sameness)),
        max_size=12,
    )
)
def test_groups_are_what_is_reached_by_standing_links(cast, judgements):
    people = [make_person(by=cast.lado) for _ in range(5)]
    linked: set[tuple[int, int]] = set()

    @writes(AuditAction.PERSON_COMPARED)
    def all_of_them():
        for (one, other), sameness in judgements:
            judge_in_transaction(
                people[one], people[other], sameness=sameness, reason="Seen", by=cast.lado
            )

    if judgements:
        all_of_them()
    for pair, sameness in judgements:
        linked = linked | {pair} if sameness is SAME else linked - {pair}
    reached = {number: {number} for number in range(5)}
    for _ in range(5):
        for one, other in linked:
            reached[one] = reached[other] = reached[one] | reached[other]
            for number in reached[one]:
                reached[number] = reached[one]
    for number, who in enumerate(people):
        assert group(who) == {people[each].id for each in reached[number]}
        assert who.same_as_id == (min(group(who)) if min(group(who)) != who.id else None)


def test_a_conflict_of_interest_follows_to_every_record_of_the_person(cast, trio):
    one, two, three = trio
    judged(one, two, SAME, cast.lado)
    conflict.declare(
        two, user=cast.other_lado, themselves=True, connection="", version=two.version, by=cast.lado
    )
    assert visible(cast.other_lado) == {three.id}
    judged(one, two, DIFFERENT, cast.lado)
    assert visible(cast.other_lado) == {one.id, three.id}


def test_a_restriction_does_not_follow_and_gives_nothing_away(cast, trio):
    one, two, three = trio
    judged(one, two, SAME, cast.lado)
    restrict(two, to=[cast.manager], version=two.version, by=cast.manager)
    assert visible(cast.lado) == {one.id, three.id}
    found = matching.find(cast.lado, matching.identity_of(two))
    assert two not in [each.person for each in found]


def visible(user):
    return set(db.session.scalars(access.visible(user, Person).with_only_columns(Person.id)))


def test_keys_follow_the_names_and_the_date_of_birth(cast):
    someone = make_person(surname="Testerby", forename="Wren", by=cast.lado)
    person.add_name(someone, kind=NameKind.CURRENT, surname="Smith-Jones", forename="Wren",
                    version=someone.version, by=cast.lado)  # fmt: skip
    assert kept(someone) == expected(someone)
    person.change(
        someone, details=person.PersonDetails("Smith", "Ann"), version=someone.version, by=cast.lado
    )
    assert kept(someone) == expected(someone)
    person.remove_name(someone, number=1, version=someone.version, by=cast.lado)
    assert kept(someone) == expected(someone)
    assert len(someone.names) == 1


def test_what_a_caller_called_them_is_a_key_while_the_contact_is_about_them(cast, trio):
    one, two, _ = trio
    own = kept(one), kept(two)
    given = PersonDetails("Quillfeather", "Zeb")
    called = keys_kept("Quillfeather", "Zeb", one.date_of_birth)
    made = contacts.log(cast.lado, contacts.adult(one, given=given))
    assert (kept(one), kept(two)) == (own[0] | called, own[1])
    kept_open = {"contact": contacts.contact(), "by": cast.lado}
    consultation.change(made, adults=[contacts.adult(one)], version=made.version, **kept_open)
    assert str(made.subjects[0].given) == "Zeb Quillfeather"
    consultation.change(
        made, adults=[contacts.adult(two, given=given)], version=made.version, **kept_open
    )
    assert (kept(one), kept(two)) == (own[0], own[1] | called)


def test_keys_that_an_upgrade_dropped_are_made_anew(cast, trio):
    one, two, _ = trio
    contacts.log(cast.lado, contacts.adult(one, given=PersonDetails("Quillfeather", "Zeb")))
    before = kept(one), kept(two)
    db.session.execute(PersonKey.__table__.delete())
    db.session.commit()
    index_everybody()
    assert (kept(one), kept(two)) == before


def kept(who):
    return set(db.session.scalars(select(PersonKey.key).where(PersonKey.person_id == who.id)))


def expected(who):
    names = [(name.surname, name.forename) for name in who.names]
    return set().union(*(keys_kept(*name, who.date_of_birth) for name in names))
