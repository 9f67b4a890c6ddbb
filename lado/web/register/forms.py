"""Choosing the file to load, and the format to write."""

from pathlib import PurePath
from typing import Any

from lado.errors import Invalid
from lado.register.writing import CSV, FORMATS, ODS, XLSX
from lado.web.forms import Choice, ChoiceField, Form, UploadField

NOT_A_SPREADSHEET = "Choose a CSV, XLSX or ODS file"
ZIPPED = b"PK"


class UploadForm(Form):
    file = UploadField(
        "Register",
        hint="A CSV, XLSX or ODS file of up to 20 MB, with one row for each contact",
        accept=",".join(f".{suffix}" for suffix in FORMATS),
        required="Choose the file that holds the register",
    )

    def contents(self) -> bytes:
        """Raises Invalid when what is inside is not what the name says."""
        upload: Any = self.file.data
        form = FORMATS.get(PurePath(upload.filename).suffix.lower().removeprefix("."))
        if form is None:
            raise Invalid({"file": NOT_A_SPREADSHEET})
        data: bytes = upload.read()
        if not data.strip():
            raise Invalid({"file": "The file is empty"})
        if data.startswith(ZIPPED) != (form in (XLSX, ODS)):
            raise Invalid({"file": f"The file is not what its name says: {form.label}"})
        return data


class ExportForm(Form):
    chosen = ChoiceField(
        "Format",
        choices=lambda: [
            Choice(XLSX.suffix, XLSX.label, XLSX),
            Choice(ODS.suffix, f"{ODS.label}, for LibreOffice", ODS),
            Choice(CSV.suffix, f"{CSV.label}, for any program", CSV),
        ],
        required="Choose a format",
    )
