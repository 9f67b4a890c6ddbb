"""What the pages share that restrict a case, a consultation or a person to named people."""

from lado.queries import access
from lado.services import restriction
from lado.services.restriction import Restrictable
from lado.web.forms import CheckboxesField, Choice, VersionedForm
from lado.web.guard import user


class RestrictForm(VersionedForm):
    named = CheckboxesField(
        "Who may see it, besides you?", called="Who may see it", hint="Name a manager too"
    )

    @classmethod
    def of(cls, record: Restrictable) -> "RestrictForm":
        others = [each for each in access.readers(record) if each.id != user().id]
        named = access.named_on(record) | {getattr(record, "owner_id", None)}
        form = cls(obj=record, data={"named": [each for each in others if each.id in named]})
        form.named.choices = [Choice(each.public_id, each.name, each) for each in others]
        return form

    def restricts(self, record: Restrictable) -> bool:
        return bool(
            self.validate_on_submit()
            and self.run_on(
                record,
                lambda: restriction.restrict(
                    record, to=self.named.data, version=self.version.data, by=user()
                ),
            )
        )


class LiftRestrictionForm(VersionedForm):
    """Nothing to fill in."""

    def lifts(self, record: Restrictable) -> bool:
        return bool(
            self.validate_on_submit()
            and self.run_on(
                record,
                lambda: restriction.unrestrict(record, version=self.version.data, by=user()),
            )
        )
