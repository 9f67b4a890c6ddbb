"""Between a report or an answer as it is kept and a document as it is shown."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy.orm import Session

from lado import clock
from lado.errors import Refused
from lado.extensions import db
from lado.models import InformationRequest, Report
from lado.queries import information_requests, reports, settings
from lado.reports.actions import progress_before, progress_of
from lado.reports.answer import Answer, draw_answer
from lado.reports.attack import TookTooLong
from lado.reports.cells import Publication
from lado.reports.comparison import Comparison, compare
from lado.reports.disclosure import Disclosing, Disclosure, PublicRule, Published
from lado.reports.document import Document, Edition, ShownTable
from lado.reports.measures import DEFINITIONS_VERSION
from lado.reports.pdf import build_pdf
from lado.reports.reply import Reply, make_reply
from lado.reports.suppression import CannotBeHiddenSafely
from lado.rules.quarters import Period
from lado.rules.vocabulary import ReportStatus
from lado.services.information_request import NOT_DRAWN, DrawnAnswer
from lado.services.publication import Judged
from lado.services.report import DrawnFigures, Editions, no_public_edition

MOVED = (
    "Some of these figures were published before and differ by a few now, so that both together "
    "would tell whom the change is about. Publish a corrected report of the period first, or ask "
    "for other periods."
)
DRAW_LATER = (
    "It took too long to make sure that nothing hidden could be worked out. Draw it again when the "
    "machine has less to do."
)
UNSOUND = "The answer cannot be given, because its totals do not reconcile. Correct the records."


def drawn_figures(session: Session, period: Period, as_at: date | None = None) -> DrawnFigures:
    """Raises ValueError, in words, for a period or an as-at date that cannot be counted."""
    comparison = compare(session, period, as_at)
    return DrawnFigures(
        period=period,
        as_at=comparison.this.as_at,
        definitions_version=DEFINITIONS_VERSION,
        council=settings.get_text("council_name"),
        record=comparison.as_record(),
        discrepancies=comparison.discrepancies,
        provisional=comparison.this.provisional,
        public=_public_record(comparison),
        sub_group_actions=[each.as_record() for each in progress_before(period, clock.today())],
    )


def _public_record(comparison: Comparison) -> dict[str, Any]:
    try:
        return disclose(comparison).as_record()
    except CannotBeHiddenSafely as error:
        return {"refused": str(error)}
    except TookTooLong:
        return {"refused": DRAW_LATER}


def disclose(publication: Publication) -> Disclosure:
    """Raises CannotBeHiddenSafely, in words."""
    return Disclosing(publication, public_rule(), published_before()).choose()


def drawn_answer(measures: Sequence[str], periods: Sequence[Period]) -> DrawnAnswer:
    answer = draw_answer(db.session(), measures, periods)
    unsound = {"refused": " ".join([UNSOUND, *answer.discrepancies])}
    said = unsound if answer.discrepancies else _said(answer)
    return DrawnAnswer(DEFINITIONS_VERSION, {"answer": answer.as_record()} | said)


def _said(answer: Answer) -> dict[str, Any]:
    disclosing = Disclosing(answer, public_rule(), published_before())
    if disclosing.has_moved:
        return {"refused": MOVED}
    try:
        disclosure = disclosing.choose()
    except (CannotBeHiddenSafely, TookTooLong) as error:
        return {"refused": str(error)}
    council = settings.get_text("council_name")
    reply = make_reply(answer, disclosure, council, clock.today())
    return {"refused": "", "public": disclosure.as_record(), "reply": reply.as_record()}


def answer_of(request: InformationRequest) -> Answer:
    """Raises Refused where none was drawn."""
    return Answer.from_record(_drawn(request)["answer"])


def reply_of(request: InformationRequest) -> Reply:
    """Raises Refused, in words, where there is none that could be given."""
    figures = _drawn(request)
    if figures["refused"]:
        raise Refused(figures["refused"])
    return Reply.from_record(figures["reply"])


def _drawn(request: InformationRequest) -> dict[str, Any]:
    if request.figures is None:
        raise Refused(NOT_DRAWN)
    return request.figures


def judged(publication: Publication, disclosure: Disclosure) -> Judged:
    """What was published since it was drawn counts too. Raises Refused, in words, for an answer
    that differs by a few from what was published; a report may be a correction, and says so."""
    earlier = reports.published_so_far()
    disclosing = Disclosing(publication, disclosure.rule, published_before())
    if isinstance(publication, Answer) and disclosing.has_moved:
        raise Refused(MOVED)
    return Judged(len(disclosing.exposed(disclosure)), earlier)


def judged_answer(request: InformationRequest) -> Judged:
    """Raises Refused, in words, where there is none that could be given."""
    reply_of(request)
    disclosure = Disclosure.from_record(_drawn(request)["public"])
    return judged(answer_of(request), disclosure)


def public_rule() -> PublicRule:
    return PublicRule(
        settings.get_number("public_threshold"),
        settings.get_text("public_symbol"),
        settings.is_on("public_noughts"),
        settings.get_number("public_least_base"),
    )


def published_before() -> list[Published]:
    """Public editions and answers, the first first."""
    found: list[tuple[datetime | None, Published]] = []
    for report in reports.public_editions():
        comparison = Comparison.from_record(report.figures["comparison"])
        found.append((report.published_at, Published(comparison, disclosure_of(report))))
    for request in information_requests.answered():
        hidden = Disclosure.from_record(_drawn(request)["public"])
        found.append((request.answered_at, Published(answer_of(request), hidden)))
    return [one for _, one in sorted(found, key=itemgetter(0))]


def trends_of(report: Report) -> tuple[ShownTable, ...]:
    """The charts and tables of its trends, as they were when it was drawn."""
    sections = document_of(report, demonstration=False).trends
    return sections[0].tables if sections else ()


def document_of(
    report: Report,
    *,
    demonstration: bool,
    status: ReportStatus | None = None,
    edition: Edition = Edition.FULL,
) -> Document:
    """With `status`, as it will be once it has that status. Raises Refused, in words, where there
    is no public edition."""
    figures: Mapping[str, Any] = report.figures
    document = Document(
        comparison=Comparison.from_record(figures["comparison"]),
        council=figures["council"],
        status=status or report.status,
        version=report.edition_number,
        correction=report.correction or "",
        commentary=report.commentary,
        progress=tuple(each.told for each in progress_of(report)),
        demonstration=demonstration,
        definitions_version=report.definitions_version,
    )
    if edition is Edition.FULL:
        return document
    return document.in_public(disclosure_of(report), public_commentary(report))


def disclosure_of(report: Report) -> Disclosure:
    if why := no_public_edition(report):
        raise Refused(why)
    return Disclosure.from_record(report.figures["public"])


def has_public_edition(report: Report) -> bool:
    return not no_public_edition(report)


def public_commentary(report: Report) -> str:
    own = report.public_commentary
    return report.commentary if own is None else own


def public_text(report: Report) -> str:
    """All that its authors wrote in the public edition."""
    return "\n\n".join(filter(None, (report.correction, public_commentary(report))))


def editions_of(report: Report, *, demonstration: bool) -> Editions:
    """The files to publish, and what the attack finds."""
    full = document_of(report, demonstration=demonstration, status=ReportStatus.PUBLISHED)
    if not has_public_edition(report):
        return Editions(build_pdf(full), None, Judged(earlier=reports.published_so_far()))
    disclosure = disclosure_of(report)
    public = full.in_public(disclosure, public_commentary(report))
    return Editions(build_pdf(full), build_pdf(public), judged(full.comparison, disclosure))
