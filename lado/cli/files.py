"""Files that commands write."""

import os
from pathlib import Path
from typing import BinaryIO

OWNER_ONLY = 0o600


def owner_only(path: Path) -> BinaryIO:
    """What is about people nobody else on this machine reads, even where the file was there."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    os.fchmod(descriptor, OWNER_ONLY)
    return os.fdopen(descriptor, "wb")
