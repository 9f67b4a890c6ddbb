"""What was learned."""

from lado.reports.measure import Measure, Unit, breakdown
from lado.reports.rows import terms
from lado.rules.vocabulary import TermGroup

MEASURES: tuple[Measure, ...] = (
    breakdown(
        "learning.themes",
        "Learning themes",
        Unit.THEME,
        "learning",
        "theme",
        terms(TermGroup.LEARNING_THEME, not_recorded=False),
        "Learning themes of the cases concluded in the period. A case may have several or none, "
        "so the rows need not sum to the cases concluded.",
    ),
)
