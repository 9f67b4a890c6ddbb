"""The life of a consultation, a case, a strategy discussion and a report: one table.

The buttons on a page (`allowed`) and what a service lets happen (`check`) are both read from it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from lado.errors import Forbidden, Invalid, Refused
from lado.rules.permissions import Permission
from lado.rules.vocabulary import (
    CaseStatus,
    ConsultationStatus,
    DiscussionStatus,
    Labelled,
    ReportStatus,
)

Status = ConsultationStatus | CaseStatus | DiscussionStatus | ReportStatus


class Thing(Labelled):
    CONSULTATION = "consultation", "Consultation"
    CASE = "case", "Case"
    DISCUSSION = "discussion", "Strategy discussion"
    REPORT = "report", "Report"


class Action(StrEnum):
    DECIDE = "decide"
    REOPEN = "reopen"
    REQUEST_CLOSURE = "request_closure"
    WITHDRAW_CLOSURE = "withdraw_closure"
    DECLINE_CLOSURE = "decline_closure"
    SIGN_OFF = "sign_off"
    GIVE = "give"
    CHANGE = "change"
    CONCLUDE = "conclude"
    HOLD = "hold"
    AGREE_MINUTES = "agree_minutes"
    CORRECT_MINUTES = "correct_minutes"
    CIRCULATE = "circulate"
    CANCEL = "cancel"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    PUBLISH = "publish"
    SUPERSEDE = "supersede"


class Condition(Labelled):
    """What must also be true, and the words when it is not. The service finds out."""

    READY_TO_CLOSE = (
        "ready_to_close",
        "Something still stands open. Settle all that is listed under “Still open” first.",
    )
    NEEDS_NO_SIGN_OFF = (
        "needs_no_sign_off",
        "This case needs a manager's sign-off. Request its closure instead.",
    )
    BY_REQUESTER = (
        "by_requester",
        "Only the person who requested the closure can withdraw the request.",
    )
    NOT_BY_REQUESTER = (
        "not_by_requester",
        "You requested this closure, so somebody else must answer the request.",
    )
    NOT_OWN_CASE = (
        "not_own_case",
        "This case is or was your own, so another manager must sign off its closure.",
    )
    MINUTES_WRITTEN = "minutes_written", "Write the minutes before they are agreed."
    NOT_BY_DRAWER = (
        "not_by_drawer",
        "You drew this report, so somebody else must approve it.",
    )
    PERIOD_OVER = (
        "period_over",
        "This was drawn before the period had ended. Draw it again after its last day.",
    )
    FIGURES_RECONCILE = (
        "figures_reconcile",
        "The totals in this report do not reconcile. Correct the records and draw it again.",
    )


@dataclass(frozen=True)
class Transition:
    """`refusal` is said when the thing's status does not allow it, `confirmation` afterwards.
    `note_missing` is said where a note is required and was not written.

    No label: no button; it happens as the consequence of something else, or elsewhere on the page.
    No new status: it stays as it is.
    """

    thing: Thing
    statuses: tuple[Status, ...]
    action: Action
    new_status: Status | None
    permission: Permission
    refusal: str
    label: str = ""
    confirmation: str = ""
    note_missing: str = ""
    conditions: tuple[Condition, ...] = ()

    def check_note(self, note: str, field: str) -> None:
        """Raises Invalid for `field` where a note is required and `note` is blank."""
        if self.note_missing and not note.strip():
            raise Invalid({field: self.note_missing})


TRANSITIONS: tuple[Transition, ...] = (
    # It has its new status once each of its adults is decided about.
    Transition(
        Thing.CONSULTATION,
        (ConsultationStatus.OPEN,),
        Action.DECIDE,
        ConsultationStatus.DECIDED,
        Permission.CONSULTATION_DECIDE,
        label="Record decision",
        refusal="This consultation is already decided. Open it again to change the decision.",
        confirmation="Decision recorded",
    ),
    Transition(
        Thing.CONSULTATION,
        (ConsultationStatus.DECIDED,),
        Action.REOPEN,
        ConsultationStatus.OPEN,
        Permission.CONSULTATION_DECIDE,
        label="Open again",
        refusal="This consultation is still open.",
        confirmation="Consultation opened again",
        note_missing="Enter why this consultation is opened again",
    ),
    Transition(
        Thing.CASE,
        (CaseStatus.OPEN,),
        Action.CONCLUDE,
        CaseStatus.CONCLUDED,
        Permission.CASE_EDIT,
        label="Conclude the case",
        refusal="This case is not open, so it cannot be concluded.",
        confirmation="Case concluded",
        conditions=(Condition.READY_TO_CLOSE, Condition.NEEDS_NO_SIGN_OFF),
    ),
    Transition(
        Thing.CASE,
        (CaseStatus.OPEN,),
        Action.REQUEST_CLOSURE,
        CaseStatus.CLOSURE_REQUESTED,
        Permission.CASE_EDIT,
        label="Request closure",
        refusal="Closure can be requested only while the case is open.",
        confirmation="Closure requested: a manager must sign it off",
        conditions=(Condition.READY_TO_CLOSE,),
    ),
    Transition(
        Thing.CASE,
        (CaseStatus.CLOSURE_REQUESTED,),
        Action.SIGN_OFF,
        CaseStatus.CONCLUDED,
        Permission.CASE_SIGN_OFF,
        label="Sign off closure",
        refusal="There is no request to close this case.",
        confirmation="Closure signed off: the case is concluded",
        conditions=(
            Condition.READY_TO_CLOSE,
            Condition.NOT_BY_REQUESTER,
            Condition.NOT_OWN_CASE,
        ),
    ),
    Transition(
        Thing.CASE,
        (CaseStatus.CLOSURE_REQUESTED,),
        Action.DECLINE_CLOSURE,
        CaseStatus.OPEN,
        Permission.CASE_SIGN_OFF,
        label="Decline closure",
        refusal="There is no request to close this case.",
        confirmation="Closure declined: the case is open",
        note_missing="Enter why the closure is declined",
        conditions=(Condition.NOT_BY_REQUESTER,),
    ),
    Transition(
        Thing.CASE,
        (CaseStatus.CLOSURE_REQUESTED,),
        Action.WITHDRAW_CLOSURE,
        CaseStatus.OPEN,
        Permission.CASE_EDIT,
        label="Withdraw request",
        refusal="There is no request to close this case.",
        confirmation="Request withdrawn: the case is open",
        note_missing="Enter why the request is withdrawn",
        conditions=(Condition.BY_REQUESTER,),
    ),
    Transition(
        Thing.CASE,
        (CaseStatus.CONCLUDED,),
        Action.REOPEN,
        CaseStatus.OPEN,
        Permission.CASE_EDIT,
        label="Reopen case",
        refusal="This case has not been concluded.",
        confirmation="Case reopened",
        note_missing="Enter why the case is reopened",
    ),
    # Else whoever is to sign it off could first be given away what was theirs.
    Transition(
        Thing.CASE,
        (CaseStatus.OPEN, CaseStatus.CONCLUDED),
        Action.GIVE,
        None,
        Permission.CASE_EDIT,
        refusal="Closure of this case has been requested. Withdraw or decline the request before "
        "the case is given to somebody else.",
    ),
    # What the closure gate asks of (lado.rules.closure), else it would be signed off otherwise than
    # it was requested. Notes and documents are added in every status.
    Transition(
        Thing.CASE,
        (CaseStatus.OPEN, CaseStatus.CONCLUDED),
        Action.CHANGE,
        None,
        Permission.DISCUSSION_RECORD,
        refusal="Closure of this case has been requested. Withdraw or decline the request to "
        "change the case.",
    ),
    Transition(
        Thing.DISCUSSION,
        (DiscussionStatus.SCHEDULED,),
        Action.HOLD,
        DiscussionStatus.HELD,
        Permission.DISCUSSION_RECORD,
        label="Record what was said",
        refusal="Only a discussion that is scheduled can be recorded as held.",
        confirmation="Discussion recorded",
    ),
    Transition(
        Thing.DISCUSSION,
        (DiscussionStatus.SCHEDULED,),
        Action.CANCEL,
        DiscussionStatus.CANCELLED,
        Permission.DISCUSSION_RECORD,
        label="Cancel discussion",
        refusal="Only a discussion that is scheduled can be cancelled.",
        confirmation="Discussion cancelled",
        note_missing="Enter why it is cancelled",
    ),
    Transition(
        Thing.DISCUSSION,
        (DiscussionStatus.HELD,),
        Action.AGREE_MINUTES,
        DiscussionStatus.MINUTES_AGREED,
        Permission.CASE_EDIT,
        label="Agree minutes",
        refusal="Minutes can be agreed once, after the discussion was held.",
        confirmation="Minutes agreed",
        conditions=(Condition.MINUTES_WRITTEN,),
    ),
    Transition(
        Thing.DISCUSSION,
        (DiscussionStatus.MINUTES_AGREED, DiscussionStatus.CIRCULATED),
        Action.CORRECT_MINUTES,
        DiscussionStatus.HELD,
        Permission.CASE_EDIT,
        label="Correct the minutes",
        refusal="Only minutes that are agreed can be corrected.",
        confirmation="The minutes can be changed, and are to be agreed again as a new version",
        note_missing="Enter what is to be corrected, and why",
    ),
    Transition(
        Thing.DISCUSSION,
        (DiscussionStatus.MINUTES_AGREED,),
        Action.CIRCULATE,
        DiscussionStatus.CIRCULATED,
        Permission.DISCUSSION_RECORD,
        label="Record circulation",
        refusal="Minutes can be circulated once, after they are agreed.",
        confirmation="Circulation recorded",
    ),
    Transition(
        Thing.REPORT,
        (ReportStatus.DRAFT,),
        Action.APPROVE,
        ReportStatus.APPROVED,
        Permission.REPORT_APPROVE,
        label="Approve report",
        refusal="Only a draft can be approved.",
        confirmation="Report approved",
        conditions=(
            Condition.PERIOD_OVER,
            Condition.FIGURES_RECONCILE,
            Condition.NOT_BY_DRAWER,
        ),
    ),
    Transition(
        Thing.REPORT,
        (ReportStatus.APPROVED,),
        Action.SEND_BACK,
        ReportStatus.DRAFT,
        Permission.REPORT_APPROVE,
        label="Send back",
        refusal="Only an approved report can be sent back.",
        confirmation="Report sent back",
        note_missing="Enter why the report is sent back",
    ),
    Transition(
        Thing.REPORT,
        (ReportStatus.APPROVED,),
        Action.PUBLISH,
        ReportStatus.PUBLISHED,
        Permission.REPORT_PUBLISH,
        label="Publish report",
        refusal="Only an approved report can be published.",
        confirmation="Report published",
        conditions=(
            Condition.FIGURES_RECONCILE,
            Condition.PERIOD_OVER,
        ),
    ),
    # Publishing a new version of the same report supersedes the one before.
    Transition(
        Thing.REPORT,
        (ReportStatus.PUBLISHED,),
        Action.SUPERSEDE,
        ReportStatus.SUPERSEDED,
        Permission.REPORT_PUBLISH,
        refusal="Only a published report can be superseded.",
    ),
)

_BY_ACTION = {(row.thing, row.action): row for row in TRANSITIONS}


def row_of(thing: Thing, action: Action) -> Transition:
    return _BY_ACTION[thing, action]


def confirmed(thing: Thing, action: Action) -> str:
    """What is said once it is done."""
    return row_of(thing, action).confirmation


def allowed(thing: Thing, status: Status, permissions: Collection[Permission]) -> list[Transition]:
    """The buttons: what may be done next. Conditions are still for the service to judge."""
    return [
        row
        for row in TRANSITIONS
        if row.thing is thing
        and status in row.statuses
        and row.permission in permissions
        and row.label
    ]


def check(
    thing: Thing, status: Status, action: Action, permissions: Collection[Permission]
) -> Transition:
    """The row for this action, or Forbidden (not this user) or Refused (not in this status)."""
    row = row_of(thing, action)
    if row.permission not in permissions:
        raise Forbidden
    if status not in row.statuses:
        raise Refused(row.refusal)
    return row
