"""Keys under which a name and a date of birth become a hash (R-33).

They lie in a file of the instance folder that only its owner can read, apart from the database:
with the hashes alone nobody can try names out. Hashes made under an older key are still recognised
until that key is forgotten.
"""

import hmac
from collections.abc import Sequence
from pathlib import Path

from lado.key_file import KeyFile, NumberedKey

FILE = "match_keys"


class MatchKey(NumberedKey):
    def hash(self, text: str) -> str:
        return hmac.new(self.secret.encode(), text.encode(), "sha256").hexdigest()


def all_keys(instance: Path) -> Sequence[MatchKey]:
    """The oldest first."""
    return [MatchKey(key.number, key.secret) for key in KeyFile(instance / FILE).all_keys()]


def add(instance: Path) -> NumberedKey:
    return KeyFile(instance / FILE).add()


def keep_from(instance: Path, number: int) -> None:
    KeyFile(instance / FILE).keep_from(number)
