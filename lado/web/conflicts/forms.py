from lado.web.forms import Form, TextAreaField, YesNoField


class SettleForm(Form):
    is_them = YesNoField(
        "Is it the same person?",
        not_known=False,
        required="Say whether it is the same person",
        called="The answer",
    )
    note = TextAreaField(
        "How do you know?",
        hint="Needed when it is somebody else. For example, the employer confirmed another date of "
        "birth",
        called="The reason",
        longest=2_000,
        rows=3,
    )
