"""Cases as a register tells them, each in the row of a contact: few queries, whole tables."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, case, exists, func, select, true
from sqlalchemy.orm import aliased

from lado.extensions import db
from lado.models import (
    Allegation,
    Case,
    CaseSpell,
    Decision,
    LearningPoint,
    OnwardReferral,
    Organisation,
    Outcome,
    Position,
    Strand,
    StrandResult,
    StrategyDiscussion,
    Term,
)
from lado.queries.register import case_ref
from lado.rules.vocabulary import DBS, DecisionStage, OutcomeCode, StrandKind, TermGroup

_any_allegation = aliased(Allegation)
# Of a case and its primary allegation: one non-recent allegation is enough, as for the figures.
case_non_recent = case(
    (
        exists()
        .where(_any_allegation.case_id == Case.id, _any_allegation.non_recent.is_(True))
        .correlate(Case),
        true(),
    ),
    else_=Allegation.non_recent,
)


class Opening(NamedTuple):
    """A decision to progress: it opened a case or joined one."""

    term_id: int
    advice: str | None
    decided_on: date


def openings() -> dict[int, list[Opening]]:
    """By subject, the oldest first, those that stand no longer included."""
    query = (
        select(Decision.subject_id, Decision.term_id, Decision.advice, Decision.decided_on)
        .join(Term, Term.id == Decision.term_id)
        .where(Term.stage == DecisionStage.PROGRESS, Decision.decided_on.is_not(None))
        .order_by(Decision.subject_id, Decision.number)
    )
    found: dict[int, list[Opening]] = defaultdict(list)
    for row in db.session.execute(query):
        found[row.subject_id].append(Opening(row.term_id, row.advice, row.decided_on))
    return dict(found)


@dataclass
class Course:
    """A case as the columns of a register can tell it. `facts` are those that a contact has too,
    by the names they have there: the figures take them from the case."""

    ref: str
    facts: Mapping[str, Any]
    opened_on: date = date.max
    concluded_on: date | None = None
    closure_reason_id: int | None = None
    discussions: list[date] = field(default_factory=list)
    outcomes: list[OutcomeCode] = field(default_factory=list)
    results: dict[StrandKind, int] = field(default_factory=dict)
    dbs_referred_on: date | None = None
    learning_themes: list[int] = field(default_factory=list)


def courses() -> dict[int, Course]:
    found = _cases()
    _spells(found)
    held = (
        select(StrategyDiscussion.case_id, StrategyDiscussion.held_on)
        .where(StrategyDiscussion.held_on.is_not(None))
        .order_by(StrategyDiscussion.case_id, StrategyDiscussion.number)
    )
    for row in db.session.execute(held):
        found[row.case_id].discussions.append(row.held_on)
    _results(found)
    themes = select(LearningPoint.case_id, LearningPoint.theme_id).order_by(
        LearningPoint.case_id, LearningPoint.number
    )
    for case_id, theme_id in db.session.execute(themes):
        found[case_id].learning_themes.append(theme_id)
    return found


def _cases() -> dict[int, Course]:
    employer, about = aliased(Organisation), aliased(Organisation)
    query = (
        select(
            Case.id,
            case_ref,
            Position.role_id,
            Position.sector_id,
            func.coalesce(employer.name, about.name).label("setting"),
            Case.organisation_id.label("about_id"),
            Case.children,
            Case.children_count,
            Allegation.category_id,
            case_non_recent.label("non_recent"),
        )
        .join(Position, Position.id == Case.position_id)
        .join(Allegation, and_(Allegation.case_id == Case.id, Allegation.is_primary))
        .outerjoin(employer, employer.id == Position.organisation_id)
        .outerjoin(about, about.id == Case.organisation_id)
    )
    found = {}
    for row in db.session.execute(query):
        id_, ref, *facts = row
        found[id_] = Course(ref, dict(zip(row._fields[2:], facts, strict=True)))
    return found


def _spells(found: dict[int, Course]) -> None:
    """The newest spell tells whether the case is concluded; the first, when it opened."""
    query = select(
        CaseSpell.case_id, CaseSpell.opened_on, CaseSpell.concluded_on, CaseSpell.closure_reason_id
    ).order_by(CaseSpell.case_id, CaseSpell.number)
    for case_id, opened_on, concluded_on, reason_id in db.session.execute(query):
        course = found[case_id]
        course.opened_on = min(course.opened_on, opened_on)
        course.concluded_on, course.closure_reason_id = concluded_on, reason_id


def _results(found: dict[int, Course]) -> None:
    outcomes = (
        select(Allegation.case_id, Outcome.outcome)
        .join(Outcome, Outcome.allegation_id == Allegation.id)
        .where(Outcome.ended_on.is_(None))
    )
    for case_id, outcome in db.session.execute(outcomes):
        found[case_id].outcomes.append(outcome)
    results = (
        select(Strand.case_id, Strand.kind, StrandResult.term_id)
        .join(StrandResult, StrandResult.strand_id == Strand.id)
        .where(StrandResult.ended_on.is_(None))
    )
    for case_id, kind, term_id in db.session.execute(results):
        found[case_id].results[kind] = term_id
    referrals = (
        select(OnwardReferral.case_id, OnwardReferral.referred_on)
        .join(Term, Term.id == OnwardReferral.body_id)
        .where(
            Term.group == TermGroup.REFERRAL_BODY,
            Term.code == DBS,
            OnwardReferral.referred_on.is_not(None),
        )
        .order_by(OnwardReferral.number.desc())
    )
    for case_id, referred_on in db.session.execute(referrals):
        found[case_id].dbs_referred_on = referred_on
