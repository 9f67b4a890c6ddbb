"""Our own references: `C-2026-00123` for consultations, `PT-2026-0045` for cases, `R-2026-00012`
for reports by the referral form, `E-2026-00007` for enquiries, `M-2026-0003` for matters."""

import re

DIGITS = {"C": 5, "PT": 4, "R": 5, "E": 5, "M": 4}
_FORMS = "|".join(rf"{kind}-\d{{4}}-\d{{{digits}}}" for kind, digits in DIGITS.items())
WRITTEN = re.compile(rf"\b(?:{_FORMS})\b", re.IGNORECASE)


def written(kind: str, year: int, number: int) -> str:
    return f"{kind}-{year}-{number:0{DIGITS[kind]}}"
