from lado.extensions import db
from lado.models import Organisation
from lado.queries import organisations
from lado.rules.vocabulary import TermGroup


def test_an_organisation_is_found_by_likeness(cast, term):
    sector = term(TermGroup.SECTOR, "Police")
    for name, folded in (("Oak School", "oak school"), ("Ash School", "ash school")):
        db.session.add(Organisation(name=name, folded=folded, sector=sector))
    db.session.commit()
    assert [each.name for each in organisations.called("OAK  school")] == ["Oak School"]
    assert organisations.like("Oak Primary School")[0].name == "Oak School"
    assert organisations.like("100% _") == []
    assert [each.name for each in organisations.near("Oak Schol")] == ["Oak School"]
