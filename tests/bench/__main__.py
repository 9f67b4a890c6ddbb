"""`make bench`: what must be quick, each beside a bare yardstick in the same run."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from flask_migrate import upgrade

from lado import clock, create_app
from lado.config import Config
from lado.demo import loading
from lado.demo.register import as_csv, rows
from lado.extensions import db
from lado.reports.comparison import compare
from lado.reports.document import Document
from lado.rules.quarters import quarter_of, year_of
from tests.bench import case_page, figures, files, matching, page, pdf, publishing, register, search
from tests.bench.timing import Compared
from tests.support import matching_quality

SEARCH_AIM = 50.0
# Milliseconds of a large case: a bare page shows a part of it and notes nobody.
CASE_AIM = 100.0
# Milliseconds of a file of a report. The bare PDF has no structure and meets no standard.
FILE_AIM = 1000.0
PUBLISHED_AIM = 10.0  # seconds
AIMS = {"import": 4.0, "figures": 1.5, "page": 2.0, "growth": 2.0, "history": 1.1}


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="lado-bench-") as folder:
        if options.only is None:
            _run(Path(folder), options.consultations, options.rounds)
        if options.only in (None, "figures"):
            _figures(Path(folder), options.consultations, options.rounds)
        if options.only in (None, "search"):
            _searches(Path(folder), options.consultations, options.rounds)
        if options.only in (None, "matching"):
            _matches(Path(folder), options.people)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--consultations", type=int, default=100_000, help="at least so many")
    parser.add_argument("--rounds", type=int, default=5, help="medians are of so many")
    parser.add_argument("--people", type=int, default=1_000_000, help="among whom one is sought")
    parser.add_argument(
        "--only", choices=("figures", "search", "matching"), help="the first two bear 1,000,000"
    )
    return parser.parse_args()


def _run(folder: Path, consultations: int, rounds: int) -> None:
    today = clock.today()
    times = -(-consultations // sum(1 for _ in rows(today)))
    config = Config(
        instance=folder,
        database_url=f"sqlite:///{folder / 'lado.sqlite'}",
        secret_key="only for the benchmark " * 2,
        demonstration=True,
    )
    app = create_app(config)
    data = as_csv(rows(today, times=times))
    count = data.count(b"\r\n") - 1
    _say(f"{count:,} consultations, {len(data) / 1e6:.1f} MB of CSV; medians of {rounds} rounds")
    with app.app_context():
        template = _template(folder)
    imported = register.measure(data, template, config, rounds=rounds)
    _show("Register import", imported, "import", rows=count)

    _say("Filling the demonstration ...")
    year = year_of(today).same_last_year()
    database = folder / "lado.sqlite"
    with app.app_context():
        loading.fill(times=times)
        comparison = compare(db.session(), quarter_of(year.end))
    _show("List of consultations", page.measure(app, database, rounds=rounds), "page")
    for what, found in case_page.measure(app, database, rounds=rounds):
        _show_case(what, found)
    document = Document(comparison, "The benchmark", demonstration=True)
    _show_pdf(pdf.measure(document, rounds=rounds))
    for name, taken, size in files.measure(document, rounds=rounds):
        _show_file(name, taken * 1000, size)
    with app.app_context():
        for what, taken in publishing.measure(quarter_of(year.end)):
            _show_publishing(what, taken)


def _figures(folder: Path, consultations: int, rounds: int) -> None:
    _say(f"Figures of {consultations:,} consultations ...")
    database = folder / "figures.sqlite"
    app = create_app(
        Config(instance=folder, database_url=f"sqlite:///{database}", secret_key="bench " * 8)
    )
    with app.app_context():
        upgrade()
        for what, aim, found in figures.measure(database, consultations, rounds=rounds):
            _show(what, found, aim)


def _searches(folder: Path, consultations: int, rounds: int) -> None:
    """The time of nearly all of the answers (95 in 100) counts, not how often the bare one's."""
    _say(f"Lists and searches of {consultations:,} consultations ...")
    database = folder / "search.sqlite"
    app = create_app(
        Config(instance=folder, database_url=f"sqlite:///{database}", secret_key="bench " * 8)
    )
    with app.app_context():
        upgrade()
        for what, ours, bare in search.measure(database, consultations, rounds=rounds):
            reached = "reached" if ours.most <= SEARCH_AIM else "missed"
            print(
                f"{what:<22}{ours.half:>10,.1f} ms      bare {bare.half:>10,.1f} ms    "
                f"  {ours.most:.1f} ms for 95 in 100 (bare {bare.most:.1f})"
                f"  aim {SEARCH_AIM:g}: {reached}",
                flush=True,
            )


def _matches(folder: Path, people: int) -> None:
    """Somebody is sought among a tenth of the people, then among all."""
    _say(f"Somebody among {people:,} people ...")
    few, many = matching.measure(folder, [people // 10, people])
    for found in (few, many):
        reached = "reached" if found.p95 <= SEARCH_AIM else "missed"
        taken = f"{found.p50:>10,.1f} ms      bare {found.scan:>10,.1f} ms    "
        print(
            f"Match among {found.people:<10,}{taken}"
            f"  {found.p95:.1f} ms for 95 in 100"
            f" (in ten: {found.found_with_birth:.1%} with a date of birth,"
            f" {found.found_without:.1%} without)"
            f"  aim {SEARCH_AIM:g}: {reached}",
            flush=True,
        )
    _show("Match, ten times more", Compared(many.p95 / 1000, few.p95 / 1000), "growth")
    qualities, alarms = matching_quality.measure()
    for line in (*qualities, alarms):
        print(line, flush=True)


def _template(folder: Path) -> Path:
    """A database with the shipped lists only, to be copied."""
    upgrade()
    db.session.remove()
    db.engine.dispose()
    return Path(shutil.copy(folder / "lado.sqlite", folder / "template.sqlite"))


def _show(what: str, found: Compared, aim: str, *, rows: int = 0) -> None:
    if rows:
        taken = f"{rows / found.ours:>10,.0f} rows/s  bare {rows / found.bare:>10,.0f} rows/s"
    else:
        taken = f"{found.ours * 1000:>10,.1f} ms      bare {found.bare * 1000:>10,.1f} ms    "
    reached = "reached" if found.ratio <= AIMS[aim] else "missed"
    print(f"{what:<22}{taken}  {found.ratio:5.2f} times  aim {AIMS[aim]:g}: {reached}", flush=True)


def _show_case(what: str, found: Compared) -> None:
    ours, bare = found.ours * 1000, found.bare * 1000
    reached = "reached" if ours <= CASE_AIM else "missed"
    print(
        f"{what:<22}{ours:>10,.1f} ms      bare {bare:>10,.1f} ms    "
        f"  {ours:.1f} ms a page (bare {bare:.1f})  aim {CASE_AIM:g}: {reached}",
        flush=True,
    )


def _show_pdf(found: Compared) -> None:
    ours, bare = found.ours * 1000, found.bare * 1000
    reached = "reached" if ours <= FILE_AIM else "missed"
    print(
        f"{'Report as PDF':<22}{ours:>10,.1f} ms      bare {bare:>10,.1f} ms    "
        f"  {found.ratio:.2f} times (bare untagged)  aim {FILE_AIM:g}: {reached}",
        flush=True,
    )


def _show_file(name: str, taken: float, size: int) -> None:
    reached = "reached" if taken <= FILE_AIM else "missed"
    print(
        f"{f'File, {name}':<22}{taken:>10,.1f} ms      {taken:.1f} ms ({size / 1000:,.0f} kB)"
        f"  aim {FILE_AIM:g}: {reached}",
        flush=True,
    )


def _show_publishing(what: str, taken: float) -> None:
    reached = "reached" if taken <= PUBLISHED_AIM else "missed"
    print(
        f"{what:<22}{taken * 1000:>10,.1f} ms      {taken:.2f} s (of a quarter)"
        f"  aim {PUBLISHED_AIM:g}: {reached}",
        flush=True,
    )


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
