"""What is overdue of the strands of a case in the query, as `next_steps` has it."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from lado.models import Case, Strand, StrandResult, StrandUpdate
from lado.queries.due_since import latest_overdue_start
from lado.rules.clocks import OF_EMPLOYER
from lado.rules.strands import OVER
from lado.rules.timescales import Timescale
from lado.rules.vocabulary import EmployerWay, StrandKind


def strand_to_ask(before: date) -> ColumnElement[bool]:
    """The day agreed to ask was before this one, and the police were not heard of since."""
    strand = aliased(Strand)
    silent = or_(strand.kind != StrandKind.POLICE, ~_heard_since(strand, strand.review_on))
    return exists().where(
        strand.case_id == Case.id,
        strand.status.not_in(OVER),
        strand.review_on < before,
        silent,
    )


def police_silent(today: date) -> ColumnElement[bool]:
    """As `lado.rules.clocks.ask_police_on` has it where no agreed day is ahead of them."""
    strand = aliased(Strand)
    last = latest_overdue_start(Timescale.POLICE_REVIEW, today)
    return exists().where(
        strand.case_id == Case.id,
        strand.kind == StrandKind.POLICE,
        strand.status.not_in(OVER),
        or_(strand.review_on.is_(None), _heard_since(strand, strand.review_on)),
        _heard_since(strand, date.min),
        ~_heard_since(strand, last + timedelta(days=1)),
    )


def _heard_since(strand: type[Strand], day: Any) -> ColumnElement[bool]:
    """Never null, whatever days are missing."""
    began = and_(strand.started_on.is_not(None), strand.started_on >= day)
    result, update = aliased(StrandResult), aliased(StrandUpdate)
    return or_(
        began,
        exists().where(result.strand_id == strand.id, result.reported_on >= day),
        exists().where(update.strand_id == strand.id, update.heard_on >= day),
    )


def employer_overdue(today: date) -> ColumnElement[bool]:
    """As `lado.rules.strands.Employer` has it."""
    strand = aliased(Strand)
    latest = {each: latest_overdue_start(each, today) for each in OF_EMPLOYER}

    def late(timescale: Timescale, start: Any, done: Any) -> ColumnElement[bool]:
        return and_(start <= latest[timescale], done.is_(None))

    by_way = [
        and_(strand.way == way, late(timescale, strand.way_on, done))
        for way, timescale, done in (
            (EmployerWay.WITHOUT_DISCIPLINE, Timescale.EMPLOYER_ACTION, strand.acted_on),
            (EmployerWay.HEARING, Timescale.HEARING, strand.hearing_on),
            (EmployerWay.INVESTIGATION, Timescale.INVESTIGATION_REPORT, strand.report_on),
        )
    ]
    return exists().where(
        strand.case_id == Case.id,
        strand.status.not_in(OVER),
        or_(
            *by_way,
            late(Timescale.HEARING_DECISION, strand.report_on, strand.hearing_decided_on),
            and_(
                strand.hearing_needed.is_(True),
                late(Timescale.HEARING, strand.hearing_decided_on, strand.hearing_on),
            ),
        ),
    )
