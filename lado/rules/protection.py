"""Words that must stand on what is printed."""

# One line of a page holds about a hundred letters.
REPORTING_RESTRICTED = (
    "Reporting restriction: to publish what could identify the teacher is an offence"
)
