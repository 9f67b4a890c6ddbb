from lado.web.forms import TextAreaField, VersionedForm


class PutAsideForm(VersionedForm):
    reason = TextAreaField(
        "Why is it put aside?",
        called="The reason",
        hint="For example, sent twice, no concern about anybody, meant for another authority",
        required="Enter why it is put aside",
        longest=2_000,
        rows=3,
    )
