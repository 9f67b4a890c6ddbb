"""Names on record in a text to be published."""

from lado.extensions import db
from lado.models import Child, OrganisationName
from lado.queries.public_text import findings_in
from lado.rules.public_text import FindingKind
from lado.services import restriction
from tests import contacts
from tests.factories import make_consultation, make_organisation, make_person
from tests.support.cast import Cast

TEXT = (
    "Zeta Quill of Hill Top School, once Dale End Infants, and Omar Bexley, were praised. What "
    "Zebedee told us, we heard from Nightingale. Philomena worked there."
)


def test_only_names_that_the_reader_may_know_of_are_told(cast: Cast) -> None:
    make_person(forename="Zeta", surname="Quill")
    make_person(forename="Philomena", surname="Quark")
    hidden = make_person(forename="Omar", surname="Bexley")
    restriction.restrict(hidden, to=[cast.manager], version=hidden.version, by=cast.manager)
    school = make_organisation("Hill Top School")
    former = OrganisationName(name="Dale End Infants", folded="dale end infants")
    school.other_names.append(former)
    db.session.commit()
    make_organisation("Hill Top Nursery")
    contact = make_consultation(by=cast.lado, referrer_name="Perpetua Nightingale")
    db.session.add(Child(consultation_id=contact.id, number=1, name="Zebedee Crowe"))
    db.session.commit()

    def told(user) -> list[str]:
        kinds = (FindingKind.PERSON, FindingKind.PLACE)
        return [one.words for one in findings_in(TEXT, [], user) if one.kind in kinds]

    places = ["Dale End Infants", "Hill Top School"]
    of_contact = ["Zebedee", "Nightingale"]
    assert told(cast.lado) == ["Zeta Quill", *of_contact, "Philomena", *places]
    assert told(cast.manager) == ["Zeta Quill", "Omar Bexley", *of_contact, "Philomena", *places]
    assert told(cast.auditor) == []
    contacts.restrict_consultation(contact)
    assert told(cast.lado) == ["Zeta Quill", "Philomena", *places]
