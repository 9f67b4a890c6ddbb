"""With what the minutes begin about earlier concerns: never more than their readers may know."""

import pytest

from lado import clock
from lado.extensions import db
from lado.models import Associate, Case, Consultation
from lado.queries.concerns import earlier_concerns
from lado.services.restriction import restrict
from tests.case_parts import make_outcome
from tests.contacts import adult, log
from tests.factories import days_ago, decide, make_case, make_consultation, make_person
from tests.support.cast import Cast

pytestmark = pytest.mark.sqlite_only


def close(record: Case | Consultation, cast: Cast) -> None:
    restrict(record, to=[cast.manager], version=record.version, by=cast.lado)


def test_what_is_open_to_named_people_only_is_left_out_where_others_read_them(cast: Cast) -> None:
    person = make_person()
    case, told = make_case(person=person), make_consultation(person=person)
    close(told, cast)
    today = clock.today()
    nothing = earlier_concerns(cast.lado, case, today)
    assert nothing.startswith("The person: nothing else is on record")
    assert nothing.endswith("that those who read this may know of.")
    restrict(case, to=[cast.manager, cast.support], version=case.version, by=cast.lado)
    assert told.reference not in earlier_concerns(cast.lado, case, today)
    close(case, cast)
    text = earlier_concerns(cast.lado, case, today)
    (line,) = (each for each in text.splitlines() if told.reference in each)
    assert line.startswith("- [[")
    assert line.endswith("]]")


def test_nor_is_there_what_one_of_the_readers_has_a_conflict_of_interest_about(cast: Cast) -> None:
    person, other = make_person(), make_person()
    case, told = make_case(person=person), log(cast.lado, adult(person))
    of_both = log(cast.lado, adult(person), adult(other))
    assert of_both.reference in earlier_concerns(cast.lado, case, clock.today())
    db.session.add(Associate(user_id=cast.support.id, person_id=other.id, connection="Sister"))
    db.session.commit()
    text = earlier_concerns(cast.lado, case, clock.today())
    assert told.reference in text
    assert of_both.reference not in text


def test_they_tell_how_it_stood_on_the_day_of_the_meeting(cast: Cast) -> None:
    person = make_person()
    case = make_case(person=person, received_on=days_ago(9))
    told = make_consultation(person=person, received_on=days_ago(8))
    decide(told, "Advice only", decided_on=days_ago(4), limbs=[])
    other = make_case(person=person, received_on=days_ago(7))
    make_outcome(other.primary_allegation, decided_on=days_ago(3))
    on = {number: earlier_concerns(cast.lado, case, days_ago(number)) for number in (9, 6, 4, 3)}
    assert told.reference not in on[9]
    assert f"{told.reference}: Awaiting decision" in on[6]
    assert f"case {other.reference}: Open" in on[6]
    assert f"{told.reference}: Advice only" in on[4]
    assert f"case {other.reference}: Unfounded" in on[3]
