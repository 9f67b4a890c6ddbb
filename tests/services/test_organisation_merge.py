import pytest
from sqlalchemy import select

from lado.errors import Refused
from lado.extensions import db
from lado.models import Base, Position
from lado.queries import merging, organisations
from lado.queries.register import organisations as known_to_a_register
from lado.rules.vocabulary import MovedPart
from lado.services import organisation_merge as services
from tests.factories import make_case, make_consultation, make_organisation, make_person

# What a merge leaves behind, and the count of saves.
TRACES = {"audit_event", "organisation_merge", "organisation_moved"}


def contents():
    db.session.rollback()
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.name not in TRACES:
            columns = [each for each in table.columns if each.name != "version"]
            found[table.name] = sorted(map(repr, db.session.execute(select(*columns))))
    return found


@pytest.fixture
def school():
    return make_organisation("Oak School")


@pytest.fixture
def typed(cast):
    """With all that can name an organisation."""
    made = make_organisation("Oke School")
    make_case(organisation=made, adult={"organisation_itself": True})
    make_consultation(organisation="Elsewhere", setting=made, person=make_person())
    return made


def names_of(user, place):
    return {row.public_id for row in organisations.called(place)}


def test_all_that_names_an_organisation_is_moved() -> None:
    """Whoever adds another table that names one must say what a merge does with it."""
    own = {"organisation", "organisation_word", "organisation_merge", "organisations_apart",
           "alert_review"}  # fmt: skip
    naming = {
        (table.name, key.parent.name)
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "organisation" and table.name not in own
    }
    moved = {(each.class_.__tablename__, each.key) for each in services.COLUMNS.values()}
    assert moved == naming
    assert set(services.COLUMNS) == set(MovedPart)


def test_a_merge_moves_everything_and_a_split_gives_it_back(cast, school, typed):
    before = contents()
    merge = services.merge(typed, into=school, reason="One school", by=cast.lado)
    for column in services.COLUMNS.values():
        named = db.session.scalars(select(column).where(column == typed.id)).all()
        assert named == [], column
    assert merging.weight(cast.manager, typed) == merging.Weight(0, 0, 0)
    assert merging.weight(cast.manager, school).contacts == 2
    assert [each.merged for each in merging.standing(school)] == [typed]
    services.split(merge, reason="Two after all", by=cast.lado)
    assert contents() == before
    assert merging.standing(school) == []
    with pytest.raises(Refused, match="already"):
        services.split(merge, reason="Again", by=cast.lado)


def test_the_name_leads_to_the_one_that_stays(cast, school, typed):
    services.merge(typed, into=school, reason="One school", by=cast.lado)
    assert [each.name for each in organisations.called("OKE school")] == ["Oak School"]
    assert [each.name for each in organisations.suggested("oke")] == ["Oak School"]
    assert "oke school" not in {each.folded for each in organisations.like("Oke School")}
    assert known_to_a_register()["oke school"] == school.id
    again = make_consultation(organisation="Oke School")
    assert again.subjects[0].position.organisation == school
    assert organisations.by_public_id(typed.public_id) is None


def test_what_came_after_the_merge_stays(cast, school, typed):
    merge = services.merge(typed, into=school, reason="One school", by=cast.lado)
    later = make_consultation(organisation="Oke School", person=make_person())
    moved = db.session.scalars(
        select(Position).where(Position.organisation_id == school.id)
    ).first()
    moved.organisation = make_organisation("Third Place")
    db.session.commit()
    services.split(merge, reason="Two after all", by=cast.lado)
    assert later.subjects[0].position.organisation == school
    assert moved.organisation.name == "Third Place"


def test_merges_upon_merges_are_undone_the_last_first(cast, school, typed):
    third = make_organisation("Oak Tree School")
    before = contents()
    first = services.merge(typed, into=school, reason="One", by=cast.lado)
    second = services.merge(school, into=third, reason="One", by=cast.lado)
    assert [each.name for each in organisations.called("Oke School")] == ["Oak Tree School"]
    with pytest.raises(Refused, match="further"):
        services.split(first, reason="No", by=cast.lado)
    services.split(second, reason="No", by=cast.lado)
    services.split(first, reason="No", by=cast.lado)
    assert contents() == before


def test_the_one_of_a_public_list_stays(cast, school, typed):
    school.source, school.urn = "schools", "900001"
    db.session.commit()
    with pytest.raises(Refused, match="number in a public list"):
        services.merge(school, into=typed, reason="One", by=cast.lado)
    with pytest.raises(Refused, match="different"):
        services.merge(school, into=school, reason="One", by=cast.lado)


def test_near_ones_are_offered_until_they_are_told_apart(cast):
    one, other = make_organisation("Fable Tree School"), make_organisation("Fable Tre School")
    make_organisation("Riverside Boats")
    assert [(p.one, p.other) for p in merging.near_pairs(1).items] == [(one, other)]
    services.tell_apart(other, other=one, by=cast.lado)
    services.tell_apart(one, other=other, by=cast.lado)
    assert merging.near_pairs(1).items == []
