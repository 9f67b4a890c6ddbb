"""What the code may not do anywhere, whatever it is for."""

import ast
import re

import pytest

from tests.guards.source import Source, called, every, length, sources

# Longer than 40 lines, and why.
LONG_FUNCTIONS: dict[str, str] = {
    "lado/queries/register.py::contacts": "one statement, a column a line",
    "lado/services/case_allegations.py::record_outcome": "its fields take a third of it",
}
# The web knows of no database but here.
KNOWS_THE_DATABASE = {
    "lado/web/errors.py": "tells a database that is away from other failures, and rolls back",
    "lado/web/forms/form.py": "reads a record again that somebody else saved meanwhile",
    "lado/web/reports/links.py": "hands the session to what knows the codes of the labels",
    "lado/web/reports/records.py": "hands the session to what finds the records of a figure",
    "lado/web/reports/routes.py": "hands the session to the figures, which take one",
    "lado/web/session.py": "goes on when the time of a request cannot be noted down",
}
# Builds SQL out of the project's own constants, never out of what somebody typed.
SQL_FROM_CONSTANTS = {"lado/database.py", "lado/fulltext.py"}
PARAGRAPHS = {"lado/reports/text.py"}
CLOCKS = {
    "date.today", "datetime.now", "datetime.today", "datetime.utcnow", "datetime.date.today",
    "datetime.datetime.now", "time.time", "time.localtime", "time.gmtime", "func.now",
    "func.current_date", "func.current_timestamp",
}  # fmt: skip
PROGRAMS = ("subprocess.", "os.system", "os.popen", "os.spawn", "os.exec")
SQL_TAKERS = ("text", "exec_driver_sql", "literal_column", "execute", "scalar", "scalars")

every_source = every(sources(), lambda source: source.name)


@every_source
def test_only_the_clock_asks_the_time(source: Source) -> None:
    if source.name == "lado/clock.py":
        return
    assert not [called(call) for call in source.calls() if called(call) in CLOCKS]


@every_source
def test_no_other_program_is_started_and_nothing_typed_is_run(source: Source) -> None:
    for call in source.calls():
        name = called(call)
        assert not name.startswith(PROGRAMS), f"{source.name}:{call.lineno} {name}"
        assert name not in {"eval", "exec", "compile", "__import__"}, f"{source.name}:{call.lineno}"
        assert not name.startswith(("pickle.", "marshal.")), f"{source.name}:{call.lineno}"


@every_source
def test_sql_is_never_put_together_from_text(source: Source) -> None:
    if source.name in SQL_FROM_CONSTANTS:
        return
    for call in source.calls():
        if called(call).rpartition(".")[2] not in SQL_TAKERS or not call.args:
            continue
        first = call.args[0]
        built = isinstance(first, ast.JoinedStr) or (
            isinstance(first, ast.BinOp) and _holds_text(first)
        )
        formatted = isinstance(first, ast.Call) and called(first).endswith(".format")
        made_of_text = built or formatted
        assert not made_of_text, f"{source.name}:{call.lineno}"


def _holds_text(node: ast.AST) -> bool:
    return any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) for part in ast.walk(node)
    )


@every_source
def test_markup_is_made_in_named_helpers_only(source: Source) -> None:
    """`Markup(...)` stands behind a lint rule with its reason; nothing else may switch escaping
    off."""
    for number, line in enumerate(source.text.splitlines(), start=1):
        if re.search(r"\bMarkup\(", line):
            assert "noqa" in line, f"{source.name}:{number} Markup without a reason"
        assert "autoescape = False" not in line
        assert "autoescape=False" not in line


@every_source
def test_paragraphs_of_the_pdf_come_from_the_one_helper(source: Source) -> None:
    """ReportLab reads markup out of plain text: words vanish and files are embedded."""
    if source.name in PARAGRAPHS:
        return
    made = [c.lineno for c in source.calls() if called(c).rpartition(".")[2] == "Paragraph"]
    assert not made, f"{source.name}:{made}"


@every_source
def test_the_web_asks_for_no_record_by_itself(source: Source) -> None:
    """Each page reads through lado.queries and writes through lado.services."""
    if not source.name.startswith("lado/web/"):
        return
    for call in source.calls():
        name = called(call)
        where = f"{source.name}:{call.lineno} {name}"
        assert name not in {"select", "sqlalchemy.select", "insert", "update", "delete"}, where
        assert not re.match(r"db\.session\.(?!rollback$|remove$|refresh$|expunge)", name), where
        assert ".query." not in name, where


@every_source
def test_the_web_knows_of_no_database(source: Source) -> None:
    if not source.name.startswith("lado/web/") or source.name in KNOWS_THE_DATABASE:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            words = ast.unparse(node)
            assert "sqlalchemy" not in words, words
            assert not re.match(r"from lado\.extensions import .*\bdb\b", words), words


@every_source
def test_the_web_leaves_parts_of_transactions_to_the_services(source: Source) -> None:
    if source.name.startswith(("lado/web/", "lado/queries/", "lado/models/")):
        assert "_in_transaction" not in source.text


def test_files_and_functions_stay_short() -> None:
    files = {s.name for s in sources() if len(s.text.splitlines()) > 400}
    functions = {
        f"{source.name}::{function.name}"
        for source in sources()
        for function in source.functions()
        if length(function) > 40
    }
    assert files == set(), "over 400 lines"
    assert functions == set(LONG_FUNCTIONS), "over 40 lines, or no longer"


def test_nobody_is_told_of_debug_mode() -> None:
    for source in sources():
        assert "debug=True" not in source.text, source.name


def test_a_breach_is_found_in_whichever_it_is() -> None:
    @every([1, 2, 3], str)
    def check(number: int) -> None:
        assert number != 2

    with pytest.raises(AssertionError, match=r"^2: "):
        check()
