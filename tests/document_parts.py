"""Documents and other authorities on a record, made through the services."""

from io import BytesIO
from typing import Any

from lado.models import Case, Document, OtherAuthority, User
from lado.queries.documents import Home
from lado.rules.documents import DocumentKind
from lado.rules.transfer import AuthorityPart
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
