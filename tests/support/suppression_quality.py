"""How much the public edition hides, against simpler ways, and that none of it is found out.

python -m tests.support.suppression_quality --reports 2000

A greedy choice takes longer than all else, so only the first reports are compared.
"""

import argparse
import time
from collections import Counter

from lado.reports.attack import exposed
from lado.reports.counts import Counts, Rule
from lado.reports.disclosure import Disclosing, Published
from tests.support.public_editions import Shelf, shelves


def whole_rows(counts: Counts, rule: Rule, own: set) -> set:
    """Each row with a small count hidden in every period, and its totals if it stands alone."""
    must = rule.must_hide(counts) & own
    rows = {(cell.measure, cell.label) for cell in must}
    return {cell for cell in own if (cell.measure, cell.label) in rows}


def greedy(counts: Counts, rule: Rule, own: set) -> set:
    """For each count that could be worked out, the smallest other one of a sum that it is in."""
    hidden = rule.must_hide(counts)
    while found := exposed(counts, rule, hidden):
        more = set()
        for key in sorted(found):
            beside = {
                other
                for tie in counts.ties
                if key in tie.parts and not tie.or_more
                for other in tie.parts
                if other in own - hidden and counts.values[other] >= rule.least
            } - set(counts.printed)
            more |= set(sorted(beside, key=lambda other: (counts.values[other], other))[:1])
        if not more:
            break
        hidden |= more
    return hidden & own


def compare(shelf: Shelf, tally: Counter) -> None:
    earlier: list[Published] = []
    for one in shelf.published:
        judged = Disclosing(one.publication, shelf.rule, earlier)
        own = {cell for laid in judged.laid for cell in laid.values}
        rule = shelf.rule.counts
        tally["small"] += len(rule.must_hide(judged.counts) & own)
        tally["hidden"] += len(one.disclosure.hidden)
        tally["whole rows"] += len(whole_rows(judged.counts, rule, own))
        tally["greedy"] += len(greedy(judged.counts, rule, own))
        tally["printed cells"] += len(own)
        earlier.append(one)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--first", type=int, default=0, help="the first council, by number")
    parser.add_argument("--compared", type=int, default=300, help="beside simpler ways")
    asked = parser.parse_args()
    tally: Counter = Counter()
    began = time.perf_counter()
    for shelf in shelves(asked.reports, asked.first):
        tally["published"] += len(shelf.published)
        tally["refused"] += len(shelf.refused)
        tally["found out"] += len(shelf.found_out())
        if tally["published"] <= asked.compared:
            compare(shelf, tally)
        print(dict(tally), f"{time.perf_counter() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
