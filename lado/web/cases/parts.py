"""Children, strands, onward referrals and learning."""

from flask import request

from lado import clock
from lado.errors import NotFound, Refused
from lado.papers.referral_pack import pack
from lado.queries import cases, settings
from lado.rules.case_outcome import DISPROVED
from lado.rules.permissions import Permission
from lado.rules.vocabulary import StrandKind, VoiceSought
from lado.services import case_parts as services
from lado.services import onward_referral as referrals
from lado.services.case_allegations import NO_HELP_ASKED, record_child_help
from lado.web.cases.blueprint import blueprint
from lado.web.cases.opened import Answer, done, opened, opened_to_add, opened_to_change, page
from lado.web.cases.part_forms import ChildForm, ChildHelpForm, LearningForm, NoLearningForm
from lado.web.cases.strand_forms import ReferralForm, StrandForm
from lado.web.downloads import saved_paper
from lado.web.drafting import begins_anew
from lado.web.guard import requires, user


@blueprint.route("/<record_id:public_id>/children/add", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add_child(public_id: str) -> Answer:
    case = opened_to_change(public_id, Permission.CASE_EDIT)
    form = ChildForm(data={"voice": VoiceSought.NOT_YET})
    if form.validate_on_submit() and form.run(
        lambda: services.add_child(case, form.details(), by=user())
    ):
        return done(case, "Child added", "cases.children")
    return page("cases/child.html", case, form=form, child=None)


@blueprint.route("/<record_id:public_id>/children/<int:number>/edit", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def edit_child(public_id: str, number: int) -> Answer:
    case = opened_to_change(public_id, Permission.CASE_EDIT)
    child = cases.child(case, number)
    form = ChildForm(obj=child)
    if form.validate_on_submit() and form.run_on(
        child,
        lambda: services.change_child(child, form.details(), version=form.version.data, by=user()),
    ):
        return done(case, "Changes saved", "cases.children")
    return page("cases/child.html", case, form=form, child=child)


@blueprint.route("/<record_id:public_id>/strands/<int:number>", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def edit_strand(public_id: str, number: int) -> Answer:
    """Also of a concluded case: other agencies report when they report."""
    case = opened_to_add(public_id, Permission.DISCUSSION_RECORD)
    strand = cases.strand(case, kind_of(number))
    form = StrandForm.of(strand)
    if form.validate_on_submit() and form.run_on(
        strand,
        lambda: services.change_strand(
            strand, form.details(), version=form.version.data, by=user()
        ),
    ):
        return done(case, f"{strand.kind.label}: changes saved", "cases.strands")
    return page("cases/strand.html", case, form=form, strand=strand)


def kind_of(number: int) -> str:
    kinds = list(StrandKind)
    if not 1 <= number <= len(kinds):
        raise NotFound
    return kinds[number - 1]


@blueprint.route("/<record_id:public_id>/referrals/add", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def add_referral(public_id: str) -> Answer:
    case = opened_to_add(public_id, Permission.DISCUSSION_RECORD)
    form = ReferralForm.of(case, body=request.args.get("body", ""))
    if form.validate_on_submit() and form.run(
        lambda: referrals.add_referral(case, form.details(), by=user())
    ):
        return done(case, "Onward referral added", "cases.strands")
    return page("cases/referral.html", case, form=form, referral=None)


@blueprint.route("/<record_id:public_id>/referrals/<int:number>", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def edit_referral(public_id: str, number: int) -> Answer:
    case = opened_to_add(public_id, Permission.DISCUSSION_RECORD)
    referral = cases.referral(case, number)
    form = ReferralForm.of(case, referral)
    if form.validate_on_submit() and form.run_on(
        referral,
        lambda: referrals.change_referral(
            referral, form.details(), version=form.version.data, by=user()
        ),
    ):
        return done(case, "Changes saved", "cases.strands")
    return page("cases/referral.html", case, form=form, referral=referral)


@blueprint.get("/<record_id:public_id>/referrals/<int:number>/pack/<file_format>")
@requires(Permission.DISCUSSION_RECORD)
def referral_pack(public_id: str, number: int, file_format: str) -> Answer:
    case = opened(public_id, Permission.DISCUSSION_RECORD)
    referral = cases.referral(case, number)
    paper = pack(cases.whole(case), referral, user(), settings.get_text("council_name"))
    return saved_paper(paper, file_format, lambda: referrals.pack_downloaded(referral, by=user()))


@blueprint.route(
    "/<record_id:public_id>/allegations/<int:number>/child-help", methods=["GET", "POST"]
)
@requires(Permission.CASE_EDIT)
def child_help(public_id: str, number: int) -> Answer:
    """Also of a concluded case: nobody stops helping a child because a case has ended."""
    case = opened_to_add(public_id, Permission.CASE_EDIT)
    allegation = cases.allegation(case, number)
    outcome = allegation.outcome
    if begins_anew() and (outcome is None or outcome.outcome not in DISPROVED):
        raise Refused(NO_HELP_ASKED)
    form = ChildHelpForm.of(allegation)
    if form.validate_on_submit() and form.run_on(
        allegation,
        lambda: record_child_help(allegation, form.details(), version=form.version.data, by=user()),
    ):
        return done(case, "Help for the child recorded", "cases.allegations")
    return page("cases/child_help.html", case, form=form, allegation=allegation)


@blueprint.route("/<record_id:public_id>/learning/none", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def no_learning(public_id: str) -> Answer:
    case = opened_to_add(public_id, Permission.CASE_EDIT)
    form = NoLearningForm(data={"said_on": clock.today()})
    if form.validate_on_submit() and form.run(
        lambda: services.record_no_learning(
            case, said_on=form.said_on.data, reason=form.reason.data, by=user()
        )
    ):
        return done(case, "Recorded that there is no learning", "cases.learning")
    return page("cases/no_learning.html", case, form=form)


@blueprint.route("/<record_id:public_id>/learning/add", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add_learning(public_id: str) -> Answer:
    case = opened_to_add(public_id, Permission.CASE_EDIT)
    form = LearningForm()
    if form.validate_on_submit() and form.run(
        lambda: services.add_learning(
            case,
            theme_id=form.theme_id.data,
            kind=form.kind.data,
            description=form.description.data,
            by=user(),
        )
    ):
        return done(case, "Learning point added", "cases.learning")
    return page("cases/learning_point.html", case, form=form)
