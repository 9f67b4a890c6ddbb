from lado.queries import organisations
from tests.factories import make_organisation


def test_an_organisation_is_found_by_likeness(cast):
    for name in ("Oak School", "Ash School"):
        make_organisation(name)
    assert [each.name for each in organisations.called("OAK  school")] == ["Oak School"]
    assert organisations.like("Oak Primary School")[0].name == "Oak School"
    assert organisations.like("100% _") == []
    assert [each.name for each in organisations.near("Oak Schol")] == ["Oak School"]
