"""A mail server on this machine that keeps what it is sent, for tests."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from lado.mail import MailServer


class Post(socketserver.ThreadingTCPServer):
    """`refused`: recipients it does not take. `data`: every byte that reached it."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, *refused: str) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.refused = refused
        self.data = b""
        self.messages: list[bytes] = []

    @property
    def settings(self) -> MailServer:
        port = self.server_address[1]
        return MailServer.of(f"smtp://127.0.0.1:{port}", "register@council.test")


class _Talk(socketserver.StreamRequestHandler):
    server: Post

    def handle(self) -> None:
        self._say(220)
        while line := self._line():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._take()
            elif verb == b"RCPT":
                self._say(
                    550 if any(each.encode() in line for each in self.server.refused) else 250
                )
            else:
                self._say(221 if verb == b"QUIT" else 250)

    def _take(self) -> None:
        self._say(354)
        message = b""
        while (line := self._line()) not in (b".\r\n", b""):
            message += line
        self.server.messages.append(message)
        self._say(250)

    def _line(self) -> bytes:
        line = self.rfile.readline()
        self.server.data += line
        return line

    def _say(self, code: int) -> None:
        self.wfile.write(f"{code} test\r\n".encode())


@contextmanager
def post(*refused: str) -> Iterator[Post]:
    with Post(*refused) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
