"""Every page that any test fetches is read strictly here. `check_page` fails on the first fault."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
# An element of these may not stand inside another of the same set.
NEVER_NESTED = {"a": {"a", "button"}, "button": {"a", "button"}, "form": {"form"},
                "label": {"label"}, "h1": {"h1"}, "p": {"p"}}  # fmt: skip
NOT_IN_PHRASES = {"div", "dl", "fieldset", "form", "h1", "h2", "h3", "h4", "ol", "p", "pre",
                  "section", "table", "ul"}  # fmt: skip
PHRASES_ONLY = {"p", "h1", "h2", "h3", "h4", "span", "button", "caption", "strong", "em"}
ONLY_CHILDREN = {
    "ul": {"li"}, "ol": {"li"}, "tr": {"td", "th"}, "tbody": {"tr"}, "thead": {"tr"},
    "dl": {"div", "dt", "dd"}, "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "select": {"option", "optgroup"},
}  # fmt: skip
SHORT_TEXT = 2_000
# What these hold is shorter, and as much lost with as much pain.
ALSO_KEPT = re.compile(r"/discussions/(schedule|\d+/(rearrange|cancel|correct|copies/add))$")
# Those who report by the public form have no account; synonyms are a list of words.
WITHOUT_DRAFTS = ("/refer", "/lists", "/try")
NOT_TYPED_IN = {"hidden", "submit", "button"}


class BadPage(AssertionError):
    """Says what is wrong with the page."""


class StrictParser(HTMLParser):
    """Makes a tree, and takes no closing tag that is missing, extra or out of order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("document")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            raise BadPage(f"<{tag}> has the same attribute twice, line {self.getpos()[0]}")
        self._check_place(tag)
        element = SubElement(self.open[-1], tag, {name: value or "" for name, value in attrs})
        element.tail = ""
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<path/>` in a drawing, `<br/>` anywhere."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            inside = self.open[-1].tag
            raise BadPage(f"</{tag}> closes nothing inside <{inside}>, line {self.getpos()[0]}")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        parent = self.open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + data
        else:
            parent.text = (parent.text or "") + data

    def close(self) -> None:
        super().close()
        if len(self.open) > 1:
            raise BadPage(f"<{self.open[-1].tag}> is never closed")

    def _check_place(self, tag: str) -> None:
        parent, line = self.open[-1].tag, self.getpos()[0]
        allowed = ONLY_CHILDREN.get(parent)
        if allowed and tag not in allowed:
            raise BadPage(f"<{tag}> may not stand in <{parent}>, line {line}")
        if parent in PHRASES_ONLY and tag in NOT_IN_PHRASES:
            raise BadPage(f"<{tag}> may not stand in <{parent}>, line {line}")
        for above in self.open:
            if above.tag in NEVER_NESTED.get(tag, ()):
                raise BadPage(f"<{tag}> may not stand within <{above.tag}>, line {line}")


def parse(page: str) -> Element:
    if "\x00" in page:
        raise BadPage("there is a NUL in the page")
    if not page.lstrip().lower().startswith("<!doctype html>"):
        raise BadPage("the page has no doctype")
    parser = StrictParser()
    parser.feed(page)
    parser.close()
    return parser.root


def words(element: Element) -> str:
    """What is read, in one line."""
    return " ".join("".join(element.itertext()).split())


def check_page(page: str, url: str) -> None:
    try:
        tree = parse(page)
        for check in CHECKS:
            check(tree)
    except BadPage as bad:
        raise BadPage(f"{url}: {bad}") from None


def one_heading_and_title(tree: Element) -> None:
    headings = list(tree.iter("h1"))
    if len(headings) != 1:
        raise BadPage(f"{len(headings)} h1, not one")
    heading = _without_caption(headings[0])
    title = words(next(tree.iter("title"), Element("title"))).removeprefix("Error: ")
    if not heading or not title.startswith(heading):
        raise BadPage(f"the title {title!r} does not start with the words of the h1, {heading!r}")


def _without_caption(heading: Element) -> str:
    captions = [words(e) for e in heading.iter() if "caption" in e.get("class", "")]
    return words(heading).removeprefix(captions[0] if captions else "").strip()


def language(tree: Element) -> None:
    if not any(element.get("lang") for element in tree.iter("html")):
        raise BadPage("<html> has no lang")


def unique_ids(tree: Element) -> None:
    seen: set[str] = set()
    for element in tree.iter():
        name = element.get("id")
        if name in seen or name == "":
            raise BadPage(f"the id {name!r} stands twice or is empty")
        if name:
            seen.add(name)
    for element in tree.iter():
        for attribute in ("aria-describedby", "aria-labelledby", "aria-controls", "for", "list"):
            for name in element.get(attribute, "").split():
                if name not in seen:
                    raise BadPage(f"{attribute}={name!r} names an id that is not there")


def nothing_inline(tree: Element) -> None:
    for element in tree.iter():
        if element.tag == "style" or "style" in element.attrib:
            raise BadPage(f"inline style in <{element.tag}>")
        if element.tag == "script" and (not element.get("src") or words(element)):
            raise BadPage("inline script")
        handlers = [name for name in element.attrib if name.startswith("on")]
        if handlers:
            raise BadPage(f"{handlers[0]} in <{element.tag}>")
        if element.get("href", "").strip().lower().startswith(("javascript:", "data:")):
            raise BadPage("a link that is a script")


def long_texts_keep_a_draft(tree: Element) -> None:
    """Where a paragraph can be typed, a closed browser must not lose it."""
    for form in tree.iter("form"):
        limits = [int(each.get("data-maxlength", "0")) for each in form.iter("div")]
        kept = "data-draft" in form.attrib or form.get("action", "").startswith(WITHOUT_DRAFTS)
        holds_much = max(limits, default=0) > SHORT_TEXT or ALSO_KEPT.search(form.get("action", ""))
        if holds_much and not kept:
            raise BadPage(f"the form to {form.get('action')} keeps no draft of a long text")


def controls_are_labelled(tree: Element) -> None:
    labels = {label.get("for"): words(label) for label in tree.iter("label")}
    for control in _elements(tree, "input", "select", "textarea"):
        if control.get("type") in NOT_TYPED_IN:
            continue
        if not control.get("name"):
            raise BadPage(f"a {control.tag} has no name")
        if not (labels.get(control.get("id", "")) or control.get("aria-label")):
            raise BadPage(f"{control.get('name')} has no label")
    for fieldset in tree.iter("fieldset"):
        if not any(words(legend) for legend in fieldset.iter("legend")):
            raise BadPage("a fieldset has no legend")


def forms_are_whole(tree: Element) -> None:
    for form in tree.iter("form"):
        if form.get("method", "").lower() not in {"get", "post"} or not form.get("action"):
            raise BadPage("a form has no method or no action")
        names = [control.get("name") for control in form.iter("input")]
        if form.get("method", "").lower() == "post" and names.count("csrf_token") != 1:
            raise BadPage(f"the form to {form.get('action')} has no token, or several")
        if not any(button.get("type", "submit") == "submit" for button in form.iter("button")):
            raise BadPage(f"the form to {form.get('action')} has no button")


def tables_have_headings(tree: Element) -> None:
    for table in tree.iter("table"):
        caption = table.find("caption")
        if caption is None or not words(caption):
            raise BadPage("a table has no caption")
        headings = list(table.iter("th"))
        if not headings or any(h.get("scope") not in {"col", "row", "colgroup"} for h in headings):
            raise BadPage(f"the table {words(caption)!r} lacks headings with a scope")


def links_say_where(tree: Element) -> None:
    for link in tree.iter("a"):
        if not (words(link) or link.get("aria-label")):
            raise BadPage(f"a link to {link.get('href')} has no words")
        if not link.get("href"):
            raise BadPage(f"the link {words(link)!r} goes nowhere")
    for button in tree.iter("button"):
        if not (words(button) or button.get("aria-label")):
            raise BadPage("a button has no words")
    for image in tree.iter("img"):
        if "alt" not in image.attrib:
            raise BadPage("an image has no alt")


def headings_in_order(tree: Element) -> None:
    last = 1
    for element in _elements(tree, "h1", "h2", "h3", "h4", "h5"):
        level = int(element.tag[1])
        if level > last + 1:
            raise BadPage(f"<{element.tag}> {words(element)!r} leaves out a level")
        last = level


def _elements(tree: Element, *tags: str) -> Iterator[Element]:
    return (element for element in tree.iter() if element.tag in tags)


CHECKS = (
    language,
    one_heading_and_title,
    unique_ids,
    nothing_inline,
    controls_are_labelled,
    forms_are_whole,
    long_texts_keep_a_draft,
    tables_have_headings,
    links_say_where,
    headings_in_order,
)
