"""The documents say what is so: commands exist, columns are described, promises have tests."""

import re
from pathlib import Path

import pytest
from flask import Flask

from lado.models import Base
from tests.guards.source import ROOT

CLASSES = {"personal", "special", "criminal-offence", "operational", "public", "secret"}
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def commands(text: str) -> set[str]:
    """What stands in code in a document, line by line."""
    blocks = re.findall(r"```[a-z]*\n(.*?)```", text, re.DOTALL)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return {*lines, *re.findall(r"`([^`\n]+)`", text)}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_commands_in_the_documents_exist(path: Path, app: Flask) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for command in commands(path.read_text()):
        if made := re.search(r"(?:^|\s)make ([a-z-]+)", command):
            assert made[1] in targets, command
        if called := re.search(r"\bflask ([a-z][a-z-]+)(?: ([a-z][a-z-]+))?", command):
            group = app.cli.commands.get(called[1])
            assert group is not None or called[1] in {"db", "run", "shell", "routes"}, command
            if group is not None and called[2] and hasattr(group, "commands"):
                assert called[2] in group.commands, command


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_files_the_documents_link_to_exist(path: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", path.read_text()):
        if "://" not in link and not link.startswith("docs/pictures/"):
            assert (path.parent / link).exists(), link


def described() -> dict[str, dict[str, tuple[str, str, str]]]:
    tables: dict[str, dict[str, tuple[str, str, str]]] = {}
    name = ""
    for line in (ROOT / "docs/data.md").read_text().splitlines():
        if heading := re.match(r"### `(\w+)`", line):
            name = heading[1]
            tables[name] = {}
        elif row := re.match(r"\| `(\w+)` \| (.+?) \| (.+?) \| (.+?) \|$", line):
            tables[name][row[1]] = (row[2], row[3], row[4])
    return tables


def test_every_column_is_described_with_its_class_and_retention() -> None:
    there = {table.name: set(table.columns.keys()) for table in Base.metadata.tables.values()}
    assert {name: set(columns) for name, columns in described().items()} == there


def test_the_classes_are_those_the_document_explains() -> None:
    for table, columns in described().items():
        for column, (meaning, kind, kept) in columns.items():
            assert kind in CLASSES, f"{table}.{column}"
            assert meaning.strip(), f"{table}.{column}"
            assert kept.strip(), f"{table}.{column}"


def promised_tests() -> list[str]:
    return re.findall(r"`(tests/[\w/]+\.py(?:::\w+)?)`", (ROOT / "docs/security.md").read_text())


def test_every_promise_of_the_security_document_names_a_test_that_exists() -> None:
    assert promised_tests()
    for name in promised_tests():
        path, _, function = name.partition("::")
        assert (ROOT / path).exists(), name
        if function:
            text = (ROOT / path).read_text()
            assert re.search(rf"def {function}\b", text), f"{name} is not there"


def test_every_row_of_promises_names_a_test() -> None:
    text = (ROOT / "docs/security.md").read_text()
    section = text.partition("## What it promises")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")][2:]
    assert rows
    assert [row for row in rows if "`tests/" not in row] == []


def test_decision_records_are_numbered_without_a_gap() -> None:
    names = sorted(path.name for path in (ROOT / "docs/decisions").glob("*.md"))
    assert names
    assert [name[:4] for name in names] == [f"{n:04}" for n in range(1, len(names) + 1)]
