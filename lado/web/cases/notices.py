"""Who was told what of a case, and why somebody was not yet."""

from collections import defaultdict
from itertools import groupby

from flask import request

from lado import clock
from lado.models import Case, Notice
from lado.queries import cases
from lado.queries.case_fairness import notice_rows, rows_to_tell, standing_notices
from lado.rules.notices import NoticeHow, NoticeRow
from lado.rules.permissions import Permission
from lado.services import notice as services
from lado.services.notice import NoticeDetails
from lado.web.cases.blueprint import blueprint
from lado.web.cases.opened import Answer, done, opened, opened_to_add, page
from lado.web.forms import (
    Choice,
    ChoiceField,
    DateField,
    EnumField,
    Form,
    TextAreaField,
    TextField,
    YesNoField,
)
from lado.web.guard import requires, user

# What belongs to a yes, and to a no.
IF_DONE = ("told_on", "told_by", "told_how")
IF_NOT = ("withheld_on", "withheld_reason", "look_again_on")


class NoticeForm(Form):
    row = ChoiceField(
        "Who, and what?", required="Choose who was told what", called="The choice", radios=False
    )
    was_told = YesNoField(
        "Has it been done?", not_known=False, called="Whether it has been done",
        required="Choose whether it has been done",
    )  # fmt: skip
    told_on = DateField("When?", called="The date", past=True)
    told_by = TextField(
        "By whom?",
        hint="Who told them, put the allegation to them or took the response",
        called="By whom",
        width=20,
    )
    told_how = EnumField("How?", enum=NoticeHow, called="How")
    withheld_on = DateField("When was that decided?", called="The date that was decided", past=True)
    withheld_reason = TextAreaField(
        "Why not?",
        hint="For example, the police asked to wait, or nobody knows how to reach them",
        called="Why not",
        longest=5_000,
        rows=3,
    )
    look_again_on = DateField(
        "When is it looked at again?",
        called="The date it is looked at again",
        hint="Leave this empty only if it will never be done",
    )
    detail = TextAreaField(
        "What was said?",
        hint="Their response, if they gave one",
        called="What was said",
        longest=10_000,
    )

    @classmethod
    def of(cls, case: Case, asked: str) -> "NoticeForm":
        rows = notice_rows(case)
        form = cls(
            data={
                "row": next((row for row in rows if row.code == asked), None),
                "told_on": clock.today(),
                "withheld_on": clock.today(),
            }
        )
        form.row.choices = [Choice(row.code, row.words, row) for row in rows]
        return form

    def details(self) -> NoticeDetails:
        """What stands under the answer that was not given does not count."""
        names = IF_DONE if self.was_told.data else IF_NOT
        said = {name: self[name].data for name in names}
        return NoticeDetails(self.row.data, **said, detail=self.detail.data)

    def validate(self, extra_validators: object = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if self.was_told.data is False and self.withheld_on.data is None:
            self.withheld_on.errors = [*self.withheld_on.errors, "Enter when that was decided"]
            return False
        if self.was_told.data and self.told_on.data is None:
            self.told_on.errors = [*self.told_on.errors, "Enter when it was done"]
            return False
        return valid


@blueprint.get("/<record_id:public_id>/told")
@requires(Permission.CASE_VIEW)
def told(public_id: str) -> str:
    case = cases.whole(opened(public_id, Permission.CASE_VIEW))
    standing = standing_notices(case)
    return page(
        "cases/told.html",
        case,
        due=[each for each in standing.items() if _is_due(each[1])],
        groups=[(who, list(rows)) for who, rows in groupby(notice_rows(case), lambda row: row.who)],
        standing=standing,
        to_tell=set(rows_to_tell(case)),
        earlier=_earlier(case),
    )


def _is_due(notice: Notice) -> bool:
    return notice.look_again_on is not None and notice.look_again_on <= clock.today()


def _earlier(case: Case) -> dict[NoticeRow, list[Notice]]:
    """What stood before, the latest first."""
    found: dict[NoticeRow, list[Notice]] = defaultdict(list)
    for notice in reversed(case.notices):
        found[notice.row].append(notice)
    return {row: notices[1:] for row, notices in found.items()}


@blueprint.route("/<record_id:public_id>/told/add", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def add_notice(public_id: str) -> Answer:
    case = opened_to_add(public_id, Permission.DISCUSSION_RECORD)
    form = NoticeForm.of(case, request.args.get("row", ""))
    if form.validate_on_submit() and form.run(
        lambda: services.record_notice(case, form.details(), by=user())
    ):
        return done(case, "Recorded", "cases.told")
    return page("cases/notice.html", case, form=form)
