"""The forms of what belongs to a case: allegations, outcomes, children, learning."""

from typing import Any

from lado import clock
from lado.models import Allegation, Case
from lado.queries.case_standing import stood_before_reopening
from lado.rules.threshold import limbs_on
from lado.rules.vocabulary import (
    ChildHelp,
    DatePrecision,
    LearningKind,
    OutcomeCode,
    Sex,
    TermGroup,
    VoiceSought,
)
from lado.services.case_allegations import AllegationDetails, ChildHelpDetails
from lado.services.case_parts import ChildDetails
from lado.web.forms import (
    CheckboxesField,
    Choice,
    ChoiceField,
    DateField,
    EnumField,
    Form,
    IntegerField,
    TermField,
    TextAreaField,
    TextField,
    VersionedForm,
    YesNoField,
)

COLUMNS = (
    "version", "category_id", "subcategory_id", "context_id", "description", "place", "non_recent",
    "happened_precision", "happened_from", "happened_to",
)  # fmt: skip
OUTCOME_HINTS = {
    OutcomeCode.SUBSTANTIATED: "There is enough evidence to prove it, on the balance of "
    "probabilities",
    OutcomeCode.UNSUBSTANTIATED: "It can be neither proved nor disproved: it implies neither "
    "guilt nor innocence",
    OutcomeCode.UNFOUNDED: "There is no evidence or proper basis for it",
    OutcomeCode.FALSE: "There is enough evidence to disprove it",
    OutcomeCode.MALICIOUS: "It is disproved, and there was a deliberate act to deceive or harm",
}


class AllegationForm(VersionedForm):
    category_id = TermField(
        "Category", group=TermGroup.CATEGORY, required="Choose the category", radios=False
    )
    subcategory_id = TermField("Sub-category", group=TermGroup.SUBCATEGORY, radios=False)
    context_id = TermField("Context", group=TermGroup.CONTEXT, radios=False)
    description = TextAreaField(
        "What is alleged?",
        called="What is alleged",
        required="Enter what is alleged",
        longest=20_000,
        rows=6,
    )
    limbs = CheckboxesField("Which criteria of the threshold may be met?", called="The criteria")
    primary_limb = ChoiceField(
        "Which of them is the main one?",
        hint="Needed only when you ticked more than one",
        called="The main one",
        radios=True,
    )
    happened_precision = EnumField(
        "When did it happen?",
        enum=DatePrecision,
        called="When it happened",
        required="Choose how well it is known when it happened",
    )
    happened_from = DateField("Date, or first date", called="The date it happened", past=True)
    happened_to = DateField("Last date", called="The last date it happened", past=True)
    non_recent = YesNoField(
        "Is it a non-recent allegation?",
        hint="Worked out from the date where one is known",
        called="Non-recent or not",
    )
    place = TextField("Where did it happen?", called="The place")
    children = CheckboxesField("Which children does it concern?", called="The children")

    def __init__(self, case: Case, **options: Any) -> None:
        super().__init__(**options)
        before = {row.limb for each in case.allegations for row in each.limbs}
        in_force = limbs_on(case.received_on)
        offered = in_force + [limb for limb in before if limb not in in_force]
        self.limbs.choices = [Choice(limb.value, limb.label, limb) for limb in offered]
        self.primary_limb.choices = list(self.limbs.choices)
        self.children.choices = [
            Choice(str(child.number), child_words(child), child.number)
            for child in case.child_records
        ]

    @classmethod
    def of(cls, allegation: Allegation) -> "AllegationForm":
        columns = {name: getattr(allegation, name) for name in COLUMNS}
        return cls(allegation.case, record=allegation, data=columns | _saved(allegation))

    def saved(self, record: Any) -> dict[str, Any]:
        return super().saved(record) | _saved(record)

    def details(self) -> AllegationDetails:
        return AllegationDetails(
            category_id=self.category_id.data,
            subcategory_id=self.subcategory_id.data,
            context_id=self.context_id.data,
            description=self.description.data,
            limbs=self.limbs.data,
            primary_limb=self.primary_limb.data,
            happened_precision=self.happened_precision.data,
            happened_from=self.happened_from.data,
            happened_to=self.happened_to.data,
            non_recent=self.non_recent.data,
            place=self.place.data,
            children=self.children.data,
        )


def child_words(child: Any) -> str:
    """`Child 2: A. Sample`, as far as they are named."""
    return f"Child {child.number}" + (f": {child.name}" if child.name else "")


def _saved(allegation: Allegation) -> dict[str, Any]:
    limbs = allegation.limbs
    return {
        "limbs": [row.limb for row in limbs],
        "primary_limb": next((row.limb for row in limbs if row.is_primary), None),
        "children": [child.number for child in allegation.children],
    }


class OutcomeForm(VersionedForm):
    outcome = EnumField(
        "What is the outcome?",
        enum=OutcomeCode,
        hints=OUTCOME_HINTS,
        required="Choose the outcome",
        called="The outcome",
    )
    reasons = TextAreaField(
        "Reasons, on the balance of probabilities",
        called="The reasons",
        required="Enter the reasons for the outcome",
        longest=20_000,
        rows=6,
    )
    evidence = TextAreaField(
        "Evidence that disproves the allegation",
        hint="Needed for false and malicious",
        called="The evidence",
        longest=20_000,
    )
    change_reason = TextAreaField(
        "Why has the outcome changed, or why does it stand?",
        called="The reason",
        longest=5_000,
        rows=3,
    )
    decided_on = DateField(
        "When was it decided?",
        called="The date of the outcome",
        required="Enter when the outcome was decided",
        past=True,
    )

    @classmethod
    def of(cls, allegation: Allegation) -> "OutcomeForm":
        data: dict[str, Any] = {"version": allegation.version, "decided_on": clock.today()}
        if stood_before_reopening(allegation.case, allegation) and allegation.outcome:
            names = ("outcome", "reasons", "evidence")
            data |= {name: getattr(allegation.outcome, name) for name in names}
        return cls(record=allegation, data=data)

    def saved(self, record: Any) -> dict[str, Any]:
        """The outcome that stands now."""
        return super().saved(record.outcome) if record.outcome else {}


class ChildForm(VersionedForm):
    name = TextField("Name", hint="Leave this empty if it is not known", width=20)
    age = IntegerField("Age at the time", called="Age", least=0, most=25, width=2)
    sex = EnumField("Sex", enum=Sex)
    looked_after = YesNoField("Looked after by a local authority?", called="Looked after or not")
    social_care_reference = TextField("Social care reference", longest=60, width=10)
    voice = EnumField(
        "Was the child’s own view sought?",
        enum=VoiceSought,
        called="Whether the view was sought",
        required="Choose whether the child’s view was sought",
    )
    voice_reason = TextAreaField("If not, why not?", called="The reason", longest=5_000, rows=3)
    view = TextAreaField("What the child says and wants", called="The view", longest=20_000)

    def details(self) -> ChildDetails:
        return ChildDetails(
            name=self.name.data,
            age=self.age.data,
            sex=self.sex.data,
            looked_after=self.looked_after.data,
            social_care_reference=self.social_care_reference.data,
            voice=self.voice.data,
            voice_reason=self.voice_reason.data,
            view=self.view.data,
        )


class ChildHelpForm(VersionedForm):
    help = EnumField(
        "Was the child referred for help of their own?",
        enum=ChildHelp,
        called="Whether the child was referred",
        required="Choose whether the child was referred",
    )
    considered_on = DateField(
        "When was it considered?",
        called="The date it was considered",
        required="Enter when it was considered",
        past=True,
    )
    decided_by = TextField(
        "Who decided?", called="Who decided", required="Enter who decided", width=20
    )
    reasons = TextAreaField("Reasons", required="Enter the reasons", longest=10_000, rows=3)

    @classmethod
    def of(cls, allegation: Allegation) -> "ChildHelpForm":
        outcome = allegation.outcome
        before = (
            {
                "help": outcome.child_help,
                "considered_on": outcome.child_help_on,
                "decided_by": outcome.child_help_by,
                "reasons": outcome.child_help_reasons,
            }
            if outcome
            else {}
        )
        return cls(record=allegation, data={"version": allegation.version} | before)

    def details(self) -> ChildHelpDetails:
        return ChildHelpDetails(
            self.help.data, self.considered_on.data, self.decided_by.data, self.reasons.data
        )


class NoLearningForm(Form):
    said_on = DateField(
        "When was that agreed?", called="The date", required="Enter when that was agreed", past=True
    )
    reason = TextAreaField(
        "Why is there no learning?",
        hint="What was looked at, and with whom",
        called="The reason",
        required="Enter why there is no learning",
        longest=5_000,
        rows=3,
    )


class LearningForm(Form):
    theme_id = TermField(
        "Theme", group=TermGroup.LEARNING_THEME, required="Choose a theme", radios=False
    )
    kind = EnumField(
        "What kind of learning is it?",
        enum=LearningKind,
        called="The kind",
        required="Choose what kind of learning it is",
    )
    description = TextAreaField(
        "What was learned?",
        hint="Name nobody. The report counts the themes",
        called="What was learned",
        required="Enter what was learned",
        longest=10_000,
    )
