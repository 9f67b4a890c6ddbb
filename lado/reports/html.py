"""The report as one web page that needs nothing beside it."""

from functools import cache

from jinja2 import Environment, FileSystemLoader

from lado.config import ROOT
from lado.reports.document import Document
from lado.reports.svg import inline_svg


def build_html(document: Document) -> bytes:
    template = _templates().get_template("reports/standalone.html")
    css = (ROOT / "lado" / "static" / "report.css").read_text(encoding="utf-8")
    return template.render(document=document, svg=inline_svg, css=css).encode()


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True)
