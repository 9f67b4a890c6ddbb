"""The list of consultations beside a bare Flask page with the same 25 rows."""

import sqlite3
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

from flask import Flask, render_template_string
from sqlalchemy import select

from lado.extensions import db
from lado.models import User
from lado.rules.permissions import Role
from tests.bench.timing import Compared, compare, seconds
from tests.support.sign_in import sign_in

URL = "/consultations"
A_PAGE = 25
REQUESTS = 10

QUERY = """
SELECT c.reference, c.received_on, coalesce(n.forename || ' ' || n.surname, 'Not named'),
       o.name, t.label, c.status, coalesce(d.label, '')
FROM (SELECT * FROM consultation ORDER BY received_on DESC, id DESC LIMIT 25) c
JOIN consultation_subject s ON s.consultation_id = c.id AND s.number = 1
JOIN position p ON p.id = s.position_id
JOIN term t ON t.id = p.sector_id
LEFT JOIN person_name n ON n.person_id = s.person_id AND n.kind = 'current'
LEFT JOIN organisation o ON o.id = p.organisation_id
LEFT JOIN decision e ON e.subject_id = s.id AND e.ended_on IS NULL
LEFT JOIN term d ON d.id = e.term_id
ORDER BY c.received_on DESC, c.id DESC
"""
TEMPLATE = """<!doctype html><html lang="en"><title>Consultations</title><h1>Consultations</h1>
<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table></html>"""


def measure(app: Flask, database: Path, *, rounds: int) -> Compared:
    return beside(app, URL, _bare(database), rounds=rounds)


def beside(app: Flask, url: str, bare: Flask, *, rounds: int) -> Compared:
    """Our page at `url` beside the one page of `bare`. Each is asked REQUESTS times a round; the
    seconds are those of one answer. No context is left standing, in which one request would find
    what another has read."""
    ours, other = app.test_client(), bare.test_client()
    with app.app_context():
        sign_in(ours, db.session.scalars(select(User).where(User.role == Role.LADO)).one())

    def ask_ours() -> None:
        # Its lines of log are written, but not among the results.
        with redirect_stderr(StringIO()):
            for _ in range(REQUESTS):
                answer = ours.get(url)
                assert answer.status_code == 200, answer.status

    def ask_bare() -> None:
        for _ in range(REQUESTS):
            assert other.get("/").status_code == 200

    found = compare(lambda: seconds(ask_ours), lambda: seconds(ask_bare), rounds=rounds)
    return Compared(found.ours / REQUESTS, found.bare / REQUESTS)


def _bare(database: Path) -> Flask:
    app = Flask("bare")
    connection = sqlite3.connect(database, check_same_thread=False)

    @app.get("/")
    def index() -> str:
        rows = connection.execute(QUERY).fetchall()
        assert len(rows) == A_PAGE
        return render_template_string(TEMPLATE, rows=rows)

    return app
