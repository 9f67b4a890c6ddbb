"""Mail by the council's own server, where one is set: the only way by which anything leaves this
machine. It says that something waits and where, and nothing else.
"""

import smtplib
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote, urlsplit

from lado import clock

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
PORTS = {"smtp": 587, "smtps": 465}
SECONDS = 30
SUBJECT = "Something waits for you in the LADO register"
TEXT = """Something waits for you in the LADO register. Sign in to see what it is:

{address}

You get this once a day at most. It never says who or what it is about, so nothing needs to be
asked or answered by mail.
"""


class MailFailed(Exception):
    """The words say what the server did, never to whom it was."""


@dataclass(frozen=True)
class MailServer:
    """`implicit_tls`: smtps://. Otherwise STARTTLS, which a server on this machine may lack."""

    host: str
    port: int
    implicit_tls: bool
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, url: str, sender: str) -> "MailServer":
        """Raises ValueError where it is no `smtp://` or `smtps://` address."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError
        return cls(
            parts.hostname,
            parts.port or PORTS[parts.scheme],
            parts.scheme == "smtps",
            sender,
            unquote(parts.username or ""),
            unquote(parts.password or ""),
        )

    @property
    def is_here(self) -> bool:
        return self.host in LOOPBACK


def leads_elsewhere(address: str) -> bool:
    """Whether somebody at another machine reaches it."""
    return urlsplit(address).hostname not in LOOPBACK


def reminder(to: str, *, sender: str, address: str) -> EmailMessage:
    """The same words for everybody: only the addresses differ."""
    message = EmailMessage()
    message["Subject"] = SUBJECT
    message["From"], message["To"] = sender, to
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(TEXT.format(address=address))
    return message


def send(server: MailServer, recipients: Iterable[str], address: str) -> Iterator[str]:
    """Reminds each, and gives of each why it did not go, or nothing where it did."""
    with _connected(server) as connection:
        for to in recipients:
            yield _sent(connection, to, server.sender, address)


def _sent(connection: smtplib.SMTP, to: str, sender: str, address: str) -> str:
    try:
        message = reminder(to, sender=sender, address=address)
    except Exception:  # noqa: BLE001 - the library raises whatever it likes over an odd address
        return "a user's email address is none that mail can be sent to"
    try:
        connection.send_message(message)
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        return in_words(error)
    return ""


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    try:
        connection = _greeted(server)
    except (smtplib.SMTPException, OSError) as error:
        raise MailFailed(in_words(error)) from None
    try:
        yield connection
    finally:
        connection.close()


def _greeted(server: MailServer) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    if server.implicit_tls:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=SECONDS, context=trusted
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
        connection.ehlo()
        if not server.is_here or connection.has_extn("starttls"):
            connection.starttls(context=trusted)
    if server.user:
        connection.login(server.user, server.password)
    return connection


def in_words(error: Exception) -> str:
    """Without what the server wrote, which may repeat an address."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "the mail server refused the recipient"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "the mail server refused the user name or password in LADO_SMTP_URL"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "the mail server does not offer encryption (STARTTLS)"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"the mail server answered with code {error.smtp_code}"
    if isinstance(error, ssl.SSLError):
        return "the mail server's certificate is not trusted, or its encryption failed"
    return "the mail server cannot be reached"
