"""Each template compiles, stands on the frame, has a title and is used."""

import re
from pathlib import Path

from flask import Flask

from tests.guards.source import ROOT, every, sources, templates

# The last is a file on its own, read without a server, so its styles stand in it.
ALONE = "reports/standalone.html"
FRAMES = {"base.html", "errors/failsafe.html", ALONE}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT / "templates").as_posix()


every_template = every(templates(), name_of)


def is_partial(path: Path) -> bool:
    """Drawn within another page: macros, and what another template includes."""
    if path.name.startswith("_") or "macros" in path.parts:
        return True
    included = f'include "{name_of(path)}"'
    return any(included in text for text in templates().values())


def without_comments(text: str) -> str:
    return re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)


def test_each_compiles(app: Flask) -> None:
    for path in templates():
        app.jinja_env.get_template(name_of(path))


@every_template
def test_a_page_stands_on_the_frame_and_has_a_title(path: Path) -> None:
    if is_partial(path) or name_of(path) in FRAMES:
        return
    text = without_comments(path.read_text())
    parent = re.search(r'\{%-?\s*extends "([^"]+)"', text)
    assert parent, "extends nothing"
    assert (ROOT / "templates" / parent[1]).exists()
    if parent[1] in FRAMES:
        assert "block page_title" in text, "has no title"


@every_template
def test_nothing_is_marked_safe_and_nothing_stands_inline(path: Path) -> None:
    """The content security policy would refuse it; text written by people stays text."""
    if name_of(path) == ALONE:
        return
    text = without_comments(path.read_text())
    for pattern in (
        r"\|\s*safe\b",
        r"autoescape\s+false",
        r"<style\b",
        r"\sstyle\s*=",
        r"\son[a-z]+\s*=\s*[\"']",
        r"<script(?![^>]*\bsrc=)",
        r"javascript:",
    ):
        assert not re.search(pattern, text, re.IGNORECASE), pattern


@every_template
def test_it_is_used(path: Path) -> None:
    name = name_of(path)
    if name.startswith("errors/"):
        return
    others = [text for other, text in templates().items() if other != path]
    code = [source.text for source in sources()]
    # A view may choose among its area's templates: f"register/{answer}.html".
    chosen = f'"{path.parent.name}/{{' if f'"{path.stem}"' in "".join(code) else name
    assert any(f'"{name}"' in text or chosen in text for text in (*others, *code)), (
        f"{name} is used nowhere"
    )


def test_every_rendered_template_exists() -> None:
    for source in sources():
        for name in re.findall(r'render_template\(\s*"([^"]+)"', source.text):
            assert (ROOT / "templates" / name).exists(), f"{source.name} renders {name}"
