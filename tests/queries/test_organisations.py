from lado.queries import organisations
from tests.factories import make_organisation


def test_an_organisation_is_found_by_likeness(cast):
    for name in ("Oak School", "Ash School"):
        make_organisation(name)
    assert [each.name for each in organisations.called("OAK  school")] == ["Oak School"]
    assert organisations.like("Oak Primary School")[0].name == "Oak School"
    assert organisations.like("100% _") == []
    assert [each.name for each in organisations.near("Oak Schol")] == ["Oak School"]


def test_a_misspelt_organisation_is_suggested_the_most_alike_first(cast):
    for name in ("Great Fiction Academy", "Little Fiction Academy", "Little Fiction Junior School"):
        make_organisation(name)
    for typed in ("Littl Fiction Jun", "Fiction Junir", "Litle Fiction Junior Sch"):
        assert organisations.suggested(typed)[0].name == "Little Fiction Junior School"
        assert organisations.like(typed)[0].name == "Little Fiction Junior School"
    assert organisations.suggested("Acme Academy") == []
