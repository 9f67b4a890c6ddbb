"""Children, strands, onward referrals and learning."""

from lado.errors import NotFound
from lado.queries import cases
from lado.rules.permissions import Permission
from lado.rules.vocabulary import StrandKind, VoiceSought
from lado.services import case_parts as services
from lado.web.cases.blueprint import blueprint
from lado.web.cases.opened import Answer, done, opened, opened_to_change, page
from lado.web.cases.part_forms import ChildForm, LearningForm, ReferralForm, StrandForm
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
    case = opened(public_id, Permission.DISCUSSION_RECORD)
    strand = cases.strand(case, _kind(number))
    form = StrandForm.of(strand)
    if form.validate_on_submit() and form.run_on(
        strand,
        lambda: services.change_strand(
            strand, form.details(), version=form.version.data, by=user()
        ),
    ):
        return done(case, f"{strand.kind.label}: changes saved", "cases.strands")
    return page("cases/strand.html", case, form=form, strand=strand)


def _kind(number: int) -> str:
    kinds = list(StrandKind)
    if not 1 <= number <= len(kinds):
        raise NotFound
    return kinds[number - 1]


@blueprint.route("/<record_id:public_id>/referrals/add", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def add_referral(public_id: str) -> Answer:
    case = opened(public_id, Permission.DISCUSSION_RECORD)
    form = ReferralForm()
    if form.validate_on_submit() and form.run(
        lambda: services.add_referral(case, form.details(), by=user())
    ):
        return done(case, "Onward referral added", "cases.strands")
    return page("cases/referral.html", case, form=form, referral=None)


@blueprint.route("/<record_id:public_id>/referrals/<int:number>", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def edit_referral(public_id: str, number: int) -> Answer:
    case = opened(public_id, Permission.DISCUSSION_RECORD)
    referral = cases.referral(case, number)
    form = ReferralForm(obj=referral)
    if form.validate_on_submit() and form.run_on(
        referral,
        lambda: services.change_referral(
            referral, form.details(), version=form.version.data, by=user()
        ),
    ):
        return done(case, "Changes saved", "cases.strands")
    return page("cases/referral.html", case, form=form, referral=referral)


@blueprint.route("/<record_id:public_id>/learning/add", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add_learning(public_id: str) -> Answer:
    case = opened(public_id, Permission.CASE_EDIT)
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
