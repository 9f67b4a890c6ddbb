from lado import clock
from lado.models import User
from lado.queries.cover import deciders
from lado.queries.hand_over import Work
from lado.services.hand_over import given_of, key_of
from lado.web.forms import CheckboxesField, Choice, ChoiceField, ConfirmField, DateField, Form

ON, OFF = "on", "off"


class DutyForm(Form):
    user = ChoiceField("Who?", required="Choose who it is about", radios=False)
    duty = ChoiceField(
        "On duty, or away?",
        choices=(
            Choice(ON, "On duty", ON),
            Choice(OFF, "Not on duty", OFF, "Away, or somebody else takes it over"),
        ),
        required="Choose whether they are on duty",
    )
    first = DateField("First day", called="The first day", required="Enter the first day")
    last = DateField("Last day", called="The last day", required="Enter the last day")

    @classmethod
    def new(cls, reader: User) -> "DutyForm":
        today = clock.today()
        form = cls(data={"user": reader, "duty": ON, "first": today, "last": today})
        form.user.choices = [Choice(each.public_id, each.name, each) for each in deciders()]
        return form


class HandOverForm(Form):
    to = ChoiceField("Give to", required="Choose who is to get it", radios=False)
    everything = ConfirmField("All of it")
    chosen = CheckboxesField("What is given", called="What is given")

    @classmethod
    def of(cls, user: User, work: Work) -> "HandOverForm":
        form = cls()
        form.to.choices = [
            Choice(each.public_id, each.name, each) for each in deciders() if each.id != user.id
        ]
        keys = [key_of(record) for record in given_of(work)]
        form.chosen.choices = [Choice(key, key, key) for key in keys]
        return form
