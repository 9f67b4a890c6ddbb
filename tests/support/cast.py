"""The people of the tests. Their names are looked for in every captured log."""

from dataclasses import dataclass

from sqlalchemy import select

from lado import clock
from lado.extensions import db
from lado.models import User
from lado.rules.permissions import Role

PASSWORD = "quiet lantern harbour"


@dataclass(frozen=True)
class Cast:
    lado: User
    other_lado: User
    manager: User
    support: User
    member: User
    auditor: User
    administrator: User

    def everyone(self) -> list[User]:
        return list(vars(self).values())


NAMES = {
    "lado": ("Lada Testwell", Role.LADO),
    "other_lado": ("Orla Testwell", Role.LADO),
    "manager": ("Mabel Testwell", Role.MANAGER),
    "support": ("Sufi Testwell", Role.BUSINESS_SUPPORT),
    "member": ("Merle Testwell", Role.SUB_GROUP),
    "auditor": ("Audra Testwell", Role.AUDITOR),
    "administrator": ("Ada Testwell", Role.ADMINISTRATOR),
}


def make_cast() -> Cast:
    users = {
        key: User(
            email=f"{key}@example.test",
            name=name,
            role=role,
            fs_uniquifier=f"{key}-uniquifier",
            created_at=clock.now(),
        )
        for key, (name, role) in NAMES.items()
    }
    db.session.add_all(users.values())
    db.session.commit()
    return Cast(**users)


def found_cast() -> Cast | None:
    keys = {f"{key}@example.test": key for key in NAMES}
    found = db.session.scalars(select(User).where(User.email.in_(keys)))
    users = {keys[user.email]: user for user in found}
    return Cast(**users) if users else None
