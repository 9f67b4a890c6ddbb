"""The administrator keeps the templates of letters. None is deleted: letters have them."""

from sqlalchemy import func, select

from lado import clock
from lado.errors import Refused
from lado.extensions import db
from lado.models import AdviceTemplate
from lado.rules.advice import claims_on_suspension, unknown_placeholders
from lado.rules.audit import AuditAction
from lado.services import audit
from lado.services.audit import Actor
from lado.services.checks import Checks
from lado.services.transaction import check_version, writes

NO_CLAIM = "Leave out whether suspension is a neutral act: authorities differ. It says: “{}”"


@writes(AuditAction.ADVICE_TEMPLATE_ADDED)
def add(*, title: str, text: str, by: Actor) -> AdviceTemplate:
    _check(None, title, text)
    template = AdviceTemplate(title=title, text=text)
    db.session.add(template)
    audit.record(AuditAction.ADVICE_TEMPLATE_ADDED, template, by=by)
    return template


@writes(AuditAction.ADVICE_TEMPLATE_CHANGED)
def change(template: AdviceTemplate, *, title: str, text: str, version: int, by: Actor) -> None:
    """Letters that were made from it stay as they are."""
    check_version(template, version)
    _check(template, title, text)
    given = {"title": title, "text": text}
    changed = [name for name, value in given.items() if getattr(template, name) != value]
    template.title, template.text = title, text
    audit.record(AuditAction.ADVICE_TEMPLATE_CHANGED, template, by=by, fields=changed)


@writes(AuditAction.ADVICE_TEMPLATE_CHANGED)
def retire(template: AdviceTemplate, *, by: Actor) -> None:
    if template.retired_on is not None:
        raise Refused("This template is already retired.")
    template.retired_on = clock.today()
    audit.record(AuditAction.ADVICE_TEMPLATE_CHANGED, template, by=by, fields=["retired_on"])


@writes(AuditAction.ADVICE_TEMPLATE_CHANGED)
def bring_back(template: AdviceTemplate, *, by: Actor) -> None:
    if template.retired_on is None:
        raise Refused("This template is in use.")
    template.retired_on = None
    audit.record(AuditAction.ADVICE_TEMPLATE_CHANGED, template, by=by, fields=["retired_on"])


def _check(template: AdviceTemplate | None, title: str, text: str) -> None:
    checks = Checks()
    checks.that(title.strip(), "title", "Enter the title")
    checks.that(text.strip(), "text", "Enter the text")
    same = select(AdviceTemplate.id).where(func.lower(AdviceTemplate.title) == title.lower())
    taken = db.session.scalar(same.where(AdviceTemplate.id != (template.id if template else 0)))
    checks.that(taken is None, "title", "Another template has this title")
    unknown = ", ".join(unknown_placeholders(text))
    checks.that(not unknown, "text", f"Not in the list of what can be filled in: {unknown}")
    claims = claims_on_suspension(text)
    checks.that(not claims, "text", NO_CLAIM.format(claims[0] if claims else ""))
    checks.done()
