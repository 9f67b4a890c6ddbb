"""A quarter drawn, its public edition chosen and attacked beside all that was published before, and
both editions made: what somebody waits for between drawing and publishing."""

from collections.abc import Iterator
from dataclasses import replace

from lado.extensions import db
from lado.reports.comparison import compare
from lado.reports.disclosure import Disclosing, Disclosure
from lado.reports.document import Document
from lado.reports.pdf import build_pdf
from lado.reports.stored import public_rule, published_before
from lado.rules.quarters import Period
from tests.bench.timing import seconds


def measure(period: Period) -> Iterator[tuple[str, float]]:
    """Seconds of each part and of all."""
    comparison = compare(db.session(), period)
    document = Document(comparison, "The benchmark")

    def judged() -> Disclosing:
        return Disclosing(comparison, public_rule(), published_before())

    def both(disclosure: Disclosure) -> None:
        build_pdf(replace(document))
        build_pdf(document.in_public(disclosure, ""))

    chosen: list[Disclosure] = []
    taken = {
        "Report, drawn": seconds(lambda: compare(db.session(), period)),
        "Report, hidden": seconds(lambda: chosen.append(judged().choose())),
        "Report, attacked": seconds(lambda: judged().exposed(chosen[0])),
        "Report, both as PDF": seconds(lambda: both(chosen[0])),
    }
    yield from taken.items()
    yield "Report, published", sum(taken.values())
