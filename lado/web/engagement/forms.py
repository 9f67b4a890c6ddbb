from lado.rules.vocabulary import TermGroup
from lado.web.forms import Choice, ChoiceField, TermField
from lado.web.lists import ListForm

MONTHS = (12, 6, 24, 36)


class SilentForm(ListForm):
    months = ChoiceField(
        "Without a contact for",
        choices=[Choice(str(number), f"{number} months", number) for number in MONTHS],
        radios=False,
    )
    sector_id = TermField("Sector", group=TermGroup.SECTOR)

    @property
    def chosen_months(self) -> int:
        return int(self.months.data or MONTHS[0])
