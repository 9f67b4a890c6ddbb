"""The life of a case and its discussions: the table of transitions holds for every status, role and
action, and over hundreds of random acts nothing that should hold ever breaks."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import count
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select, text

from lado import clock
from lado.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from lado.extensions import db
from lado.models import AuditEvent, Case, StrategyDiscussion, User
from lado.queries import access
from lado.reports.figures import draw
from lado.reports.measures import MEASURES
from lado.reports.reconciliation import discrepancies
from lado.rules.permissions import Permission
from lado.rules.quarters import quarter_of
from lado.rules.transitions import TRANSITIONS, Action, Thing, Transition, row_of
from lado.rules.vocabulary import CaseStatus, DiscussionStatus, OutcomeCode
from lado.services import audit, case_closure, discussion, minutes
from lado.services.case_allegations import add_allegation
from lado.services.case_owner import assign_owner
from lado.services.restriction import restrict, unrestrict
from tests.case_parts import (
    allegation_details,
    ending,
    make_notice,
    make_outcome,
    proceedings,
    schedule_discussion,
    settle,
)
from tests.factories import days_ago, make_case, make_person

pytestmark = pytest.mark.sqlite_only

REFUSALS = (Forbidden, Refused, Invalid, Conflict, NotFound)
Act = Callable[[Any, User], object]
MOST_CASES = 40
_surnames = count(1)


def request(case: Case, by: User) -> None:
    case_closure.request_closure(case, ending(), version=case.version, by=by)


CASE_ACTS: dict[Action, Act] = {
    Action.CONCLUDE: lambda c, by: case_closure.conclude(c, ending(), version=c.version, by=by),
    Action.REQUEST_CLOSURE: request,
    Action.SIGN_OFF: lambda c, by: case_closure.sign_off(c, version=c.version, by=by),
    Action.DECLINE_CLOSURE: lambda c, by: case_closure.decline_closure(
        c, note="Not yet", version=c.version, by=by
    ),
    Action.WITHDRAW_CLOSURE: lambda c, by: case_closure.withdraw_closure(
        c, note="Too soon", version=c.version, by=by
    ),
    Action.REOPEN: lambda c, by: case_closure.reopen(
        c,
        reopened_on=clock.today(),
        reason="New facts",
        review_on=clock.today(),
        version=c.version,
        by=by,
    ),
    Action.CHANGE: make_notice,
    Action.GIVE: lambda c, by: assign_owner(c, owner=c.owner, version=c.version, by=by),
}
DISCUSSION_ACTS: dict[Action, Act] = {
    Action.HOLD: lambda d, by: discussion.record(
        d.case, proceedings(d.case), discussion=d, version=d.version, by=by
    ),
    Action.CANCEL: lambda d, by: discussion.cancel(
        d, reason="Not needed", version=d.version, by=by
    ),
    Action.AGREE_MINUTES: lambda d, by: minutes.agree_minutes(d, version=d.version, by=by),
    Action.CORRECT_MINUTES: lambda d, by: minutes.correct_minutes(
        d, reason="A wrong name", version=d.version, by=by
    ),
    Action.CIRCULATE: lambda d, by: minutes.circulate(
        d, sent=[minutes.Sent("All", clock.today())], version=d.version, by=by
    ),
}
CLOSING = [Action.CONCLUDE, Action.REQUEST_CLOSURE, Action.REOPEN]
ANSWERS = [action for action in CASE_ACTS if action not in CLOSING]
OF_CASES = [m for m in MEASURES if m.id.startswith(("cases.", "outcomes.", "timeliness."))]
# What leads on, until nothing of it stands open.
NEXT = {
    DiscussionStatus.SCHEDULED: Action.HOLD,
    DiscussionStatus.HELD: Action.AGREE_MINUTES,
    DiscussionStatus.MINUTES_AGREED: Action.CIRCULATE,
}
# What leads from the first status to each.
TO_CASE = {
    CaseStatus.OPEN: (),
    CaseStatus.CLOSURE_REQUESTED: (Action.REQUEST_CLOSURE,),
    CaseStatus.CONCLUDED: (Action.CONCLUDE,),
}
TO_DISCUSSION = {
    DiscussionStatus.SCHEDULED: (),
    DiscussionStatus.HELD: (Action.HOLD,),
    DiscussionStatus.MINUTES_AGREED: (Action.HOLD, Action.AGREE_MINUTES),
    DiscussionStatus.CIRCULATED: (Action.HOLD, Action.AGREE_MINUTES, Action.CIRCULATE),
    DiscussionStatus.CANCELLED: (Action.CANCEL,),
}


def test_there_is_an_act_for_each_action_of_the_table():
    for thing, acts in ((Thing.CASE, CASE_ACTS), (Thing.DISCUSSION, DISCUSSION_ACTS)):
        assert {row.action for row in TRANSITIONS if row.thing is thing} == set(acts)


def seen(thing: Case | StrategyDiscussion) -> tuple[object, ...]:
    db.session.refresh(thing)
    return thing.status, thing.version, db.session.scalar(select(func.count(AuditEvent.id)))


def try_all(new: Callable[[], Any], thing: Thing, acts: dict[Action, Act], cast: Any) -> None:
    """Each action by each user, on one record for as long as nothing was changed."""
    record = new()
    for action, act in acts.items():
        row = row_of(thing, action)
        for by in cast.everyone():
            before = seen(record)
            may = by.can(row.permission) and record.status in row.statuses
            # The one who requested it, whose case it is, is cast.lado.
            may &= by is cast.lado or action is not Action.WITHDRAW_CLOSURE
            may &= by is not cast.lado or action not in {Action.SIGN_OFF, Action.DECLINE_CLOSURE}
            if may:
                act(record, by)
                assert seen(record)[0] is (row.new_status or before[0]), (action, by.role)
                record = new()
            else:
                with pytest.raises((Forbidden, Refused)):
                    act(record, by)
                assert seen(record) == before, (action, by.role)


@pytest.mark.parametrize("status", CaseStatus)
def test_a_case_in_each_status_does_what_the_table_says(cast, status):
    def new() -> Case:
        case = settle(make_case(by=cast.lado))
        for action in TO_CASE[status]:
            CASE_ACTS[action](case, cast.lado)
        return case

    try_all(new, Thing.CASE, CASE_ACTS, cast)


@pytest.mark.parametrize("status", DiscussionStatus)
def test_a_discussion_in_each_status_does_what_the_table_says(cast, status):
    def new() -> StrategyDiscussion:
        found = schedule_discussion(make_case(by=cast.lado), cast.lado)
        for action in TO_DISCUSSION[status]:
            DISCUSSION_ACTS[action](found, cast.lado)
        return found

    try_all(new, Thing.DISCUSSION, DISCUSSION_ACTS, cast)


class Life(RuleBasedStateMachine):
    """Random users do what they may and what they may not, at random times. What it knows by itself
    lasts as long as the database: which cases are open, who may know of which, what was done."""

    cast: ClassVar[Any]
    cases: ClassVar[list[Case]]
    open: ClassVar[dict[int, bool]]
    named: ClassVar[dict[int, set[int]]]
    about: ClassVar[dict[int, int]]
    done: ClassVar[Counter[str]]
    followed: ClassVar[list[int]]

    users = st.integers(0, 6)
    places = st.integers(0, 1_000)
    # Mostly an act that the table lets through, or hardly any case would get far.
    fitting = st.sampled_from([True, True, True, False])

    def user(self, number: int, fit: Permission | None = None) -> User:
        """With `fit` the next one who may."""
        everyone: list[User] = self.cast.everyone()
        turned = everyone[number:] + everyone[:number]
        return next(who for who in turned if fit is None or who.can(fit))

    def case(self, place: int, row: Transition | None = None) -> Case:
        """With `row` one in a status for it, where there is one."""
        fit = [case for case in self.cases if row is None or case.status in row.statuses]
        among = fit or self.cases
        return among[place % len(among)]

    def tried(self, what: object, act: Callable[[], object]) -> bool:
        """Whether it was done; what is refused changes nothing, not even the trail."""
        before = self.trail()
        try:
            act()
        except REFUSALS:
            db.session.rollback()
            assert self.trail() == before
            self.done[f"{what} refused"] += 1
            return False
        assert self.trail() > before
        self.done[str(what)] += 1
        return True

    def trail(self) -> int:
        return db.session.scalar(select(func.count(AuditEvent.id))) or 0

    @initialize()
    def begin(self) -> None:
        for days in (2, 30, 200):
            self.open_a_case(0, days)

    @rule(by=users, days=st.integers(0, 400))
    def open_a_case(self, by: int, days: int) -> None:
        who = self.user(by)
        if len(self.cases) >= MOST_CASES or not who.can(Permission.CONSULTATION_DECIDE):
            return
        on = days_ago(days)
        person = make_person(surname=f"Lifewell{next(_surnames)}", by=self.cast.lado)
        case = settle(make_case(by=who, person=person, opened_on=on, received_on=on))
        self.cases.append(case)
        self.open[case.id] = True

    @rule(by=users, at=places, action=st.sampled_from(CLOSING), fit=fitting)
    def close_or_reopen(self, by: int, at: int, action: Action, fit: bool) -> None:
        self.act_on_a_case(by, at, action, fit)

    def rarest(self, acts: Iterable[Action]) -> Action:
        """So that none is left to chance alone."""
        return min(acts, key=lambda action: self.done[str(action)])

    @rule(by=users, at=places, action=st.sampled_from(ANSWERS), fit=fitting)
    def answer_a_request(self, by: int, at: int, action: Action, fit: bool) -> None:
        self.act_on_a_case(by, at, action, fit)

    def act_on_a_case(self, by: int, at: int, action: Action, fit: bool) -> None:
        if fit and at % 2:
            action = self.rarest(CASE_ACTS)
        row = row_of(Thing.CASE, action)
        case = self.case(at, row if fit else None)
        who = self.user(by, row.permission if fit else None)
        if fit:
            self.lead_to(case, row)
            if action is Action.WITHDRAW_CLOSURE and case.closure_requested_by:
                who = case.closure_requested_by
        self.act(action, case, who)

    def act(self, action: Action, case: Case, who: User) -> None:
        if self.tried(action, lambda: CASE_ACTS[action](case, who)):
            db.session.refresh(case)
            status = row_of(Thing.CASE, action).new_status or case.status
            self.open[case.id] = status is not CaseStatus.CONCLUDED

    def lead_to(self, case: Case, row: Transition) -> None:
        """A status that the action fits, with nothing left open, as far as may be."""
        try:
            if case.status is CaseStatus.OPEN:
                settle(case, self.cast.lado)
            for found in case.discussions:
                for standing, action in NEXT.items():
                    if found.status is standing:
                        DISCUSSION_ACTS[action](found, self.cast.lado)
                        self.done[str(action)] += 1
        except REFUSALS:
            db.session.rollback()
        if case.status is CaseStatus.OPEN and case.status not in row.statuses:
            for status in row.statuses:
                for action in TO_CASE[status]:
                    self.act(action, case, self.cast.lado)

    @rule(by=users, at=places, action=st.sampled_from(list(DISCUSSION_ACTS)), fit=fitting)
    def act_on_a_discussion(self, by: int, at: int, action: Action, fit: bool) -> None:
        if fit and at % 2:
            action = self.rarest(DISCUSSION_ACTS)
        row = row_of(Thing.DISCUSSION, action)
        case = self.case(at)
        who = self.user(by, row.permission if fit else None)
        fits = [each for each in case.discussions if each.status in row.statuses]
        if not fits:
            self.tried("schedule", lambda: schedule_discussion(case, who))
            fits = [each for each in case.discussions if each.status is DiscussionStatus.SCHEDULED]
            for found in fits[-1:] if fit else ():
                self.lead_discussion_to(found, row, who)
        for found in (fits if fit else case.discussions)[-1:]:
            self.act_on(found, action, who)

    def lead_discussion_to(self, found: StrategyDiscussion, row: Transition, who: User) -> None:
        for standing, steps in TO_DISCUSSION.items():
            if standing is next(iter(row.statuses)):
                for step in steps:
                    self.act_on(found, step, who)

    def act_on(self, found: StrategyDiscussion, action: Action, who: User) -> None:
        self.tried(action, lambda: DISCUSSION_ACTS[action](found, who))

    @rule(by=users, at=places, outcome=st.sampled_from(OutcomeCode), days=st.integers(0, 90))
    def record_an_outcome(self, by: int, at: int, outcome: OutcomeCode, days: int) -> None:
        case, who = self.case(at), self.user(by)
        allegation = case.allegations[at % len(case.allegations)]
        when = days_ago(days)
        self.tried("outcome", lambda: make_outcome(allegation, who, outcome, decided_on=when))

    @rule(by=users, at=places)
    def add_an_allegation(self, by: int, at: int) -> None:
        case = self.case(at)
        if len(case.allegations) < 4:
            self.tried(
                "allegation", lambda: add_allegation(case, allegation_details(), by=self.user(by))
            )

    @rule(by=users, at=places, also=users, fit=fitting, lift=st.booleans())
    def restrict_or_lift(self, by: int, at: int, also: int, fit: bool, lift: bool) -> None:
        restricted = [case for case in self.cases if case.id in self.named]
        case = restricted[at % len(restricted)] if fit and lift and restricted else self.case(at)
        who = self.cast.manager if fit else self.user(by)
        to = [self.cast.lado, who] if fit else [self.user(also)]
        if lift:
            if self.tried("unrestrict", lambda: unrestrict(case, version=case.version, by=who)):
                self.named.pop(case.id, None)
        elif self.tried("restrict", lambda: restrict(case, to=to, version=case.version, by=who)):
            self.named[case.id] = {user.id for user in [*to, who]}

    @rule(user=users, at=places)
    def turn_out_to_be_the_person(self, user: int, at: int) -> None:
        case, who = self.case(at), self.user(user)
        # Those whom the fitting acts lean on may go on knowing of them.
        if who.person_id is not None or who in {self.cast.lado, self.cast.manager}:
            return
        who.person_id = case.person_id
        db.session.commit()
        self.about[who.id] = case.id

    @invariant()
    def everything_holds_together(self) -> None:
        """Each of these takes as long as there is much on record, so what changed nothing is not
        followed by them."""
        if self.trail() == self.followed[-1]:
            return
        self.followed.append(self.trail())
        self.the_database_does()
        self.the_trail_and_the_figures_do()

    def the_database_does(self) -> None:
        if db.engine.dialect.name == "sqlite":
            assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
            assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
        db.session.expire_all()
        for case in self.cases:
            assert (case.status is CaseStatus.CONCLUDED) is not self.open[case.id]
            assert (case.spell.concluded_on is None) is self.open[case.id]

    def the_trail_and_the_figures_do(self) -> None:
        """The figures of the quarter, and by a count of the machine's own."""
        assert audit.walk().broken is None
        values = draw(db.session(), quarter_of(clock.today()), measures=OF_CASES).values
        assert discrepancies(values) == []
        assert values["cases.open_at_end"] == sum(self.open.values())

    @invariant()
    def nobody_is_shown_what_they_may_not_know_of(self) -> None:
        """Whatever their role, which the guard of each page asks for besides."""
        ids = {case.id for case in self.cases}
        for user in self.cast.everyone():
            may = {
                id_
                for id_ in ids
                if self.about.get(user.id) != id_
                and (id_ not in self.named or user.id in self.named[id_])
            }
            shown = set(db.session.scalars(access.visible(user, Case).with_only_columns(Case.id)))
            assert shown & ids == may, user.role


def test_over_hundreds_of_random_acts_nothing_breaks(cast, app):
    known = {"cast": cast, "cases": [], "open": {}, "named": {}, "about": {}}
    known |= {"done": Counter(), "followed": [0]}
    machine = type("LifeOfThisCast", (Life,), known)
    steps = settings(
        max_examples=6,
        stateful_step_count=60,
        deadline=timedelta(minutes=2),
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=steps)
    parts = {"schedule", "outcome", "allegation", "restrict", "unrestrict"}
    assert {*map(str, CASE_ACTS), *map(str, DISCUSSION_ACTS), *parts} <= set(machine.done)
