"""Contacts per quarter of one organisation or person, drawn beside their table."""

from collections.abc import Sequence

from lado.queries.contacts import Quarter
from lado.reports.chart_shapes import Bar, columns
from lado.reports.charts import Chart

TITLE = "Contacts per quarter"


def contacts_chart(quarters: Sequence[Quarter]) -> Chart:
    numbers = "; ".join(f"{each.label} {each.contacts:,}" for each in quarters)
    drawing = columns([Bar(each.label, each.contacts) for each in quarters])
    return Chart("contacts", TITLE, f"{TITLE}: {numbers}.", drawing)
