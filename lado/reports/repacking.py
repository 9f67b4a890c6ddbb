"""A zipped office file with the same bytes every time, whenever it is made."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

ALWAYS = (1980, 1, 1, 0, 0, 0)


def repacked(content: BytesIO, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """`changes` by the name of a part."""
    output = BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(output, "w") as new:
        for entry in old.infolist():
            part = zipfile.ZipInfo(entry.filename, ALWAYS)
            part.compress_type = entry.compress_type
            data = old.read(entry)
            change = changes.get(entry.filename)
            new.writestr(part, change(data) if change else data)
    return output.getvalue()
