"""`flask people match`: who of those on record may be each of a list of names."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.contacts import adult, log, position
from tests.factories import make_organisation, make_person
from tests.support.accounts import last_event

HEADINGS = "Query ref,Surname,Forename,Date of birth,Setting\n"


@pytest.fixture
def match(app, tmp_path: Path):
    def run(text, *words):
        file = tmp_path / "list.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return app.test_cli_runner().invoke(args=["people", "match", str(file), *words])

    return run


def test_each_row_gets_those_that_fit_best_first(match, cast):
    school = make_organisation("Sample School")
    ann = make_person(surname="Smith", forename="Ann", date_of_birth=date(1980, 5, 3))
    make_person(surname="Smythe", forename="Anne", date_of_birth=None)
    contact = log(cast.lado, adult(ann, position=position(organisation=school)))
    rows = 'A1,Smith,Ann,03/05/1980,\nA2,,Ann,,"Sample, School"\nA3,Nobody,,,\n'
    done = match(HEADINGS + rows, "--limit", "2")
    assert done.exit_code == 0, done.stderr
    first, second, third = json.loads(done.stdout)
    assert [first["query"], second["query"], third["query"]] == ["A1", "A2", "A3"]
    best, other = first["matches"]
    assert best == {
        "person": ann.public_id,
        "contact_refs": [contact.reference],
        "score": 1.0,
        "strength": "strong",
        "reasons": ["same surname", "same first name", "born 3 May 1980"],
    }
    assert (other["strength"], other["contact_refs"]) == ("possible", [])
    assert [each["person"] for each in second["matches"]] == [ann.public_id]
    assert third["matches"] == []
    event = last_event()
    assert (event.action, event.actor, event.detail["found"]) == (
        "person.searched",
        "command line",
        3,
    )


def test_columns_that_are_not_there_are_blank_and_windows_text_is_read(match, cast):
    zoe = make_person(surname="Łukasz-Bryn", forename="Zoë", date_of_birth=None)
    done = match("Forename;Surname\n".replace(";", ",").encode() + "Zoë,Bryn\n".encode("cp1252"))
    assert done.exit_code == 2
    assert "Date of birth" in done.stderr
    done = match(b"Forename,Surname,Date of birth\n" + "Zoë,Bryn,\n".encode("cp1252"))
    assert [each["person"] for each in json.loads(done.stdout)[0]["matches"]] == [zoe.public_id]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Surname"),
        (HEADINGS + "A1,Smith,Ann,02/25/1980,\n", "Row 2, Date of birth: The month stands before"),
        (HEADINGS + "A1,Smith,Ann,1/2/80,\n", "Row 2, Date of birth: The year does not have four"),
        (HEADINGS + 'A1,"Smith\n', "not a CSV"),
        (b"PK\x03\x04\x00\x00", "NUL"),
    ],
)
def test_a_bad_list_is_refused_in_words(match, text, words):
    done = match(text)
    assert done.exit_code == 2
    assert words in done.stderr
    assert done.stdout == ""
