"""What an answer to an information request says: the words and tables that are given and kept, from
which its page and its files are made. The question is not in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from lado.reports import wording
from lado.reports.answer import Answer
from lado.reports.choosing import caption, heading
from lado.reports.disclosure import Disclosure, masked
from lado.reports.document import AS_RECORDED, DATES
from lado.reports.figures import Figures
from lado.reports.measure import Shape
from lado.reports.measures import BY_ID
from lado.reports.plan import TablePlan, one
from lado.reports.public_edition import about_hiding, is_left_out, left_out_words, noted
from lado.reports.tables import Cell, Definition, Row, Table, period_table, wide_table
from lado.reports.tidy import write_csv
from lado.rules.quarters import PeriodKind

TYPES = {
    PeriodKind.YEAR: "A financial year runs from 1 April to 31 March.",
    PeriodKind.QUARTER: "The quarters are those of the financial year, which runs from 1 April to "
    "31 March: Q1 is April to June.",
    PeriodKind.CALENDAR_YEAR: "A calendar year runs from 1 January to 31 December.",
    PeriodKind.ACADEMIC_YEAR: "An academic year runs from 1 September to 31 August.",
}


@dataclass(frozen=True)
class Reply:
    """`left_out` says of each table that is not in it why."""

    title: str
    council: str
    opening: tuple[str, ...]
    tables: tuple[Table, ...]
    left_out: tuple[str, ...]
    about: tuple[str, ...]

    def as_record(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Reply":
        words = {name: tuple(record[name]) for name in ("opening", "left_out", "about")}
        tables = tuple(map(_table, record["tables"]))
        return cls(record["title"], record["council"], tables=tables, **words)


def _table(record: Mapping[str, Any]) -> Table:
    rows = (
        Row(row["label"], tuple(Cell(tuple(cell["lines"])) for cell in row["cells"]),
            row["is_total"])
        for row in record["rows"]
    )  # fmt: skip
    definitions = (Definition(**each) for each in record["definitions"])
    parts = {"rows": tuple(rows), "definitions": tuple(definitions)}
    return Table(
        **dict(record) | parts | {name: tuple(record[name]) for name in ("headings", "names")}
    )


def make_reply(answer: Answer, disclosure: Disclosure, council: str, drawn_on: date) -> Reply:
    shown = masked(answer, disclosure)
    gone = [plan for plan in _plans(answer) if is_left_out(plan, disclosure)]
    return Reply(
        title=f"{heading(BY_ID[answer.measures[0]])}, {_span(answer)}",
        council=council,
        opening=tuple(_opening(answer, drawn_on)),
        tables=tuple(noted(each, disclosure.rule) for each in tables_of(shown, disclosure)),
        left_out=tuple(left_out_words(plan, disclosure.rule) for plan in gone),
        about=(*([about_hiding(disclosure)] if disclosure.hidden else []), AS_RECORDED, DATES),
    )


def tables_of(answer: Answer, disclosure: Disclosure) -> Iterator[Table]:
    """Those that are not left out."""
    for plan in _plans(answer):
        if not is_left_out(plan, disclosure):
            yield from map(_untraced, _tables(plan, answer))


def _span(answer: Answer) -> str:
    first, last = answer.figures[0].period, answer.figures[-1].period
    if first == last:
        return first.typed_label
    return f"{first.kind.label.lower()}s {first.short_label} to {last.short_label}"


def _opening(answer: Answer, drawn_on: date) -> Iterator[str]:
    yield f"The figures are for {_span(answer)}. {TYPES[answer.figures[0].period.kind]}"
    yield (
        f"They were counted from the council’s records on {wording.day(drawn_on)}. What became of "
        "the consultations and cases of each period is followed up to its own last day."
    )


def _plans(answer: Answer) -> Iterator[TablePlan]:
    """What is one number a period shares a table; each other measure has its own."""
    chosen = [BY_ID[name] for name in answer.measures]
    single = [each for each in chosen if each.shape in (Shape.COUNT, Shape.RATE, Shape.RATIO)]
    if single:
        title = heading(single[0]) if len(single) == 1 else "Figures"
        yield TablePlan("figures", title, tuple(each.id for each in single))
    yield from (one(each.id, caption(each)) for each in chosen if each not in single)


def _tables(plan: TablePlan, answer: Answer) -> Sequence[Table]:
    measure = BY_ID[plan.measures[0]]
    if measure.shape is Shape.CROSS:
        return [_crossed(plan, each) for each in answer.figures if each[measure.whole] != 0]
    return [period_table(plan, answer.figures, _span(answer))]


def _crossed(plan: TablePlan, figures: Figures) -> Table:
    return replace(
        wide_table(plan, figures),
        id=f"{plan.id}-{figures.period.slug}",
        caption=f"{plan.caption}, {figures.typed_label}",
    )


def _untraced(table: Table) -> Table:
    return replace(table, rows=tuple(replace(row, traced=()) for row in table.rows))


def reply_csv(reply: Reply) -> bytes:
    return write_csv(reply.tables)
