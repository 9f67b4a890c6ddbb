"""The forms of what other agencies do: strands and onward referrals."""

from collections.abc import Sequence
from dataclasses import fields

from lado import clock
from lado.models import Case, OnwardReferral, Strand, Term
from lado.queries import vocabulary
from lado.queries.case_fairness import bodies_offered_first
from lado.rules.strands import Employer
from lado.rules.vocabulary import (
    EmployerWay,
    ReferralBasis,
    ReferralDecision,
    StrandKind,
    StrandStatus,
    TermGroup,
)
from lado.services.case_parts import RESULTS_OF, StrandDetails
from lado.services.onward_referral import ReferralDetails
from lado.web.forms import (
    Choice,
    ChoiceField,
    DateField,
    EnumField,
    TextAreaField,
    TextField,
    VersionedForm,
    term_choices,
)

FITTING, OTHERS = "Fitting this person’s positions", "Other bodies"
EMPLOYER = tuple(each.name for each in fields(Employer))
CONSULTED = ("consulted_on", "consulted_with", "reference")
REFERENCE = {
    StrandKind.POLICE: "Crime reference",
    StrandKind.SOCIAL_CARE: "Social care reference",
}


class StrandForm(VersionedForm):
    """An employer is no agency that is consulted, and only an employer deals with it in one of the
    ways: what does not fit is not there."""

    status = EnumField("Status", enum=StrandStatus, required="Choose the status")
    not_applicable_reason = TextAreaField(
        "If it is not applicable, why?", called="Why it is not applicable", longest=2_000, rows=2
    )
    lead = TextField("Who leads it", called="Who leads it", width=20)
    consulted_on = DateField(
        "When were they consulted?", called="The date they were consulted", past=True
    )
    consulted_with = TextField("Who was spoken to?", called="Who was spoken to", width=20)
    reference = TextField("Reference", longest=60, width=20)
    started_on = DateField("Started on", called="The date it started", past=True)
    ended_on = DateField("Ended on", called="The date it ended", past=True)
    review_on = DateField(
        "When is it looked at again?",
        called="The date it is looked at again",
        hint="The police: four weeks after the first meeting at the latest, then every two to four "
        "weeks",
    )
    way = EnumField(
        "How does the employer deal with it?",
        called="How the employer deals with it",
        enum=EmployerWay,
        radios=False,
    )
    way_on = DateField("When was this settled?", called="The day it was settled", past=True)
    acted_on = DateField(
        "When did the employer act?",
        called="The day the employer acted",
        hint="Without formal discipline: such as advice, training or supervision",
        past=True,
    )
    report_on = DateField(
        "When did the employer have the investigator’s report?",
        called="The day of the report",
        past=True,
    )
    hearing_needed = ChoiceField(
        "After the report, is a hearing needed?",
        called="Whether a hearing is needed",
        choices=(
            Choice("yes", "Yes", True),
            Choice("no", "No", False),
            Choice("not_decided", "Not decided yet", None),
        ),
    )
    hearing_decided_on = DateField(
        "When was this decided?", called="The day a hearing was decided on", past=True
    )
    hearing_on = DateField("When was the hearing held?", called="The day of the hearing", past=True)
    heard_on = DateField("When did they say it?", called="The date they said it", past=True)
    said = TextAreaField("What did they say?", called="What they said", longest=10_000, rows=3)
    result_id = ChoiceField(
        "New result", hint="Leave this empty when there is none yet", radios=False
    )
    reported_on = DateField(
        "When was the result reported?", called="The date of the result", past=True
    )
    detail = TextAreaField("More about the result", called="The detail", longest=10_000, rows=3)

    @classmethod
    def of(cls, strand: Strand) -> "StrandForm":
        form = cls(obj=strand)
        form.result_id.choices = term_choices(RESULTS_OF[strand.kind])
        if strand.kind in REFERENCE:
            form.reference.label.text = REFERENCE[strand.kind]
        if strand.kind is not StrandKind.POLICE:
            form.review_on.description = ""
        for name in CONSULTED if strand.kind is StrandKind.EMPLOYER else EMPLOYER:
            del form[name]
        return form

    def details(self) -> StrandDetails:
        consulted = {name: self[name].data for name in CONSULTED if name in self}
        employer = {name: self[name].data for name in EMPLOYER if name in self}
        return StrandDetails(
            status=self.status.data,
            lead=self.lead.data,
            started_on=self.started_on.data,
            ended_on=self.ended_on.data,
            review_on=self.review_on.data,
            result_id=self.result_id.data,
            reported_on=self.reported_on.data,
            detail=self.detail.data,
            employer=Employer(**employer),
            not_applicable_reason=self.not_applicable_reason.data,
            heard_on=self.heard_on.data,
            said=self.said.data,
            **consulted,
        )


class ReferralForm(VersionedForm):
    body_id = ChoiceField("To whom?", required="Choose to whom", called="To whom", radios=False)
    basis = EnumField(
        "On what basis?",
        enum=ReferralBasis,
        hint="Needed for the Disclosure and Barring Service. The employer’s duty and the council’s "
        "power are two referrals",
        called="The basis",
    )
    considered_on = DateField(
        "When was it considered?",
        called="The date it was considered",
        required="Enter when this was considered",
        past=True,
    )
    decision = EnumField(
        "What was decided?",
        enum=ReferralDecision,
        called="The decision",
        required="Choose what was decided",
    )
    decided_by = TextField("Who decided?", called="Who decided", width=20)
    reasons = TextAreaField("Reasons", longest=10_000, rows=3)
    referred_on = DateField("When was it sent?", called="The date it was sent", past=True)
    reference = TextField(
        "Their reference", hint="It proves that the referral arrived", longest=60, width=20
    )
    acknowledged_on = DateField(
        "When did they acknowledge it?", called="The date they acknowledged it", past=True
    )
    chase_on = DateField(
        "When is it asked after?",
        called="The date it is asked after",
        hint="Left empty, four weeks after it was sent",
    )
    closed_on = DateField("When did they close it?", called="The date it was closed", past=True)
    result = TextAreaField(
        "What came of it?",
        called="What came of it",
        hint="If it was withdrawn, that it was, and why",
        longest=10_000,
        rows=3,
    )

    @classmethod
    def of(
        cls, case: Case, referral: OnwardReferral | None = None, *, body: str = ""
    ) -> "ReferralForm":
        """`body` is the code of one that is asked for."""
        form = cls(obj=referral)
        keep = (referral.body_id,) if referral else ()
        terms = vocabulary.terms(TermGroup.REFERRAL_BODY, on=clock.today(), keep=keep)
        form.body_id.choices = _first_those_that_fit(terms, bodies_offered_first(case))
        if referral is None and form.body_id.sent is None:
            form.body_id.data = next((term.id for term in terms if term.code == body), None)
        return form

    def details(self) -> ReferralDetails:
        return ReferralDetails(
            body_id=self.body_id.data,
            basis=self.basis.data,
            considered_on=self.considered_on.data,
            decision=self.decision.data,
            decided_by=self.decided_by.data,
            reasons=self.reasons.data,
            referred_on=self.referred_on.data,
            reference=self.reference.data,
            chase_on=self.chase_on.data,
            acknowledged_on=self.acknowledged_on.data,
            closed_on=self.closed_on.data,
            result=self.result.data,
        )


def _first_those_that_fit(terms: Sequence[Term], codes: Sequence[str]) -> list[Choice]:
    order = {code: place for place, code in enumerate(codes)}
    ordered = sorted(terms, key=lambda term: order.get(term.code, len(order)))
    return [
        Choice(str(term.id), term.label, term.id, group=FITTING if term.code in order else OTHERS)
        for term in ordered
    ]
