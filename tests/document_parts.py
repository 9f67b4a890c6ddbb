"""Documents and other authorities on a record, made through the services."""

import json
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from typing import Any

from lado.extensions import db
from lado.models import Case, Consultation, Document, OtherAuthority, ReceivedTransfer, User
from lado.queries.documents import Home
from lado.rules.documents import DocumentKind
from lado.rules.transfer import AuthorityPart
from lado.rules.vocabulary import Origin
from lado.services import document as services
from lado.services import other_authority
from lado.services.document import DocumentDetails
from lado.services.other_authority import AuthorityDetails

CONTENT = b"Dear LADO, this letter is made up and says nothing of anybody."
CALLED = "letter about nobody.txt"


def attach(
    home: Home, by: User, content: bytes = CONTENT, file_name: str = CALLED, **told: Any
) -> Document:
    details = DocumentDetails(**{"title": "Letter", "kind": DocumentKind.LETTER} | told)
    return services.attach(home, details, content=BytesIO(content), file_name=file_name, by=by)


def make_authority(case: Case, by: User, **told: Any) -> OtherAuthority:
    details = {"part": AuthorityPart.OUT, "authority": "Elsewhere Council"} | told
    return other_authority.add(case, AuthorityDetails(**details), by=by)


def packed(records: Mapping[str, Any], documents: bytes = b"") -> bytes:
    """What a transfer file holds, before it is locked."""
    told = json.dumps(records).encode()
    return len(told).to_bytes(8, "big") + told + documents


def sent_records(**case: Any) -> dict[str, Any]:
    """As another authority's program would tell of a case."""
    return {
        "format": "lado-transfer",
        "version": 1,
        "from": "Elsewhere Council",
        "case": {"reference": "EC-1", **case},
    }


def opened_transfer(records: Mapping[str, Any], by: User) -> str:
    """The name under which whoever opened it looks at it."""
    return services.store().write([packed(records)], by.public_id).name


def receive_transfer(consultation: Consultation, records: Mapping[str, Any]) -> ReceivedTransfer:
    """As if the consultation had been logged from that file."""
    content = json.dumps(records)
    received = ReceivedTransfer(
        consultation=consultation,
        authority=records["from"],
        reference=records["case"]["reference"],
        sha256=sha256(content.encode()).hexdigest(),
        content=content,
        origin=Origin.TRANSFER,
    )
    db.session.add(received)
    db.session.commit()
    return received
