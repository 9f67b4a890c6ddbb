"""Where the records behind a count are listed."""

from collections.abc import Callable
from typing import Any

from flask import url_for

from lado.extensions import db
from lado.reports.document import Document, Edition
from lado.reports.measure import Measure
from lado.reports.measures import BY_ID, MEASURES
from lado.reports.rows import load_vocabulary
from lado.reports.tables import Cell, Row
from lado.reports.tracing import UNTRACED, Part, codes
from lado.reports.wide import Traced
from lado.rules.permissions import Permission
from lado.rules.signs import NOTHING
from lado.web.guard import user

ENDPOINT = "reports.records"
AUDITED = "audited"
NONE = ("0", NOTHING)


def slug_of(measure: Measure) -> str:
    return measure.id.replace(".", "-").replace("_", "-")


def may_trace(measure: Measure) -> bool:
    """What peers thought of a decision is for those who take part in their audit."""
    return measure.population != AUDITED or user().can(Permission.PEER_AUDIT)


def links(document: Document) -> Callable[[Row, int], str] | None:
    """Of each cell that counts records of the period itself, where they are listed; none for who
    may not open them, and of a public edition."""
    if document.edition is not Edition.FULL or not user().can(Permission.FIGURES_TRACE):
        return None
    figures, vocabulary = document.figures, load_vocabulary(db.session())
    period = figures.period
    followed: dict[str, Any] = {}
    if figures.as_at > period.end:
        followed["as_at"] = figures.as_at.isoformat()
    traced = [measure for measure in MEASURES if may_trace(measure)]
    known = {measure.id: codes(measure, period, vocabulary) for measure in traced}

    def link(row: Row, place: int) -> str:
        traced = row.traced[place] if place < len(row.traced) else None
        part = traced and _part(traced, known)
        if traced is None or part is None or _is_nothing(row.cells[place]):
            return ""
        options: dict[str, Any] = {name: code for name, code in vars(part).items() if code}
        measure = slug_of(BY_ID[traced.measure])
        return url_for(ENDPOINT, period=period.slug, measure=measure, **options, **followed)

    return link


def _is_nothing(cell: Cell) -> bool:
    return cell.lines[0] in NONE or cell.lines[-1].startswith("0 of ")


def _part(traced: Traced, known: dict[str, dict[str, str]]) -> Part | None:
    """None where a word has been called something else since, and of what is in no record."""
    measure = BY_ID[traced.measure]
    if measure.population in UNTRACED or measure.id not in known:
        return None
    if not traced.labels:
        return Part(traced.code)
    of = [name for name in measure.margins if name] or [measure.id]
    found = [known[name].get(label) for name, label in zip(of, traced.labels, strict=True)]
    return None if None in found else Part(*(code for code in found if code))
