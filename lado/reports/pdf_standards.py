"""A PDF that ReportLab made becomes PDF/UA-1 and PDF/A-2a.

ReportLab writes neither a structure nor the metadata, and its character maps name a character 0
that both standards forbid.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageCms
from reportlab.platypus import BaseDocTemplate, Flowable

from lado.reports.pdf_tags import Link, Mark, Tag, TaggedCanvas
from lado.reports.pdf_xmp import PRODUCER, Particulars, metadata

# Where a stream's own last byte ends a line, a reader cannot tell it from the line's end after it.
LINE_ENDS = (b"\r", b"\n")
FILLER, FONT_FILLER = b" ", b"\1"
UNCLEAR = b"\r\nendstream"
PRINTED = 4  # the flag of an annotation that is printed too
NOTHING_MAPPED = re.compile(rb"<[0-9A-F]{2}> <0000>\n")
MAPPED = re.compile(rb"\d+ beginbfchar\n(.*?)endbfchar", re.DOTALL)
MOST_MAPPED = 100  # in one block, as the format has it


def build(template: BaseDocTemplate, story: list[Flowable], facts: Particulars) -> bytes:
    """The same bytes from the same story, whenever it is built."""
    canvases: list[TaggedCanvas] = []

    def make_canvas(*args: Any, **options: Any) -> TaggedCanvas:
        canvases.append(TaggedCanvas(*args, **options))
        return canvases[-1]

    output = BytesIO()
    template.filename = output
    template.build(story, canvasmaker=make_canvas)
    return _finish(output, canvases[0].root, facts)


def _finish(content: BytesIO, root: Tag, facts: Particulars) -> bytes:
    with pikepdf.open(content) as pdf:
        _Structure(pdf).write(root)
        _describe(pdf, facts)
        _mend_fonts(pdf)
        _pack_streams(pdf)
        small = _saved(pdf, pikepdf.ObjectStreamMode.generate)
        return _saved(pdf, pikepdf.ObjectStreamMode.disable) if UNCLEAR in small else small


def _saved(pdf: pikepdf.Pdf, mode: pikepdf.ObjectStreamMode) -> bytes:
    output = BytesIO()
    pdf.save(
        output,
        object_stream_mode=mode,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        fix_metadata_version=False,
        deterministic_id=True,
    )
    return output.getvalue()


def _pack_streams(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") != Name.XML:
            is_font = "/Length1" in item
            data = padded(item.read_bytes(), FONT_FILLER if is_font else FILLER)
            item.write(zlib.compress(data, 9), filter=Name.FlateDecode)
            if is_font:
                item.Length1 = len(data)


def padded(data: bytes, filler: bytes) -> bytes:
    """So that it does not end a line once it is packed: then its last byte is that of the sum of
    its bytes, which each filler moves on."""
    while zlib.compress(data, 9).endswith(LINE_ENDS):
        data += filler
    return data


class _Structure:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.marked: dict[int, dict[int, Any]] = defaultdict(dict)
        self.links: list[Any] = []

    def write(self, root: Tag) -> None:
        pdf = self.pdf
        tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = Array([self._element(root, tree)])
        pages = len(pdf.pages)
        for number, page in enumerate(pdf.pages):
            page.obj.StructParents = number
            page.obj.Tabs = Name.S
        owners = [
            (n, pdf.make_indirect(Array([self.marked[n][m] for m in sorted(self.marked[n])])))
            for n in range(pages)
        ]
        owners += list(enumerate(self.links, start=pages))
        numbers = Array([part for pair in owners for part in pair])
        tree.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
        tree.ParentTreeNextKey = len(owners)
        pdf.Root.StructTreeRoot = tree
        pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _element(self, tag: Tag, parent: Any) -> Any:
        element = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{tag.kind}"), P=parent)
        )
        element.K = Array([self._part(part, element) for part in tag.parts])
        if tag.alt:
            element.Alt = String(tag.alt)
        if attributes := list(_attributes(tag)):
            element.A = Array(attributes)
        return element

    def _part(self, part: Tag | Mark | Link, element: Any) -> Any:
        match part:
            case Tag():
                return self._element(part, element)
            case Mark(page, number):
                self.marked[page][number] = element
                return Dictionary(Type=Name.MCR, Pg=self.pdf.pages[page].obj, MCID=number)
            case Link(page, place):
                annotation = self.pdf.pages[page].obj.Annots[place]
                annotation.StructParent = len(self.pdf.pages) + len(self.links)
                annotation.F = PRINTED
                self.links.append(element)
                return Dictionary(Type=Name.OBJR, Pg=self.pdf.pages[page].obj, Obj=annotation)


def _attributes(tag: Tag) -> Iterator[Any]:
    if tag.scope:
        yield Dictionary(O=Name.Table, Scope=Name(f"/{tag.scope}"))
    if tag.box:
        box = Array([round(side, 2) for side in tag.box])
        yield Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block)


def _describe(pdf: pikepdf.Pdf, facts: Particulars) -> None:
    info = Dictionary(
        Title=String(facts.title),
        Author=String(facts.author),
        Subject=String(facts.subject),
        Producer=String(PRODUCER),
    )
    if facts.made:
        info.CreationDate = info.ModDate = String(f"D:{facts.made:%Y%m%d}000000Z")
    pdf.docinfo = pdf.make_indirect(info)
    pdf.Root.Metadata = pdf.make_stream(metadata(facts), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    profile = pdf.make_stream(_screen_colours(), N=3)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String("sRGB"),
                DestOutputProfile=profile,
            )
        ]
    )


@cache
def _screen_colours() -> bytes:
    """sRGB, without the moment at which it was made."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile[:24] + bytes(12) + profile[36:]


def _mend_fonts(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/ToUnicode" in item:
            item.ToUnicode.write(_without_zeros(item.ToUnicode.read_bytes()))


def _without_zeros(cmap: bytes) -> bytes:
    def block(found: re.Match[bytes]) -> bytes:
        lines = NOTHING_MAPPED.sub(b"", found[1]).splitlines(keepends=True)
        blocks = [lines[n : n + MOST_MAPPED] for n in range(0, len(lines), MOST_MAPPED)]
        return b"\n".join(
            b"%d beginbfchar\n%sendbfchar" % (len(part), b"".join(part)) for part in blocks
        )

    return MAPPED.sub(block, cmap)
