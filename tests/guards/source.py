"""The project's own code, read as text and as syntax trees."""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[2]
Thing = TypeVar("Thing")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    def functions(self) -> Iterator[Function]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def calls(self) -> Iterator[ast.Call]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node


@cache
def sources(folder: str = "lado") -> tuple[Source, ...]:
    return tuple(_read(path) for path in sorted((ROOT / folder).rglob("*.py")))


def _read(path: Path) -> Source:
    text = path.read_text()
    return Source(path, text, ast.parse(text))


@cache
def templates() -> dict[Path, str]:
    return {path: path.read_text() for path in sorted((ROOT / "templates").rglob("*.html"))}


@cache
def called(call: ast.Call) -> str:
    """`db.session.add` for db.session.add(...)."""
    return ast.unparse(call.func)


def length(function: Function) -> int:
    """Lines of code: a docstring explains and does not count."""
    first = function.body[0]
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def every(
    things: Iterable[Thing], name: Callable[[Thing], str]
) -> Callable[[Callable[[Thing], None]], Callable[[], None]]:
    """One test for all of them: thousands take longer to hand out than to run."""

    def one_test(check: Callable[[Thing], None]) -> Callable[[], None]:
        def test() -> None:
            for thing in things:
                try:
                    check(thing)
                except AssertionError as error:
                    raise AssertionError(f"{name(thing)}: {error}") from error

        test.__name__, test.__doc__ = check.__name__, check.__doc__
        return test

    return one_test
