"""The administrator keeps the local lists. A term is never deleted: old records have it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from lado import clock
from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import Term
from lado.queries import vocabulary
from lado.rules.audit import AuditAction
from lado.rules.folding import fold
from lado.rules.vocabulary import ROWS_OF_REPORTS, DecisionStage, TermGroup
from lado.rules.words import normalise
from lado.services import audit
from lado.services.audit import Actor
from lado.services.transaction import check_version, writes

LONGEST_CODE = 50
MOST_SYNONYMS = 50
LONGEST_SYNONYM = 200
OWN_ROWS = {normalise(word) for word in ROWS_OF_REPORTS}
PARTS_WORDS = frozenset(";@[]")
PARENTS = {
    TermGroup.SUBSECTOR: TermGroup.SECTOR,
    TermGroup.SUBCATEGORY: TermGroup.CATEGORY,
}


@dataclass(frozen=True)
class TermDetails:
    """`parent_id` belongs to sub-sectors and sub-categories, `stage` to decisions,
    `needs_outcome` to closure reasons; both days are included."""

    label: str
    synonyms: Sequence[str] = ()
    parent_id: int | None = None
    stage: DecisionStage | None = None
    needs_outcome: bool | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@writes(AuditAction.TERM_ADDED)
def add(group: TermGroup, *, details: TermDetails, by: Actor) -> Term:
    _check(group, details, None)
    last = db.session.scalar(select(func.max(Term.position)).where(Term.group == group)) or 0
    term = Term(
        group=group, code=_code(group, details.label), position=last + 1, **_columns(details)
    )
    db.session.add(term)
    audit.record(AuditAction.TERM_ADDED, term, by=by)
    return term


@writes(AuditAction.TERM_CHANGED)
def change(term: Term, *, details: TermDetails, version: int, by: Actor) -> None:
    """The words and the days. What a term counts as (parent, stage, whether it needs an outcome)
    stays as it was when the first record took it."""
    check_version(term, version)
    fixed = TermDetails(
        details.label, details.synonyms, term.parent_id, term.stage, term.needs_outcome,
        details.valid_from, details.valid_to,
    )  # fmt: skip
    _check(term.group, fixed, term)
    columns = _columns(fixed)
    changed = [name for name, value in columns.items() if getattr(term, name) != value]
    for name in changed:
        setattr(term, name, columns[name])
    audit.record(AuditAction.TERM_CHANGED, term, by=by, fields=changed)


@writes(AuditAction.TERM_CHANGED)
def retire(term: Term, *, by: Actor) -> None:
    """No longer offered from tomorrow; `change` sets another last day."""
    today = clock.today()
    if term.valid_to and term.valid_to <= today:
        raise Refused("This term is already retired.")
    if term.valid_from and term.valid_from > today:
        raise Refused("This term is not in use yet. Change its first day instead.")
    term.valid_to = today
    audit.record(AuditAction.TERM_CHANGED, term, by=by, fields=["valid_to"])


@writes(AuditAction.TERM_CHANGED)
def bring_back(term: Term, *, by: Actor) -> None:
    if term.valid_to is None:
        raise Refused("This term is in use.")
    term.valid_to = None
    audit.record(AuditAction.TERM_CHANGED, term, by=by, fields=["valid_to"])


@writes(AuditAction.TERM_CHANGED)
def move(term: Term, *, up: bool, by: Actor) -> None:
    """Change places with the neighbour in the list's order."""
    terms = list(vocabulary.terms(term.group))
    place = terms.index(term)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(terms):
        raise Refused(f"This term is already {'first' if up else 'last'}.")
    terms[place], terms[other] = terms[other], terms[place]
    for position, each in enumerate(terms, start=1):
        each.position = position
    audit.record(AuditAction.TERM_CHANGED, term, by=by, fields=["position"])


def _columns(details: TermDetails) -> dict[str, object]:
    return vars(details) | {"synonyms": list(details.synonyms)}


def _code(group: TermGroup, label: str) -> str:
    """Made from the first label, for exports; it never changes."""
    code = fold(label).replace(" ", "_")[:LONGEST_CODE] or "term"
    taken = set(db.session.scalars(select(Term.code).where(Term.group == group)))
    number, free = 2, code
    while free in taken:
        free, number = f"{code}_{number}", number + 1
    return free


def _check(group: TermGroup, details: TermDetails, term: Term | None) -> None:
    messages = (
        _label(group, details, term)
        | _synonyms(group, details, term)
        | _kind(group, details)
        | _days(details)
    )
    if messages:
        raise Invalid(messages)


def _label(group: TermGroup, details: TermDetails, term: Term | None) -> dict[str, str]:
    if not details.label:
        return {"label": "Enter the term"}
    if normalise(details.label) in OWN_ROWS:
        return {"label": "Reports have a row of this name. Choose another word"}
    if PARTS_WORDS & set(details.label):
        return {"label": "Leave out ; @ [ and ], which part the words of a register"}
    if taken := _taken(group, [details.label], term):
        return {"label": f"“{taken[0]}” already has this word"}
    return {}


def _synonyms(group: TermGroup, details: TermDetails, term: Term | None) -> dict[str, str]:
    """A word of a register must mean one term only."""
    if len(details.synonyms) > MOST_SYNONYMS:
        return {"synonyms": f"Other words: use {MOST_SYNONYMS} or fewer"}
    if any(len(synonym) > LONGEST_SYNONYM for synonym in details.synonyms):
        return {"synonyms": f"Each other word must be {LONGEST_SYNONYM} characters or fewer"}
    if taken := _taken(group, details.synonyms, term):
        return {"synonyms": f"“{taken[0]}” already has one of these words"}
    return {}


def _taken(group: TermGroup, words: Iterable[str], term: Term | None) -> list[str]:
    asked = {normalise(word) for word in words}
    return [
        other.label
        for other in vocabulary.terms(group)
        if other is not term and asked & {normalise(w) for w in (other.label, *other.synonyms)}
    ]


def _kind(group: TermGroup, details: TermDetails) -> dict[str, str]:
    messages = {}
    if (group is TermGroup.DECISION) != (details.stage is not None):
        messages["stage"] = "Choose what this decision means"
    if (group is TermGroup.CLOSURE_REASON) != (details.needs_outcome is not None):
        messages["needs_outcome"] = "Say whether each allegation needs an outcome first"
    parent = PARENTS.get(group)
    chosen = db.session.get(Term, details.parent_id) if details.parent_id else None
    if (chosen.group if chosen else None) != parent:
        messages["parent_id"] = "Choose what this belongs to"
    return messages


def _days(details: TermDetails) -> dict[str, str]:
    if details.valid_from and details.valid_to and details.valid_from > details.valid_to:
        return {"valid_to": "Last day must not be before the first"}
    return {}
