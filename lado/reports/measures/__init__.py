"""Every figure of the report, declared once: what it counts, in words and in the records.

The words are printed under the table that shows the figure. How a figure is counted is a
population (the records it looks at, `populations`) and a key (the attribute of each record that
decides whether, or under which label, it counts). Nothing else counts anything. A new figure is
a declaration in one of these modules, and its id in `contents.py`. No id or shape is changed or
taken away: published reports are read by them.
"""

from lado.reports.measure import Measure
from lado.reports.measures import (
    adults,
    agencies,
    cases,
    consultations,
    crosses,
    learning,
    outcomes,
    quality,
    service,
    strategy,
)

# In the order of the JSON.
MEASURES: tuple[Measure, ...] = tuple(
    measure
    for subject in (
        consultations, cases, strategy, outcomes, agencies, learning, adults, crosses, service,
        quality,
    )
    for measure in subject.MEASURES
)  # fmt: skip

# Stored with each report: raised when a rule above changes what is counted.
DEFINITIONS_VERSION = "3"

BY_ID = {measure.id: measure for measure in MEASURES}
