"""A public list is checked as a whole, then loaded as a whole, or not at all."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from lado.directory.problems import Problem, Unreadable
from lado.directory.reading import Listing, Noticed
from lado.queries.establishments import Comparison, Found
from lado.rules.establishments import Facts
from lado.services.audit import Actor
from lado.services.organisation_list import import_organisations

CHUNK = 1000
MOST_PROBLEMS = 1000
MOST_AUTHORITIES = 10

Report = Callable[[str, int, int], None]


def no_report(_stage: str, _done: int, _total: int) -> None:
    """For whoever does not wait."""


@dataclass
class Result:
    """`found` says what was created and changed, or would be. With problems nothing was. The first
    MOST_PROBLEMS of `problem_count` are listed."""

    noticed: Noticed
    rows: int = 0
    found: Found = field(default_factory=Found)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0


def load(
    file: BinaryIO,
    *,
    authority: str = "",
    by: Actor,
    dry_run: bool = False,
    progress: Report = no_report,
) -> Result:
    """Raises Unreadable for whatever is no such list, or has no row of the authority."""
    listing = Listing(file, authority=authority)
    in_file: Counter[str] = Counter()
    result = _check(listing, in_file)
    if authority and not (result.rows or result.problem_count):
        raise Unreadable(_no_such_authority(authority, listing.noticed))
    if result.problem_count:
        return result

    def chunks() -> Iterator[tuple[Facts, ...]]:
        done = 0
        facts = _facts(listing)
        while chunk := tuple(islice(facts, CHUNK)):
            yield chunk
            done += len(chunk)
            progress("Comparing" if dry_run else "Loading", done, result.rows)

    if dry_run:
        comparison = Comparison(in_file)
        for chunk in chunks():
            result.found.add(comparison.plan(chunk))
    else:
        result.found = import_organisations(chunks(), in_file=in_file, by=by)
    result.noticed = listing.noticed
    return result


def _check(listing: Listing, in_file: Counter[str]) -> Result:
    result, seen = Result(listing.noticed), set[str]()
    for number, row in listing.rows():
        wrong = row if isinstance(row, Problem) else None
        if isinstance(row, Facts) and row.urn in seen:
            wrong = Problem(number, "URN", row.urn, "This URN stands in the file before")
        if wrong or isinstance(row, Problem):
            result.problem_count += 1
            if wrong and len(result.problems) < MOST_PROBLEMS:
                result.problems.append(wrong)
            continue
        seen.add(row.urn)
        in_file[row.folded] += 1
        result.rows += 1
    result.noticed = listing.noticed
    return result


def _facts(listing: Listing) -> Iterator[Facts]:
    return (row for _, row in listing.rows() if isinstance(row, Facts))


def _no_such_authority(authority: str, noticed: Noticed) -> str:
    named = ", ".join(name for name, _ in noticed.authorities.most_common(MOST_AUTHORITIES) if name)
    return f"No row of the file is of the authority “{authority}”. " + (
        f"The file has, among others: {named}." if named else "The file names no authority."
    )
