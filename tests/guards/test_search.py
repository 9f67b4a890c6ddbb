"""Each text that people write is found by the search, or stands here with the reason why not."""

from sqlalchemy import Enum, String, Text

from lado.models import Base
from lado.models.base import Folded
from lado.queries.search_sources import SOURCES

SYSTEM = "written by the system or by an administrator, about no case"
CODE = "a key, a code or a hash"
LATER = "it becomes part of a record, which is found, when somebody saves it"
LEFT_OUT = {
    "action_change": "how an action stood before; as it stands it is indexed",
    "advice_template": SYSTEM,
    "alert_review": "tells of contacts that not everybody may know of",
    "draft": LATER,
    "enquiry_search": "the enquiry's own names again",
    "organisation_merge": "about no case",
    "organisation_word": "a word of a name that is indexed",
    "person_comparison": "tells of another person, whom not everybody may know of",
    "pseudonym": CODE,
    "received_form": LATER,
    "enquiry.public_id": CODE,
    "organisation_name.folded": "the name itself is indexed",
    "associate": "a conflict of interest is nobody else's business",
    "declaration": "read by nobody but the user it is of",
    "suspected_conflict": "a conflict of interest is nobody else's business",
    "audit_event": SYSTEM,
    "invitation": CODE,
    "rate_count": CODE,
    "recovery_code": CODE,
    "reference_counter": CODE,
    "register_import": CODE,
    "audited_decision": "a peer's view, which not everybody who reads the record may read",
    "peer_audit": CODE,
    "sub_group_action": "about a report, and about no one record",
    "sub_group_progress": "as above",
    "training_session": "about no one record",
    "information_request": "about no one record",
    "report": "found by its period; its commentary is about no one record",
    "second_factor": CODE,
    "setting": SYSTEM,
    "term": SYSTEM,
    "user": SYSTEM,
    "user_session": CODE,
    "case.public_id": CODE,
    "consultation.public_id": CODE,
    "organisation.public_id": CODE,
    "person.public_id": CODE,
    "person_name.folded": "the name itself is indexed",
    "organisation.folded": "the name itself is indexed",
    "minute.heading": CODE,
    "minutes_copy.content": "the minutes without what a copy withholds",
    "minutes_version.content": "the minutes as they were; those that stand are indexed",
    "received_information": CODE,
    "withheld_part": CODE,
    "withdrawn_copy": "read beside the copy, which went to nobody",
    "received_transfer": "told again in the notes and in what came with the case",
    "document.file_name": "what a file was called elsewhere is shown on its page only",
    "document.sha256": CODE,
    "document.stored_as": CODE,
    "other_authority.pack_sha256": CODE,
    "other_authority.pack_stored_as": CODE,
}


def test_every_text_is_indexed_or_left_out_for_a_reason() -> None:
    indexed = {
        f"{column.class_.__tablename__}.{column.key}"
        for sources in SOURCES.values()
        for source in sources
        for columns in source.columns()
        for column in columns
    }
    texts = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, String | Text | Folded) and not isinstance(column.type, Enum)
    }
    left_out = {text for text in texts if {text, text.partition(".")[0]} & LEFT_OUT.keys()}
    assert texts - indexed - left_out == set()
    assert indexed & left_out == set()
    assert {name for name in LEFT_OUT if "." in name} <= texts
