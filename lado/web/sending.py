"""When and how something left: the same for a letter and for the answer to an enquiry."""

from lado.rules.vocabulary import SentHow
from lado.web.forms import DateField, EnumField, VersionedForm


class SentForm(VersionedForm):
    sent_on = DateField(
        "When was it sent?", required="Enter when it was sent", called="The day", past=True
    )
    sent_how = EnumField(
        "How was it sent?",
        enum=SentHow,
        required="Choose how it was sent",
        called="How it was sent",
    )
