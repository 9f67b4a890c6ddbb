"""A form keeps a draft when the view of its page stands in KEPT; all else is done here and in
`form_tag`.

The form carries what names its draft in hidden inputs, each `draft-...`. An id is made with the
page and written down only when something is saved.
"""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask import current_app, g, request
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from werkzeug.exceptions import HTTPException

from lado.errors import NotFound
from lado.models import Draft
from lado.models.base import new_public_id
from lado.queries import drafts, settings
from lado.rules.drafts import DraftForm
from lado.services import draft as services
from lado.services.draft import Place, SavedBefore, Window
from lado.web.converters import RecordId
from lado.web.guard import user
from lado.web.session_left import session_left

KEPT = {
    "consultations.add": DraftForm.CONSULTATION_LOG,
    "consultations.edit": DraftForm.CONSULTATION_CHANGE,
    "consultations.add_note": DraftForm.CONSULTATION_NOTE,
    "consultations.decide": DraftForm.DECISION,
    "consultations.reopen": DraftForm.CONSULTATION_REOPENING,
    "consultations.end_follow_up": DraftForm.FOLLOW_UP_END,
    "consultations.write_confirmation": DraftForm.LETTER,
    "consultations.edit_confirmation": DraftForm.LETTER_CHANGE,
    "enquiries.add": DraftForm.ENQUIRY_LOG,
    "enquiries.edit": DraftForm.ENQUIRY_CHANGE,
    "enquiries.answer": DraftForm.ENQUIRY_ANSWER,
    "cases.add_note": DraftForm.CASE_NOTE,
    "cases.correct_note": DraftForm.NOTE_CORRECTION,
    "cases.add_allegation": DraftForm.ALLEGATION,
    "cases.edit_allegation": DraftForm.ALLEGATION_CHANGE,
    "cases.record_outcome": DraftForm.OUTCOME,
    "cases.record_unplanned": DraftForm.DISCUSSION_UNPLANNED,
    "cases.record_discussion": DraftForm.DISCUSSION,
    "cases.edit_discussion": DraftForm.DISCUSSION_CHANGE,
    "cases.circulate_minutes": DraftForm.CIRCULATION,
    "cases.add_child": DraftForm.CHILD,
    "cases.edit_child": DraftForm.CHILD_CHANGE,
    "cases.edit_strand": DraftForm.STRAND,
    "cases.add_referral": DraftForm.REFERRAL,
    "cases.edit_referral": DraftForm.REFERRAL_CHANGE,
    "cases.add_learning": DraftForm.LEARNING_POINT,
    "cases.finish_action": DraftForm.ACTION_END,
    "cases.close": DraftForm.CLOSURE,
    "cases.decline_closure": DraftForm.CLOSURE_DECLINED,
    "cases.withdraw_closure": DraftForm.CLOSURE_WITHDRAWN,
    "cases.reopen": DraftForm.CASE_REOPENING,
    "reports.commentary": DraftForm.COMMENTARY,
    "reports.public_commentary": DraftForm.PUBLIC_COMMENTARY,
    "advice_templates.add": DraftForm.TEMPLATE,
    "advice_templates.edit": DraftForm.TEMPLATE_CHANGE,
    "cases.add_measure": DraftForm.MEASURE,
    "cases.edit_measure": DraftForm.MEASURE_CHANGE,
    "cases.review_measure": DraftForm.MEASURE_REVIEW,
    "cases.end_measure": DraftForm.MEASURE_END,
    "cases.add_notice": DraftForm.NOTICE,
    "cases.child_help": DraftForm.CHILD_HELP,
    "cases.no_learning": DraftForm.NO_LEARNING,
    "cases.schedule_discussion": DraftForm.ARRANGEMENT,
    "cases.rearrange_discussion": DraftForm.ARRANGEMENT_CHANGE,
    "cases.cancel_discussion": DraftForm.CANCELLATION,
    "cases.correct_minutes": DraftForm.CORRECTION,
    "cases.add_copy": DraftForm.COPY,
}
VIEW_OF = {form: endpoint for endpoint, form in KEPT.items()}
MARK = "draft-"
# What a form sends beside what was typed, and what no draft may hold.
NOT_KEPT = re.compile(rf"^(?:{MARK}.*|csrf_token|action)$|password")
PUBLIC_ID = re.compile(RecordId.regex)
TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}[ap]m")


@dataclass(frozen=True)
class Slot:
    """The draft of the form on this page. `kept` is what is saved of it, if anything; `sent` says
    that a page of ours was sent, and not only asked for."""

    place: Place
    window: Window
    kept: Draft | None = None
    sent: bool = False

    @property
    def saved_at(self) -> datetime | None:
        return self.kept.saved_at if self.kept else None

    @property
    def unfinished(self) -> list[Draft]:
        """Where this form is begun anew: what its author left of it before."""
        if self.kept or self.sent:
            return []
        return drafts.of_form(user(), self.place.form, self.place.record, self.place.part)

    @property
    def author(self) -> str:
        return user().public_id

    @property
    def session_ends(self) -> datetime | None:
        left = session_left()
        return left.soonest if left else None

    @property
    def deleted_on(self) -> date | None:
        days = settings.get_number("draft_days")
        return drafts.standing(self.kept, days)[0] if self.kept else None


def of_page() -> Slot | None:
    """None where the form of this page keeps no draft."""
    if request.endpoint not in KEPT:
        return None
    if "draft_slot" not in g:
        place = _place(request.endpoint, request.view_args or {})
        g.draft_slot = _sent(place) or _opened(place) or _new(place)
    slot: Slot = g.draft_slot
    return slot


def typed() -> CombinedMultiDict[str, Any] | None:
    """What the draft that is opened holds, as if it had been sent."""
    slot = of_page() if request.method == "GET" else None
    if slot is None or slot.kept is None:
        return None
    pairs = [(name, text) for name, text in json.loads(slot.kept.typed)]
    return CombinedMultiDict([MultiDict(pairs)])


def begins_anew() -> bool:
    """Whether nothing was typed yet: a page that could only be refused need not be shown then."""
    return request.method == "GET" and not request.args.get("draft")


@contextmanager
def finished_together() -> Iterator[None]:
    """The service called within saves what the draft was made for. What was saved before can be
    saved once more, on purpose, from the page that says so."""
    slot = of_page()
    if slot is None or not slot.sent:
        yield
        return
    try:
        with services.finished_with(slot.window, slot.place, by=user()):
            yield
    except SavedBefore:
        g.draft_slot = replace(_new(slot.place), sent=True)
        raise


def save_sent() -> tuple[Draft | None, str]:
    """Keep the form that was sent, whatever is in it. Gives its page's address too."""
    endpoint, values = form_page()
    place, window = _place(endpoint, values), _window()
    if window is None:
        raise NotFound
    drafts.check(user(), place.form, place.record)
    pairs = list(_kept(request.form.items(multi=True)))
    return services.save(window, place=place, typed=pairs, by=user()), endpoint


def form_page() -> tuple[str, dict[str, Any]]:
    """The view and its values of the page whose form was sent to be kept."""
    adapter = current_app.create_url_adapter(request)
    try:
        endpoint, values = adapter.match(request.form.get("draft-form", ""), method="GET")  # type: ignore[union-attr]
    except HTTPException:
        raise NotFound from None
    if endpoint not in KEPT:
        raise NotFound
    return str(endpoint), dict(values)


def address_values(draft: Draft) -> dict[str, Any]:
    """What `url_for` needs besides the endpoint, to open the form as the draft has it."""
    values = {"public_id": draft.record, "number": draft.part, "draft": draft.public_id}
    return {name: value for name, value in values.items() if value is not None}


def way_back() -> str | None:
    """The address of the form that was sent, with its draft if one is saved."""
    try:
        form_page()
    except NotFound:
        return None
    path, window = request.form["draft-form"], _window()
    return f"{path}?draft={window.draft}" if window and kept_until() else path


def kept_until() -> str:
    """The time up to which the page that was sent knew its text to be kept."""
    time = request.form.get("draft-saved", "")
    return time if TIME.fullmatch(time) else ""


def _place(endpoint: str, values: dict[str, Any]) -> Place:
    return Place(KEPT[endpoint], values.get("public_id"), values.get("number"))


def _new(place: Place) -> Slot:
    return Slot(place, Window(new_public_id(), new_public_id()))


def _sent(place: Place) -> Slot | None:
    window = _window() if request.method == "POST" else None
    return Slot(place, window, _standing(window.draft), sent=True) if window else None


def _standing(public_id: str) -> Draft | None:
    try:
        return drafts.get(user(), public_id)
    except NotFound:
        return None


def _opened(place: Place) -> Slot | None:
    """Going back to a form that was saved begins it anew."""
    public_id = request.args.get("draft", "")
    if request.method != "GET" or not public_id or drafts.is_finished(user(), public_id):
        return None
    draft = drafts.get(user(), public_id)
    if Place(draft.form, draft.record, draft.part) != place:
        raise NotFound
    return Slot(place, Window(draft.public_id, new_public_id(), draft.page), draft)


def _window() -> Window | None:
    draft, page, after = (request.form.get(MARK + name, "") for name in ("id", "page", "after"))
    if not (PUBLIC_ID.fullmatch(draft) and PUBLIC_ID.fullmatch(page)):
        return None
    return Window(draft, page, after if PUBLIC_ID.fullmatch(after) else "")


def _kept(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((name, text) for name, text in pairs if not NOT_KEPT.search(name))
