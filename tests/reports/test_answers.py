"""What an answer to an information request says, and that it gives nothing away."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from lado.papers.answer import answer_paper
from lado.papers.pdf import paper_pdf
from lado.reports.answer import Answer
from lado.reports.cells import lay
from lado.reports.choosing import breakdowns, counted, may_choose
from lado.reports.disclosure import Disclosing, PublicRule, Published
from lado.reports.figures import Figures
from lado.reports.measures import BY_ID, MEASURES
from lado.reports.reply import Reply, make_reply, reply_csv
from lado.rules.quarters import Period
from tests.reports.example import quarter
from tests.reports.pdf_structure import faults
from tests.support.public_editions import Shelf
from tests.support.random_reports import Register

pytestmark = pytest.mark.sqlite_only

RECEIVED = ("consultations.received", "consultations.by_sector", "consultations.conversion")
CONCLUDED = ("cases.concluded", "outcomes.concluded_in_period")
DRAWN = date(2013, 5, 1)


def answer_of(register: Register, measures: tuple[str, ...], *periods: str) -> Answer:
    return Answer(measures, tuple(register.figures(Period.parse(each)) for each in periods))


def reply_to(answer: Answer, rule: PublicRule = PublicRule()) -> Reply:  # noqa: B008 - frozen
    return make_reply(answer, Disclosing(answer, rule).choose(), "Sample Council", DRAWN)


# A report or an answer: what is counted, and over which periods.
STORIES = (
    (120, ["2011-12", (RECEIVED, "calendar-2011", "calendar-2012"), "2012-13/Q1"]),
    (40, [(CONCLUDED, "academic-2011-12", "academic-2012-13"), "2012-13"]),
    (120, [(RECEIVED, "2012-13/Q1", "2012-13/Q2"), (RECEIVED, "2012-13"), "2012-13/Q3"]),
)


@pytest.mark.parametrize(("size", "story"), STORIES)
def test_a_reader_of_reports_and_answers_in_any_order_finds_nothing_out(size, story) -> None:
    shelf = Shelf(Register(size, size), PublicRule())
    for one in story:
        shelf.publish(one) if isinstance(one, str) else shelf.answer(one[0], one[1:])
    assert len(shelf.published) > 1
    assert shelf.found_out() == {}
    hidden = [one.disclosure.hidden for one in shelf.published]
    laid = [{cell for each in lay(one.publication) for cell in each.values}
            for one in shelf.published]  # fmt: skip
    for place, before in enumerate(hidden):
        assert all(before & laid[later] <= hidden[later] for later in range(place, len(hidden)))
    assert any(hidden)


def test_the_reader_of_answers_would_find_out_what_is_hidden_alone() -> None:
    """So that the test above tells something."""
    shelf = Shelf(Register(120, 120), PublicRule())
    shelf.answer(RECEIVED, ["calendar-2011", "calendar-2012"])
    one = shelf.published[0]
    small = {c for each in lay(one.publication) for c, n in each.values.items() if 0 < n < 5}
    shelf.published = [replace(one, disclosure=replace(one.disclosure, hidden=frozenset(small)))]
    assert shelf.found_out()


def test_whatever_a_public_report_counts_can_be_asked_for() -> None:
    subjects = [measure for _, measure in counted()]
    offered = {each.id for each in subjects}
    offered |= {each.id for subject in subjects for each in breakdowns(subject)}
    assert offered == {each.id for each in MEASURES if may_choose(each)}
    assert not [name for name in offered if not BY_ID[name].public]


@pytest.mark.parametrize(
    ("periods", "headings", "says"),
    [
        (["2011-12", "2012-13"], ["Financial year 2011-12", "Financial year 2012-13"], "1 April"),
        (["2012-13/Q1"], ["Quarter 2012-13 Q1"], "April to June"),
        (["calendar-2012"], ["Calendar year 2012"], "1 January"),
        (["academic-2012-13"], ["Academic year 2012-13"], "1 September"),
    ],
)
def test_each_table_says_its_periods_and_their_type(periods, headings, says) -> None:
    reply = reply_to(answer_of(Register(1, 120), RECEIVED, *periods))
    assert says in reply.opening[0]
    assert len(reply.tables) == 2
    for table in reply.tables:
        assert [each.replace("\N{NO-BREAK SPACE}", " ") for each in table.headings] == headings
        assert re.search(r"\d{4}(-\d\d)?", periods[0])[0] in table.caption
        assert all(each.rule for each in table.definitions)
    assert [each.term for each in reply.tables[0].definitions] == [
        BY_ID[name].title for name in RECEIVED if name != "consultations.by_sector"
    ]


def test_what_differs_by_a_few_from_what_was_published_is_seen() -> None:
    """Contacts that were put on record late, between two answers about the same year."""
    register = Register(1, 120)
    first = answer_of(register, RECEIVED, "2012-13")
    before = [Published(first, Disclosing(first, PublicRule()).choose())]
    assert not Disclosing(first, PublicRule(), before).has_moved
    late = (date(2012, 5, 1), register.consultations[0][1])
    for more, seen in ((1, True), (8, False)):
        register.consultations += [late] * more
        then = answer_of(register, RECEIVED[:1], "2012-13")
        assert Disclosing(then, PublicRule(), before).has_moved is seen


def test_the_words_that_are_kept_give_the_same_files() -> None:
    """Cross-tables too, with their margins and totals."""
    measures = ("consultations.received", "consultations.sector_by_category")
    answer = Answer(measures, (quarter().this,))
    reply = reply_to(answer)
    kept = Reply.from_record(reply.as_record())
    assert kept == reply
    assert reply_csv(kept) == reply_csv(reply)
    papers = [answer_paper(each, "FOI 1", "x", given=True) for each in (reply, kept)]
    first, again = map(paper_pdf, papers)
    assert first == again
    assert faults(first) == []
    assert "[c] stands for a number that is hidden" in " ".join(reply.about)
    assert Answer.from_record(answer.as_record()).measures == measures


def test_a_table_about_few_is_left_out_with_the_reason() -> None:
    register = Register(3, 8)
    reply = reply_to(answer_of(register, RECEIVED, "2012-13/Q1"))
    assert [table.id for table in reply.tables] == ["figures"]
    assert "fewer than 10 consultations" in reply.left_out[0]


def test_noughts_of_a_cross_table_are_hidden_where_noughts_are() -> None:
    """The figures do not keep them."""
    sectors, categories = "ABCD", "WXYZ"
    cells = {
        (s, c): 20 for s in sectors for c in categories if (s, c) not in (("A", "W"), ("B", "X"))
    }
    totals = [Counter({word: sum(n for cell, n in cells.items() if word in cell) for word in words})
              for words in (sectors, categories)]  # fmt: skip
    names = ("consultations.received", "consultations.by_sector", "consultations.by_category",
             "consultations.sector_by_category")  # fmt: skip
    period = Period.parse("2012-13")
    values = dict(zip(names, (sum(cells.values()), *totals, cells), strict=True))
    answer = Answer(names, (Figures(period, period.end, False, values),))
    crossed = reply_to(answer, PublicRule(hides_nought=True)).tables[-1]
    shown = [[str(cell) for cell in row.cells] for row in crossed.rows]
    assert len(shown) == len(sectors) + 1
    assert shown[0][0] == shown[1][1] == "[c]"
    assert not any("0" in row for row in shown)
