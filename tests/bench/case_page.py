"""A large case beside bare Flask pages that show the same words: 5 allegations, 30 children,
12 strategy discussions, 200 notes."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from flask import Flask, render_template_string

from lado.models import Case
from lado.services import case as services
from lado.services import case_allegations
from lado.services.case_parts import ChildDetails, add_child
from tests.bench.page import beside
from tests.bench.timing import Compared
from tests.case_parts import allegation_details, make_discussion
from tests.factories import a_user, make_case

ALLEGATIONS, CHILDREN, DISCUSSIONS, NOTES = 5, 30, 12, 200

FACTS = """
SELECT c.reference, c.status, c.received_on, n.forename || ' ' || n.surname, u.name, t.label
FROM "case" c JOIN person_name n ON n.person_id = c.person_id AND n.kind = 'current'
JOIN "user" u ON u.id = c.owner_id JOIN position p ON p.id = c.position_id
JOIN term t ON t.id = p.sector_id WHERE c.id = :id
"""
ALLEGED = """
SELECT a.number, t.label, a.description FROM allegation a JOIN term t ON t.id = a.category_id
WHERE a.case_id = :id ORDER BY a.number
"""
NOTED = """
SELECT n.happened_on, n.text, u.name FROM note n JOIN "user" u ON u.id = n.author_id
WHERE n.case_id = :id ORDER BY n.happened_on DESC, n.id DESC
"""
HELD = "SELECT number, status, held_on FROM strategy_discussion WHERE case_id = :id"
TEMPLATE = """<!doctype html><html lang="en"><title>Case</title><h1>Case</h1>
{% for rows in tables %}<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>
{% endfor %}</tr>{% endfor %}</table>{% endfor %}</html>"""


def measure(app: Flask, database: Path, *, rounds: int) -> Iterator[tuple[str, Compared]]:
    with app.app_context():
        case = _large_case()
        case_id, address = case.id, f"/cases/{case.public_id}"
    overview = _bare(database, case_id, FACTS, ALLEGED, HELD)
    yield "Case, overview", beside(app, address, overview, rounds=rounds)
    everything = _bare(database, case_id, FACTS, ALLEGED, HELD, NOTED)
    yield "Case, chronology", beside(app, f"{address}/chronology", everything, rounds=rounds)


def _large_case() -> Case:
    by = a_user()
    case = make_case(by=by)
    for number in range(1, ALLEGATIONS):
        details = allegation_details(description=f"The part {number} of what was said")
        case_allegations.add_allegation(case, details, by=by)
    for number in range(CHILDREN):
        add_child(case, ChildDetails(name=f"Child {number}"), by=by)
    for _ in range(DISCUSSIONS):
        make_discussion(case, by)
    for number in range(NOTES):
        text = f"The note {number} of what was said by telephone."
        services.add_note(case, happened_on=case.received_on, text=text, by=by)
    return case


def _bare(database: Path, case_id: int, *queries: str) -> Flask:
    app = Flask("bare")
    connection = sqlite3.connect(database, check_same_thread=False)

    @app.get("/")
    def index() -> str:
        tables = [connection.execute(query, {"id": case_id}).fetchall() for query in queries]
        return render_template_string(TEMPLATE, tables=tables)

    return app
