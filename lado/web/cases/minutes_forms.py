"""The forms of minutes that are agreed: corrected, copied, circulated."""

from collections.abc import Collection
from typing import Any

from flask import request

from lado import clock
from lado.models import MinutesVersion, StrategyDiscussion
from lado.rules.redaction import ABOUT, ACTIONS, ATTENDANCE, PARTS
from lado.rules.vocabulary import Attendance
from lado.rules.written_minutes import WrittenMinutes
from lado.services.minutes import WHOLE, Sent
from lado.web.forms import (
    Block,
    CheckboxesField,
    Choice,
    ChoiceField,
    ConfirmField,
    DateField,
    Form,
    TextAreaField,
    TextField,
    VersionedForm,
)
from lado.web.forms.rows import Rows, RowsForm


class SentRow(Block):
    recipient = TextField("Who got them", longest=500)
    copy = ChoiceField("Which copy", radios=False)
    sent_on = DateField("Sent on", called="The date of circulation", past=True)
    drop = ConfirmField("They did not get them: take this row out")


class CirculateForm(RowsForm):
    sent = Rows(SentRow, most=80)
    copies: Collection[Choice] = ()

    @classmethod
    def of(cls, discussion: StrategyDiscussion, standing: MinutesVersion | None) -> "CirculateForm":
        """All who were asked to it and have not had them yet. Which copy is chosen for them only
        where there is but one."""
        copies = [each for each in standing.copies if not each.withdrawal] if standing else []
        got = {each.recipient for each in standing.circulations} if standing else set()
        rows = [_row(name) for name in _asked(discussion) if name not in got]
        form = cls(record=discussion, data={"version": discussion.version, "sent": rows})
        form.copies = [Choice(str(each.number), each.name, each.number) for each in copies]
        form.offer_copies()
        return form

    @property
    def one_copy(self) -> bool:
        return len(self.copies) == 1

    def all_rows(self) -> list[tuple[Rows, int]]:
        return [(self.sent, 1)]

    def offer_blank_rows(self) -> None:
        super().offer_blank_rows()
        self.offer_copies()

    def offer_copies(self) -> None:
        for row in self.sent.blocks:
            row.copy.choices = self.copies

    def add_asked_for(self) -> bool:
        asked = request.form.get("action") == "recipient"
        if asked:
            self.sent.add_one()
            self.offer_copies()
        return asked

    def circulated(self) -> list[Sent]:
        whole = WHOLE if self.one_copy else None
        return [
            Sent(row.recipient.data, row.sent_on.data, row.copy.data or whole)
            for row in self.sent.blocks
        ]


def _asked(discussion: StrategyDiscussion) -> list[str]:
    return [
        f"{each.name}, {each.agency.label}"
        for each in discussion.participants
        if each.attendance is not Attendance.LEFT_OUT
    ]


def _row(recipient: str) -> dict[str, Any]:
    return {"recipient": recipient, "sent_on": clock.today()}


class CopyForm(Form):
    made_for = TextField(
        "Who is this copy for?",
        hint="For example the employer. A name of this copy in the list of circulation",
        called="Who it is for",
        required="Enter who this copy is for",
    )
    withheld = CheckboxesField("What does it leave out?", called="What it leaves out")
    passages = ConfirmField("Passages that stand between [[ and ]] in the minutes")
    names = ConfirmField(
        "The name of a caller who did not agree to be named, throughout", default=True
    )

    def offer_parts(self, minutes: WrittenMinutes) -> None:
        """Those of which anything is written."""
        written = {
            ABOUT: minutes.about,
            ATTENDANCE: minutes.attendance,
            ACTIONS: minutes.actions,
            **minutes.said,
        }
        self.withheld.choices = [
            Choice(code, label, code) for code, label in PARTS.items() if written.get(code)
        ]


class WithdrawForm(Form):
    reason = TextAreaField(
        "Why is it withdrawn?",
        called="The reason",
        required="Enter why this copy is withdrawn",
        longest=2_000,
        rows=3,
    )


class CorrectForm(VersionedForm):
    reason = TextAreaField(
        "What is to be corrected, and why?",
        hint="Kept with the minutes as they are now, and as a note on the case",
        called="The reason",
        required="Enter what is to be corrected, and why",
        longest=2_000,
        rows=3,
    )
