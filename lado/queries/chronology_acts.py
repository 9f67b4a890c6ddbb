"""What else a chronology tells of: who did what to the case, and what is said of the incident."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from lado import clock
from lado.extensions import db
from lado.models import Case, MatterCase, MinutesVersion, StrategyDiscussion
from lado.queries.allegation_text import happened
from lado.queries.happened import LAST, Entry, Kind
from lado.queries.links import authorities_of
from lado.queries.trail import Trail
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import DatePrecision, VoiceSought
from lado.rules.words import long_day


def acts(case: Case, trail: Trail, meeting: str) -> Iterator[Entry]:
    """`meeting` begins with a capital."""
    yield from _authorities(case)
    yield from _matters(case)
    yield from _restrictions(case, trail)
    yield from _requests(trail)
    yield from _views(case, trail)
    yield from _actions_set(case, trail)
    yield from _minutes_agreed(case, meeting)
    yield from _incidents(case)


def _day(at: datetime) -> date:
    return at.astimezone(clock.LONDON).date()


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _incidents(case: Case) -> Iterator[Entry]:
    for allegation in case.allegations:
        if allegation.happened_from:
            title = f"Allegation {allegation.number} is said to have happened"
            is_exact = allegation.happened_precision is DatePrecision.EXACT
            when = "" if is_exact else _sentence(happened(allegation))
            text = "\n".join(filter(None, [when, allegation.place]))
            at = allegation.entered_at
            yield Entry(allegation.happened_from, Kind.INCIDENT, title, at, text)


def _minutes_agreed(case: Case, meeting: str) -> Iterator[Entry]:
    query = (
        select(MinutesVersion)
        .join(MinutesVersion.discussion)
        .where(StrategyDiscussion.case_id == case.id, MinutesVersion.agreed_on.is_not(None))
        .order_by(MinutesVersion.id.desc())
        .options(contains_eager(MinutesVersion.discussion), joinedload(MinutesVersion.agreed_by))
    )
    for version in db.session.scalars(query):
        number, by = version.discussion.number, version.agreed_by and version.agreed_by.name
        which = f", version {version.number}" if version.number > 1 else ""
        title = f"{meeting} {number}: minutes agreed{which}"
        if version.agreed_on:
            yield Entry(
                version.agreed_on, Kind.DISCUSSION, title, LAST, by=by or None, discussion=number
            )


def _actions_set(case: Case, trail: Trail) -> Iterator[Entry]:
    for action in case.actions:
        held = action.discussion
        day = held.held_on if held and held.held_on else _day(action.entered_at)
        chair = held.chair.name if held and held.chair else None
        by = chair or trail.by(AuditAction.ACTION_ADDED, action_number=action.number)
        who = f"{action.owner} ({action.agency.label}), due {long_day(action.due_on)}"
        text, title = f"{action.description}\n{who}", f"Action {action.number} set"
        yield Entry(day, Kind.ACTION, title, action.entered_at, text, by)


def _views(case: Case, trail: Trail) -> Iterator[Entry]:
    """On the day on which it was last written down: no other is known."""
    for child in case.child_records:
        if child.voice is VoiceSought.NOT_YET and not child.view:
            continue
        recorded = AuditAction.CHILD_ADDED, AuditAction.CHILD_CHANGED
        changed = list(trail.of(*recorded, child=child.number))
        at = changed[-1].at if changed else child.entered_at
        text = "\n".join(filter(None, [child.view, child.voice_reason]))
        title = f"Child {child.number}, their view: {child.voice.label.lower()}"
        by = trail.by(*recorded, child=child.number)
        yield Entry(_day(at), Kind.CHILD, title, at, text, by)


def _requests(trail: Trail) -> Iterator[Entry]:
    words = {
        AuditAction.CASE_CLOSURE_REQUESTED: "Closure requested",
        AuditAction.CASE_CLOSURE_WITHDRAWN: "Request for closure withdrawn",
        AuditAction.CASE_CLOSURE_DECLINED: "Closure declined",
    }
    for act in reversed(list(trail.of(*words))):
        yield Entry(act.day, Kind.CASE, words[act.action], act.at, by=act.by or None)


def _restrictions(case: Case, trail: Trail) -> Iterator[Entry]:
    """The reason and the day are kept of the last time that it was lifted."""
    changed = list(trail.of(AuditAction.CASE_CHANGED))
    lifted_on, reason = case.reporting_restriction_lifted_on, case.reporting_restriction_lift_reason
    for act in reversed(changed):
        fields = act.detail.get("fields", ())
        by = act.by or None
        if "reporting_restriction" in fields:
            yield Entry(act.day, Kind.CASE, "Reporting restriction recorded", act.at, by=by)
        elif "reporting_restriction_lifted_on" in fields:
            title = "Reporting restriction lifted"
            yield Entry(lifted_on or act.day, Kind.CASE, title, act.at, reason, by)
            lifted_on = reason = None


def _matters(case: Case) -> Iterator[Entry]:
    query = (
        select(MatterCase)
        .where(MatterCase.case_id == case.id)
        .order_by(MatterCase.id.desc())
        .options(*map(joinedload, (MatterCase.matter, MatterCase.joined_by, MatterCase.left_by)))
    )
    for each in db.session.scalars(query):
        reference = each.matter.reference
        if each.left_at and each.left_by:
            title, by = f"Taken out of matter {reference}", each.left_by.name
            yield Entry(_day(each.left_at), Kind.LINK, title, each.left_at, each.left_reason, by)
        title, by = f"Joined to matter {reference}", each.joined_by.name
        yield Entry(_day(each.joined_at), Kind.LINK, title, each.joined_at, each.reason, by)


def _authorities(case: Case) -> Iterator[Entry]:
    for each in reversed(authorities_of(case)):
        if each.pack_made_at and each.pack_made_by:
            title, by = f"Transfer file made for {each.authority}", each.pack_made_by.name
            yield Entry(_day(each.pack_made_at), Kind.LINK, title, each.pack_made_at, by=by)
        part, by = each.part.label, each.added_by.name
        if each.told_on:
            title, text = f"{each.authority} told", f"{part}\nTold: {each.told}"
            yield Entry(each.told_on, Kind.LINK, title, each.entered_at, text, by)
        else:
            title = f"Other authority recorded: {each.authority}"
            yield Entry(_day(each.entered_at), Kind.LINK, title, each.entered_at, part, by)
