"""Databases of tests outlive nothing, so they need no disk."""

import os
import shutil
from pathlib import Path

FOLDER = Path("/dev/shm")  # noqa: S108 - only a place; each user of it makes a folder of its own
ENOUGH = 2 * 2**30


def folder() -> Path | None:
    """Where files are kept in memory; nothing where there is no room for that."""
    if not os.access(FOLDER, os.W_OK) or shutil.disk_usage(FOLDER).free < ENOUGH:
        return None
    return FOLDER
