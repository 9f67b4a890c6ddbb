"""The register of `tests/data` comes out of the system as it came in, in every format."""

import json
from collections.abc import Callable

import pytest

from lado.extensions import db
from lado.register.loading import load
from lado.register.writing import FORMATS
from lado.reports.figures import draw
from lado.rules.quarters import Period
from lado.services.audit import COMMAND_LINE
from tests.conftest import REGISTER
from tests.register.exports import cells, exported
from tests.reports.example import EXPECTED, counted_there


@pytest.fixture
def new_database(register_database: Callable[[], str]) -> Callable[[], str]:
    return register_database


def test_its_rows_come_out_as_they_came(app):
    came, went = cells(REGISTER.read_bytes()), cells(exported())
    changed = {pair for a, b in zip(came, went, strict=True) for pair in zip(a, b, strict=True)
               if pair[0] != pair[1]}  # fmt: skip
    # The vocabulary's own word for it; nothing else differs.
    assert changed == {("Founded", "Substantiated")}


@pytest.mark.sqlite_only
@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_its_rows_and_figures_come_back(app, in_another, form):
    here, out = cells(exported()), exported(form)

    def again():
        assert not load(out, by=COMMAND_LINE).problems
        return cells(exported()), figures()

    assert in_another(again) == (here, EXPECTED)


def figures():
    found = {
        words: counted_there(draw(db.session(), Period.parse(words)).as_json())
        for words in EXPECTED
    }
    return json.loads(json.dumps(found))
