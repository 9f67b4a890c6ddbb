"""The browser of the tests: the machine's own, else Debian's package, else Playwright's download.

`python -m tests.support.chromium` installs one where there is none.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# The one that has no windows takes a third of the time.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPLICATIONS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
)
# Chromium's own calls home are refused on a closed network, and slow the tests down on any other.
ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def find() -> Path | None:
    """The machine's own browser. None leaves Playwright to use the one it downloaded."""
    candidates = [Path(found) for name in NAMES if (found := shutil.which(name))]
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        candidates += [folder / name for name in MAC_APPLICATIONS]
    return next((candidate for candidate in candidates if _starts(candidate)), None)


def launch_options() -> dict[str, Any]:
    """What Playwright's `launch` needs. The sandbox is off by its default, as root needs it."""
    browser = find()
    options: dict[str, Any] = {"headless": True, "args": list(ARGUMENTS)}
    return options | ({"executable_path": str(browser)} if browser else {})


def install() -> None:
    if _can_apt():
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        _run(["apt-get", "update", "--quiet"], environment)
        get = ["apt-get", "install", "--yes", "--quiet"]
        if not _run([*get, SHELL], environment) and find() is None:
            _run([*get, "chromium"], environment)
    if find() is None and not _run([sys.executable, "-m", "playwright", "install", "chromium"]):
        sys.exit("No browser could be installed. Install Chromium or Chrome and try again.")


def _starts(browser: Path) -> bool:
    if not browser.exists():
        return False
    # Ubuntu's chromium-browser is a script that only says where to find a snap.
    answer = subprocess.run([browser, "--version"], capture_output=True, timeout=60, check=False)
    return answer.returncode == 0


def _can_apt() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _run(command: Sequence[str], environment: dict[str, str] | None = None) -> bool:
    return subprocess.run(command, env=environment, stdout=sys.stderr, check=False).returncode == 0


def main() -> None:
    """Where Debian's packages can be had, the browser without windows is put beside any other."""
    if find() is None or (_can_apt() and shutil.which(SHELL) is None):
        print("The tests install a browser.", file=sys.stderr)
        install()


if __name__ == "__main__":
    main()
