"""Copy the style sheets and scripts that npm installed into lado/static/vendor.

Neither the Royal Arms and crown nor the GDS Transport font may be used outside gov.uk, so both are
left behind: no font is copied, and every rule that names them is removed or changed.
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "lado" / "static" / "vendor"
GOVUK = MODULES / "govuk-frontend" / "dist" / "govuk"
MOJ = MODULES / "@ministryofjustice" / "frontend" / "moj"
FILES = (  # the last one tells make that all of them are there
    GOVUK / "govuk-frontend.min.js",
    MOJ / "moj-frontend.min.js",
    MOJ / "moj-frontend.min.css",
    GOVUK / "govuk-frontend.min.css",
)
FORBIDDEN = ("GDS Transport", "crest.svg", "(/assets/", "sourceMappingURL")


def own_version(text: str) -> str:
    text = re.sub(r"@font-face\{[^}]*\}", "", text)
    text = re.sub(r"(?:[\w-]+:)?url\(/assets/images/govuk-crest\.svg\);?", "", text)
    text = re.sub(r"(?:/\*|//)# sourceMappingURL=\S+(?: \*/)?", "", text)
    return text.replace("GDS Transport,arial", "arial").replace("url(/assets/", "url(assets/")


def main() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    icons = VENDOR / "assets" / "images"
    icons.mkdir(parents=True)
    for icon in sorted((MOJ / "assets" / "images").glob("icon-*.svg")):
        shutil.copy(icon, icons)
    for source in FILES:
        text = own_version(source.read_text(encoding="utf-8"))
        left = [word for word in FORBIDDEN if word in text]
        if left:
            sys.exit(f"{source.name} still holds {', '.join(left)}: see lado/cli/assets.py")
        (VENDOR / source.name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
