"""The list of reports, the figures of any period, and a report from draft to published."""

from lado.web.reports.routes import blueprint

__all__ = ["blueprint"]
