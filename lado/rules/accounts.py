"""How long a sign-in, a link and a code last, and how often they may be tried."""

import re
from dataclasses import dataclass
from datetime import timedelta

from lado.rules.vocabulary import Labelled

# A session ends after IDLE without a request: long enough for a telephone call, short enough for
# a desk left open. It ends after LONGEST whatever is done: one working day.
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
# The time of the last request is written down this often; a limit of half an hour needs no more.
SEEN_EVERY = timedelta(minutes=1)
# A page warns so long before either limit.
WARNED_BEFORE = timedelta(minutes=5)
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
    PASSWORD = "password", "Password"
    SECOND_FACTOR = "second_factor", "Authenticator app"


@dataclass(frozen=True)
class Rate:
    """So many tries in a window that begins with the first of them."""

    tries: int
    minutes: int


# Counted before a password is looked at, the narrowest window first: what it refuses is not counted
# in a wider one. A guesser has only the tries of ACCOUNT_HERE from each place, and of ACCOUNT from
# all places; a colleague at another address is shut out only by guessers at six places, and for a
# quarter of an hour at most. EVERYWHERE is spent by ten places. A place is an IPv4 address or an
# IPv6 network (/64); a council's whole office may share one. Right passwords do not count against
# the account.
ACCOUNT_HERE = Rate(5, 15)
ACCOUNT = Rate(30, 15)
ADDRESS = Rate(100, 15)
EVERYWHERE = Rate(1000, 15)
# After the right password: six digits, three of a million right at any time.
CODE = Rate(5, 15)

# Referral forms sent from outside: a whole school, or all the schools of a council, may share one
# address, and what a flood could leave in the inbox must stay little enough to be looked through.
FORM_FROM_HERE = Rate(10, 60)
FORM_EVERYWHERE = Rate(100, 60)

LONGEST_EMAIL = 254
LONGEST_NAME = 200
# Nothing in which a mail program sees a name, a comment, a quotation or several recipients.
EMAIL = re.compile(r"[\w.!#$%&'*+/^`{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)


def problems(*, name: str, email: str) -> dict[str, str]:
    """What is wrong with a user's name and address, by field."""
    found = {}
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        found["name"] = f"Name must have 1 to {LONGEST_NAME} characters, in one line"
    if len(email) > LONGEST_EMAIL or not email.isprintable() or not EMAIL.fullmatch(email):
        found["email"] = "Email address must be like name@example.com"
    return found
