"""The list of reports, the figures of any period, a report from draft to published, the records
behind a figure, and the files to take away."""

from lado.web.reports import files, public, records, routes, words
from lado.web.reports.blueprint import blueprint

__all__ = ["blueprint", "files", "public", "records", "routes", "words"]
