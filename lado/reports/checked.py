"""What a report's commentaries say that its figures do not bear, in either edition."""

from dataclasses import dataclass

from lado.models import Report
from lado.reports.comparison import Comparison
from lado.reports.contradictions import Contradiction, FindingKind, contradictions
from lado.reports.document import Edition
from lado.reports.quoting import Quotes
from lado.reports.stored import document_of, has_public_edition, public_text


@dataclass(frozen=True)
class Checked:
    """`public` are only those that the full edition does not have too."""

    full: tuple[Contradiction, ...]
    public: tuple[Contradiction, ...]

    def __bool__(self) -> bool:
        return bool(self.full or self.public)

    @property
    def all(self) -> tuple[Contradiction, ...]:
        return self.full + self.public

    @property
    def unknown(self) -> list[str]:
        return [found.words for found in self.all if found.kind is FindingKind.UNKNOWN]

    @property
    def listed(self) -> list[str]:
        """To be kept with the report."""
        return [f"{found.kind.label}: “{found.words}” in “{found.sentence}”" for found in self.all]


def checked(report: Report) -> Checked:
    full = contradictions(report.commentary, compared(report, Edition.FULL))
    if not has_public_edition(report):
        return Checked(tuple(full), ())
    known = {(found.kind, found.typed, found.words) for found in full}
    public = contradictions(public_text(report), compared(report, Edition.PUBLIC))
    return Checked(tuple(full), tuple(p for p in public if (p.kind, p.typed, p.words) not in known))


def compared(report: Report, edition: Edition) -> Comparison:
    """With what is hidden, where that edition hides it."""
    return document_of(report, demonstration=False, edition=edition).comparison


def unknown_words(text: str, comparison: Comparison) -> str:
    """What is wrong with the figures that are inserted, or nothing."""
    unknown = Quotes(comparison).unknown(text)
    return f"There is no figure {' or '.join(unknown)}. Choose from the list." if unknown else ""
