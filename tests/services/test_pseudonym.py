"""Where the council's policy says that names are not kept before there is a case (R-33)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import func, select

from lado import match_keys
from lado.extensions import db
from lado.models import Person, Pseudonym
from lado.queries import pseudonyms
from lado.rules.matching import Called, Identity
from lado.services import conflict, settings
from lado.services import consultation as consultations
from lado.services.person import PersonDetails
from lado.services.restriction import restrict
from tests.contacts import adult, contact, decide, log
from tests.factories import make_person
from tests.support.accounts import last_event

BORN = date(1980, 5, 3)
ANN = PersonDetails("O'Brien", "Ann", BORN)


@pytest.fixture
def policy(cast):
    return lambda value: settings.change({"naming_policy": value}, by=cast.administrator)


def unnamed_like(user, surname, forename="", born=None):
    asked = Identity([Called(surname, forename)], born)
    return [row.reference for row in pseudonyms.unnamed_like(user, asked)]


def count(thing):
    return db.session.scalar(select(func.count()).select_from(thing))


@pytest.mark.parametrize(("value", "people", "hashes"), [("named", 1, 0), ("unnamed", 0, 0),
                                                         ("pseudonymous", 0, 2)])  # fmt: skip
def test_what_is_kept_of_a_name(cast, policy, value, people, hashes):
    policy(value)
    consultation = log(cast.lado, adult(ANN), received_on=date(2026, 2, 1))
    assert (count(Person), count(Pseudonym)) == (people, hashes)
    assert consultation.retention_review_on == (None if people else date(2032, 2, 1))
    stored = " ".join(db.session.scalars(select(Pseudonym.hash)))
    assert "brien" not in stored.lower()


def test_a_later_contact_finds_earlier_unnamed_ones_however_the_name_is_written(cast, policy):
    policy("pseudonymous")
    first = log(cast.lado, adult(ANN), received_on=date(2026, 2, 1)).reference
    second = log(cast.lado, adult(PersonDetails("OBrien", "Annie")),
                 received_on=date(2026, 3, 1)).reference  # fmt: skip
    log(cast.lado, adult(PersonDetails("Brown", "Ann", BORN)))
    both = [second, first]
    assert unnamed_like(cast.lado, "O’Brien", "Ann", BORN) == both
    assert unnamed_like(cast.lado, "Ann", "O'Brien", date(1980, 3, 5)) == both
    assert unnamed_like(cast.lado, "O'Brien", "Ann") == both
    assert unnamed_like(cast.lado, "O'Brien", "Ann", date(1960, 1, 1)) == [second]
    assert unnamed_like(cast.lado, "O'Brien", "Joe", BORN) == []


def test_a_restricted_one_is_not_shown(cast, policy):
    policy("pseudonymous")
    consultation = log(cast.manager, adult(ANN))
    restrict(consultation, to=[cast.manager], version=consultation.version, by=cast.manager)
    assert unnamed_like(cast.lado, "O'Brien", "Ann", BORN) == []
    assert unnamed_like(cast.manager, "O'Brien", "Ann", BORN) == [consultation.reference]


def test_nobody_is_told_which_one_is_about_themselves_or_somebody_they_declared(cast, policy):
    policy("pseudonymous")
    sister = make_person(surname="O'Brien", forename="Ann", date_of_birth=BORN, by=cast.manager)
    conflict.declare(sister, user=cast.lado, themselves=False, connection="Sister",
                     version=sister.version, by=cast.manager)  # fmt: skip
    forename, surname = cast.lado.name.split()
    about = [log(cast.manager, adult(named)).reference
             for named in (ANN, PersonDetails(surname, forename, BORN))]  # fmt: skip
    for born in (BORN, None):
        assert unnamed_like(cast.lado, "O'Brien", "Annie", born) == []
        assert unnamed_like(cast.lado, surname, forename, born) == []
        assert unnamed_like(cast.other_lado, "O'Brien", "Annie", born) == about[:1]
        assert unnamed_like(cast.other_lado, surname, forename, born) == about[1:]


def test_somebody_on_record_stays_named_and_a_case_is_about_somebody_named(cast, policy):
    policy("pseudonymous")
    known = make_person(by=cast.lado)
    subject = log(cast.lado, adult(known, given=ANN)).subjects[0]
    assert (subject.person, subject.given) == (known, None)
    consultation = log(cast.lado, adult(ANN))
    subject = consultation.subjects[0]
    decide(subject, cast.lado, "Progress to strategy discussion")
    assert subject.case.person is None
    consultations.change(consultation, contact=contact(), adults=[adult(ANN)],
                         version=consultation.version, by=cast.lado)  # fmt: skip
    assert str(subject.person.name) == "Ann O'Brien"
    assert subject.case.person is subject.person
    assert count(Pseudonym) == 0


def test_the_key_is_changed_by_a_command_and_old_ones_forgotten(app, cast, policy):
    policy("pseudonymous")
    run = app.test_cli_runner().invoke
    first = log(cast.lado, adult(ANN)).reference
    assert run(args=["match-key", "change"]).exit_code == 0
    assert last_event().action == "match_key.changed"
    second = log(cast.lado, adult(ANN))
    assert set(db.session.scalars(select(Pseudonym.key_number))) == {1, 2}
    assert unnamed_like(cast.lado, "O'Brien", "Ann", BORN) == [second.reference, first]
    assert [row.reference for row in pseudonyms.like(cast.lado, second.subjects[0])] == [first]
    assert run(args=["match-key", "forget-old"], input="n\n").exit_code == 1
    assert run(args=["match-key", "forget-old", "--yes"]).exit_code == 0
    assert last_event().detail["adults"] == 1
    assert unnamed_like(cast.lado, "O'Brien", "Ann", BORN) == [second.reference]


def test_unnamed_ones_are_compared_by_the_same_rule_as_a_name(cast, policy):
    policy("pseudonymous")
    born, unborn, younger = (
        log(cast.lado, adult(PersonDetails("O'Brien", "Ann", day)))
        for day in (BORN, None, date(1991, 5, 3))
    )
    for one, others in ((born, {unborn}), (unborn, {born, younger}), (younger, {unborn})):
        found = pseudonyms.like(cast.lado, one.subjects[0])
        assert {row.reference for row in found} == {other.reference for other in others}


def test_of_several_who_make_the_first_key_at_once_all_use_one(tmp_path):
    with ThreadPoolExecutor(8) as together:
        found = set(together.map(lambda _: match_keys.all_keys(tmp_path)[0], range(24)))
    assert len(found) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["match_keys"]


def test_the_keys_are_their_owners_alone(app, cast, policy):
    policy("pseudonymous")
    log(cast.lado, adult(ANN))
    (file,) = app.config["LADO"].instance.glob("match_keys*")
    assert file.stat().st_mode & 0o077 == 0
