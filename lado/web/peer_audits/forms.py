from lado.models import AuditedDecision
from lado.queries import users
from lado.rules.peer_audit import PeerView
from lado.rules.permissions import Permission
from lado.rules.threshold import limbs_on
from lado.services.peer_audit import Judgement
from lado.web.forms import (
    CheckboxesField,
    Choice,
    EnumField,
    IntegerField,
    TextAreaField,
    VersionedForm,
)
from lado.web.reports.forms import PeriodForm

MOST_DRAWN, LONGEST = 200, 2_000


class AuditDrawForm(PeriodForm):
    size = IntegerField(
        "How many decisions are drawn?",
        hint="All of them, if the period has fewer",
        called="The number of decisions",
        required="Enter how many decisions are drawn",
        least=1,
        most=MOST_DRAWN,
    )
    auditors = CheckboxesField(
        "Who audits them?",
        hint="Nobody is given their own decision. What one of you may not know of is not drawn.",
        called="Who audits them",
        required="Choose who audits them",
    )

    @classmethod
    def offered(cls) -> "AuditDrawForm":
        form = cls()
        form.auditors.choices = [
            Choice(each.public_id, f"{each.name}, {each.role.label.lower()}", each)
            for each in users.colleagues(Permission.PEER_AUDIT)
        ]
        return form


class JudgeForm(VersionedForm):
    view = EnumField(
        "What do you think of the decision?",
        enum=PeerView,
        required="Choose what you think of the decision",
        called="Your view",
    )
    limbs = CheckboxesField(
        "Which criteria of the threshold do you find met?",
        hint="Leave all empty if none is, or if it cannot be said",
        called="The criteria",
    )
    reasons = TextAreaField(
        "Why?",
        hint="Name no person and no setting.",
        called="The reasons",
        required="Enter the reasons for your view",
        longest=LONGEST,
        rows=6,
    )

    @classmethod
    def of(cls, audited: AuditedDecision) -> "JudgeForm":
        form = cls(
            record=audited,
            data={
                "version": audited.version,
                "view": audited.view,
                "limbs": [row.limb for row in audited.limbs],
                "reasons": audited.reasons,
            },
        )
        received_on = audited.decision.subject.consultation.received_on
        form.limbs.choices = [
            Choice(limb.value, limb.label, limb) for limb in limbs_on(received_on)
        ]
        return form

    def judgement(self) -> Judgement:
        return Judgement(self.view.data, self.reasons.data, self.limbs.data)
