"""How long a sign-in, a link and a code last, and how often they may be tried."""

from datetime import timedelta

from lado.rules.vocabulary import Labelled

# A session ends after IDLE without a request: long enough for a telephone call, short enough for
# a desk left open. It ends after LONGEST whatever is done: one working day.
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
# The time of the last request is written down this often; a limit of half an hour needs no more.
SEEN_EVERY = timedelta(minutes=1)
# A desk, a laptop in a meeting and one forgotten. Signing in once more ends the oldest.
SESSIONS_AT_ONCE = 3

# From the right password to the code.
SECOND_STEP_WITHIN = timedelta(minutes=10)
CODE_SECONDS = 30
RECOVERY_CODES = 10

LINK_LASTS = timedelta(hours=24)


class LinkPurpose(Labelled):
    """What the one who follows a one-time link sets anew."""

    BOTH = "both", "Password and authenticator app"
    PASSWORD = "password", "Password"  # noqa: S105
    SECOND_FACTOR = "second_factor", "Authenticator app"
