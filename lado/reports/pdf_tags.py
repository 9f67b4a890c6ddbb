"""The structure of a PDF while it is drawn: what a reader who cannot see the page is told.

Whatever is drawn outside a tag is an artifact: rules, backgrounds, the head and foot of a page.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from reportlab.pdfgen.canvas import Canvas

from lado.reports import fonts

LINE_END = re.compile(r"(?<!\\)\) Tj T\*")
Box = tuple[float, float, float, float]


class Mark(NamedTuple):
    """A stretch of a page's content, numbered within the page; pages count from 0."""

    page: int
    number: int


class Link(NamedTuple):
    """The annotation that stands at `place` on the page."""

    page: int
    place: int


class Tag:
    """An element of the structure: `kind` is one of PDF's own. It takes its place when something
    of it is first drawn, so the reading order is the order of drawing; what goes on over the page
    is still one element."""

    def __init__(
        self, kind: str, within: "Tag | None" = None, *, alt: str = "", scope: str = ""
    ) -> None:
        self.kind, self.within, self.alt, self.scope = kind, within, alt, scope
        self.box: Box | None = None
        self.parts: list[Tag | Mark | Link] = []


class TaggedCanvas(Canvas):
    # ReportLab's own: the operators of the page, and its annotations.
    _code: list[str]
    _annotationrefs: list[Any]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.root = Tag("Document")
        self.is_repeating = False  # what has been read once is not read again
        self._settled = 0  # how much of the page's code is marked
        self._numbers = self._entries = 0

    @contextmanager
    def tagged(self, tag: Tag) -> Iterator[None]:
        self.begin(tag)
        yield
        self.end()

    @contextmanager
    def repeating(self, tag: Tag) -> Iterator[None]:
        """For a head that stands on each page: read where it first stands."""
        before = self.is_repeating
        self.is_repeating = before or bool(tag.parts)
        yield
        self.is_repeating = before

    def begin(self, tag: Tag) -> None:
        if self.is_repeating:
            return
        self._settle()
        self._place(tag)
        tag.parts.append(Mark(self.getPageNumber() - 1, self._numbers))
        self._code.append(f"/{tag.kind} <</MCID {self._numbers}>> BDC")
        self._numbers += 1

    def end(self) -> None:
        """Each line ends with a blank, or its last word would be read as one with the next."""
        if self.is_repeating:
            return
        for place in range(self._settled, len(self._code)):
            self._code[place] = LINE_END.sub(" ) Tj T*", self._code[place])
        self._code.append("EMC")
        self._settled = len(self._code)

    def tag_link(self, tag: Tag) -> None:
        """The annotation made last belongs to `tag`."""
        tag.parts.append(Link(self.getPageNumber() - 1, len(self._annotationrefs) - 1))

    def enter_outline(self, words: str, height: float, level: int) -> None:
        """Leads to where the origin is now, `height` above it."""
        self._entries += 1
        key = f"entry-{self._entries}"
        self.bookmarkHorizontal(key, 0, height)
        self.addOutlineEntry(words, key, level)

    def setFont(self, name: str, size: float, leading: float | None = None) -> None:  # noqa: N802 - ReportLab's name
        """Drawings begin with a font that is not embedded, which the standards forbid."""
        super().setFont(name if name in fonts.FILES else fonts.REGULAR, size, leading)

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        self._settle()
        super().showPage()
        self._settled = self._numbers = 0

    def _settle(self) -> None:
        """What was drawn since the last tag ended is an artifact."""
        if len(self._code) > self._settled:
            self._code.insert(self._settled, "/Artifact BMC")
            self._code.append("EMC")
        self._settled = len(self._code)

    def _place(self, tag: Tag) -> None:
        if tag.parts or tag is self.root:
            return
        parent = tag.within or self.root
        self._place(parent)
        parent.parts.append(tag)
