import pytest
from sqlalchemy import func, select

from lado.errors import Conflict, Invalid
from lado.extensions import db
from lado.models import Organisation
from lado.rules.vocabulary import TermGroup
from lado.services import organisation as organisations
from lado.services.organisation import OrganisationDetails


@pytest.fixture
def details(term):
    sector = term(TermGroup.SECTOR, "Childminder")
    return lambda name, **other: OrganisationDetails(name, sector.id, **other)


@pytest.fixture
def school(cast, details):
    return organisations.add(details=details("St Example's Primary School"), by=cast.lado)


@pytest.mark.parametrize(
    "name",
    ["St Example's Primary School", "ST EXAMPLES PRIMARY SCHOOL", "St Exmple's Primary School",
     "Primary School St Example's"],
)  # fmt: skip
def test_a_near_name_is_added_only_when_it_is_another(cast, details, school, name):
    with pytest.raises(Invalid) as invalid:
        organisations.add(details=details(name), by=cast.lado)
    assert set(invalid.value.messages) == {"is_another"}
    organisations.add(details=details(name), is_another=True, by=cast.lado)
    assert db.session.scalar(select(func.count()).select_from(Organisation)) == 2


def test_another_name_is_simply_added(cast, details, school):
    assert organisations.add(details=details("Riverside Academy"), by=cast.lado).folded == (
        "riverside academy"
    )


def test_a_name_needs_letters(cast, details):
    with pytest.raises(Invalid) as invalid:
        organisations.add(details=details("—"), by=cast.lado)
    assert set(invalid.value.messages) == {"name"}


def test_the_sub_sector_must_be_of_the_sector(cast, details, term):
    other = term(TermGroup.SUBSECTOR, "Day nursery")
    with pytest.raises(Invalid) as invalid:
        organisations.add(details=details("Nanny Ltd", subsector_id=other.id), by=cast.lado)
    assert set(invalid.value.messages) == {"subsector_id"}


def test_a_change_keeps_a_near_name_apart(cast, details, school):
    other = organisations.add(details=details("Riverside Academy"), by=cast.lado)
    new = details("St Examples Primary School", small_voluntary=True)
    with pytest.raises(Invalid):
        organisations.change(other, details=new, version=other.version, by=cast.lado)
    organisations.change(other, details=new, is_another=True, version=other.version, by=cast.lado)
    assert other.folded == school.folded
    assert other.small_voluntary
    organisations.change(school, details=details(school.name), version=school.version, by=cast.lado)


def test_a_second_editor_is_noticed(cast, details, school):
    version = school.version
    organisations.change(school, details=details("New name"), version=version, by=cast.lado)
    with pytest.raises(Conflict):
        organisations.change(school, details=details("Newer"), version=version, by=cast.lado)
