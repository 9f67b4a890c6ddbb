from lado.web.forms import Form, TextField


class FindForm(Form):
    reference = TextField(
        "Reference",
        hint="Of a consultation or a case, or the one it had in an old register",
        called="The reference",
        required="Enter a reference",
        longest=60,
        width=20,
    )
