from lado.web.forms import Form, HiddenNumber, TextAreaField


class ReviewForm(Form):
    note = TextAreaField(
        "What did you find, and what is done about it?",
        hint="It stays with the alert until there is a further contact",
        called="The note",
        required="Say what you found",
        longest=2000,
    )
    contacts = HiddenNumber()
