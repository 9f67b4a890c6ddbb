"""Searching the texts of records, on both engines' own index."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, select, true, update

from lado import fulltext
from lado.extensions import db
from lado.models import Associate, EnquiryClosedTo, SearchEntry, SuspectedConflict, User
from lado.queries import search as searching
from lado.queries.search import search
from lado.queries.search_sources import SOURCES
from lado.rules.search import SearchKind, parse
from lado.services import consultation as consultations
from lado.services import person as people
from lado.services import search_index
from lado.services.audit import COMMAND_LINE
from lado.services.person import PersonDetails
from lado.services.restriction import restrict
from tests import factories
from tests.contacts import RECEIVED, adult, log, position
from tests.models.valid_rows import CONCLUDED, DECIDED, HELD, NOW, insert_all
from tests.support.cast import Cast


def found(user: User, words: str, **narrowed: object) -> dict[str, list[str]]:
    """What each kind's records are called, in order."""
    return {
        group.kind.value: [
            str(getattr(hit.record, "reference", None) or hit.record.name) for hit in group.hits
        ]
        for group in search(user, parse(words), **narrowed)
    }


def test_words_in_any_order_prefixes_phrases_and_what_is_left_out(cast: Cast) -> None:
    first = log(cast.lado, summary="He held Zoë O’Neill’s arm, near the gymnasium.")
    second = log(cast.lado, summary="Held back after the lesson in the gymnasium")
    one, both = [first.reference], [second.reference, first.reference]
    for words, expected in (
        ("arm held", one), ("gymn", both), ("GYMNASIUM", both), ("zoe oneill", one),
        ('"held back"', both[:1]), ('"back held"', []), ("held -arm", both[:1]), ("arm gone", []),
        ('"gymn"', []), (first.reference.lower(), one), ("held -", both), ("ßtrange", []),
    ):  # fmt: skip
        assert found(cast.lado, words, kind=SearchKind.CONSULTATION).get("consultation", []) == (
            expected
        ), words


# What else must be so in a row for the text to be there.
ENDED = {
    "decision": "ended", "decided_by": "Kim", "reasons": "Text", "started_on": HELD,
    "ended_on": CONCLUDED, "review_on": None, "passed_on_to": None,
}  # fmt: skip
HELP = {
    "outcome": "false", "evidence": "Text", "child_help": "not_needed", "child_help_on": CONCLUDED,
    "child_help_by": "Kim", "child_help_reasons": "Text",
}  # fmt: skip
WITH: dict[str, dict[str, Any]] = {
    "consultation.police_reference": {"police_told": True},
    "note.other_party": {"kind": "phone"},
    "document.withdrawn_reason": {"withdrawn_at": NOW, "withdrawn_by_id": 1},
    "other_authority.told": {"told_on": HELD},
    "matter_case.left_reason": {"left_at": NOW, "left_by_id": 1},
    "follow_up.result": {"done_on": HELD, "ended_by_id": 1},
    "follow_up.dropped_reason": {"dropped_on": HELD, "ended_by_id": 1},
    "enquiry.answer_text": {"answer": "disclose"},
    "decision.ended_reason": {"ended_on": DECIDED},
    "decision.ended_grounds": {"ended_on": DECIDED, "ended_reason": "Text"},
    "outcome.child_help_by": HELP,
    "outcome.child_help_reasons": HELP,
    "outcome.ended_reason": {"ended_on": CONCLUDED},
    "strategy_discussion.cancelled_reason": {"status": "cancelled", "held_on": None},
    "minutes_version.correction_reason": {"corrected_on": HELD, "corrected_by_id": 1},
    "participant.conflict_of_interest": {"conflict_handled": "Text"},
    "participant.conflict_handled": {"conflict_of_interest": "Text"},
    "participant.left_out_reason": {"attendance": "left_out"},
    "action.waived_reason": {"waived_on": HELD},
    "case.reporting_restriction_lift_reason": {
        "reporting_restriction": True, "reporting_restriction_lifted_on": HELD,
    },
    "case.not_reporting_restricted_reason": {"not_reporting_restricted_on": HELD},
    "strand.not_applicable_reason": {"status": "not_applicable"},
    "case.learning_none_reason": {"learning_none_on": HELD, "learning_none_by_id": 1},
    "strand.consulted_with": {"consulted_on": HELD},
    "safety_measure.ended_reason": ENDED,
    "notice.withheld_reason": {
        "told_on": None, "told_by": None, "told_how": None, "withheld_on": HELD,
    },
    "onward_referral.result": {
        "decision": "refer", "decided_by": "Kim", "referred_on": CONCLUDED,
        "closed_on": CONCLUDED, "chase_on": None,
    },
    "case.proposed_note": {
        "status": "closure_requested", "closure_requested_by_id": 1, "proposed_reason_id": 1,
        "proposed_concluded_on": CONCLUDED,
    },
}  # fmt: skip


def test_each_text_of_a_record_leads_to_it_however_it_is_written(app: Flask) -> None:
    """Past every service, as a command on the database would: only its triggers can notice."""
    rows = insert_all()
    for closing in (Associate, EnquiryClosedTo, SuspectedConflict):
        db.session.execute(delete(closing))
    db.session.commit()
    reader = db.session.get_one(User, 1)
    for number, (kind, column) in enumerate(_texts()):
        word = f"Wörd{number}q"
        _write(column, kind, word, rows)
        search_index.follow(db.session())
        assert list(found(reader, word.upper(), kind=kind)) == [kind.value], f"{kind} {column}"
        db.session.rollback()


def _texts() -> Iterator[tuple[SearchKind, Any]]:
    for kind, sources in SOURCES.items():
        for source in sources:
            yield from ((kind, column) for columns in source.columns() for column in columns)


def _write(column: Any, kind: SearchKind, word: str, rows: dict[str, dict[str, Any]]) -> None:
    model = column.class_.__table__
    home: dict[str, Any] = {}
    if (
        model.name in {"child", "note", "document", "other_authority"}
        and kind is SearchKind.CONSULTATION
    ):
        home = {"case_id": None, "consultation_id": 1}
    values = home | WITH.get(f"{model.name}.{column.key}", {}) | {column.key: word}
    if model.name == "note":
        row = rows["note"] | {"id": 2} | values
        db.session.execute(insert(model).values(**row))
    else:
        first = model.c.id == 1 if "id" in model.c else true()
        db.session.execute(update(model).where(first).values(**values))


def test_a_place_is_found_wherever_it_is_named(cast: Cast) -> None:
    elsewhere = position("Tutor", organisation="Elmfield Swimming")
    about = adult(position=position(organisation="Oakfield School"), further_positions=[elsewhere])
    hall = factories.make_organisation("Ashfield Hall")
    made = log(cast.lado, about, setting=hall)
    itself = log(cast.lado, adult(organisation_itself=True))
    for words in ("oakfield", "elmfield", "ashfield", "ashfield oakfield elmfield"):
        assert found(cast.lado, words)["consultation"] == [made.reference], words
    assert found(cast.lado, "testwell")["consultation"] == [itself.reference]
    assert set(found(cast.lado, "oakfield")) == {"organisation", "consultation"}


def test_a_name_that_changes_changes_what_is_found(cast: Cast) -> None:
    person = factories.make_person(surname="Oldmarsh", forename="Kit")
    case = factories.make_case(person=person)
    consultation = case.subjects[0].consultation
    assert found(cast.lado, "oldmarsh") == {
        "person": ["Kit Oldmarsh"],
        "case": [case.reference],
        "consultation": [consultation.reference],
    }
    people.change(
        person,
        details=PersonDetails("Newmarsh", "Kit", person.date_of_birth),
        version=person.version,
        by=cast.lado,
    )
    assert found(cast.lado, "oldmarsh") == {}
    assert set(found(cast.lado, "kit newmarsh")) == {"person", "case", "consultation"}


def test_what_one_may_not_know_of_is_not_found_nor_counted(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does it take the room of what one may."""
    monkeypatch.setattr(searching, "CHUNK", 1)
    monkeypatch.setattr(searching, "MOST", 2)
    seen = [log(cast.lado, summary="Quarrel in the yard") for _ in range(2)]
    own = factories.make_person(surname="Quarrel")
    log(cast.lado, adult(own))
    hidden = log(cast.lado, summary="Another quarrel")
    restrict(hidden, to=[cast.manager], version=hidden.version, by=cast.lado)
    cast.other_lado.person_id = own.id
    db.session.commit()
    (group,) = search(cast.other_lado, parse("quarrel"), kind=SearchKind.CONSULTATION)
    assert [hit.record.reference for hit in group.hits] == [each.reference for each in seen[::-1]]
    assert not group.has_more
    assert set(found(cast.other_lado, "quarrel")) == {"consultation"}
    assert found(cast.other_lado, hidden.reference) == {}
    assert len(found(cast.manager, "quarrel", kind=SearchKind.PERSON)["person"]) == 1


def test_the_newest_come_first_within_the_days_asked_for(cast: Cast) -> None:
    late = log(cast.lado, summary="Shouting", received_on=RECEIVED)
    early = log(cast.lado, summary="Shouting", received_on=RECEIVED - timedelta(days=40))
    assert found(cast.lado, "shouting")["consultation"] == [late.reference, early.reference]
    for narrowed, expected in (
        ({"first_day": RECEIVED}, late),
        ({"last_day": RECEIVED - timedelta(days=40)}, early),
    ):
        assert found(cast.lado, "shouting", **narrowed) == {"consultation": [expected.reference]}
    assert found(cast.lado, "shouting", last_day=RECEIVED - timedelta(days=41)) == {}
    early.received_on = RECEIVED + timedelta(days=1)
    db.session.commit()
    assert found(cast.lado, "shouting")["consultation"] == [early.reference, late.reference]


def test_a_hit_says_where_it_stands_and_marks_the_words(cast: Cast) -> None:
    made = log(cast.lado, summary="<b>Held</b> a child")
    consultations.add_note(
        made, text="The mother & father rang", happened_on=RECEIVED, by=cast.lado
    )
    for words, where, marked in (("held", "What was said", "Held"), ("father", "Note", "father")):
        ((group,),) = [search(cast.lado, parse(words))]
        (hit,) = group.hits
        ((shown, pieces),) = hit.texts
        assert shown == where
        assert [piece.text for piece in pieces if piece.marked] == [marked]
    ((group,),) = [search(cast.lado, parse("held father"))]
    assert [where for where, _ in group.hits[0].texts] == ["What was said", "Note"]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(typed=st.text() | st.from_regex(r'[ "\'*:^()&|!<>a-c-]{1,20}', fullmatch=True))
def test_nothing_that_is_typed_breaks_a_search(cast: Cast, typed: str) -> None:
    wanted = parse(typed.replace("\0", ""))
    if wanted.terms:
        assert search(cast.lado, wanted) == []


def test_the_index_is_made_anew(cast: Cast) -> None:
    made = log(cast.lado, summary="Pushed")
    number = db.session.scalar(select(func.count()).select_from(SearchEntry))
    fulltext.clear(db.session())
    db.session.commit()
    assert found(cast.lado, "pushed") == {}
    assert search_index.rebuild(by=COMMAND_LINE) == number
    assert found(cast.lado, "pushed") == {"consultation": [made.reference]}


def test_a_text_of_any_length_can_be_saved(cast: Cast) -> None:
    """PostgreSQL's own limit is 1 MB of words."""
    long = " ".join(f"w{number}" for number in range(150_000))
    log(cast.lado, summary=f"Beginning {long}")
    assert set(found(cast.lado, "beginning w99")) == {"consultation"}


def test_a_record_that_goes_leaves_the_index(cast: Cast) -> None:
    person = factories.make_person(surname="Vanishing")
    entry = SearchKind.PERSON, person.id
    db.session.delete(person)
    db.session.commit()
    assert found(cast.lado, "vanishing") == {}
    assert db.session.get(SearchEntry, entry) is None
