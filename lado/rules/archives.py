"""ZIP archives that strangers made: how much of one is read at once, and how it may be broken."""

import struct
import zlib
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

MOST_AT_ONCE = 1024 * 1024
# The standard library lets all of these out where an archive is damaged or locked.
ERRORS = (
    BadZipFile, EOFError, KeyError, OSError, OverflowError, RuntimeError, ValueError,
    struct.error, zlib.error,
)  # fmt: skip


def opened(file: IO[bytes]) -> ZipFile:
    """Raises one of ERRORS, as does reading a part. The list of parts is bounded, no two have one
    name, and each is packed in one of the two ways that every program knows."""
    archive = ZipFile(_Bounded(file))
    parts = archive.infolist()
    if len({part.filename.lower() for part in parts}) < len(parts) or not all(
        part.compress_type in {ZIP_STORED, ZIP_DEFLATED} for part in parts
    ):
        raise BadZipFile
    return archive


class _Bounded:
    """The list of parts is as long as the archive says, and is read at once."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        most = MOST_AT_ONCE + 1
        data = self._file.read(min(size, most) if size >= 0 else most)
        if len(data) == most:
            raise BadZipFile
        return data
