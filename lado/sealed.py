"""Files that only the holder of a secret can read, and that nobody can change unseen.

A header (a mark, a salt, a proof), then the content in chunks, each sealed with AES-256-GCM under a
key of this file alone. A chunk's nonce is its number and whether it is the last; the header and
what the file is for are authenticated with it. So a chunk that is changed, missing, moved, or from
another file is refused, and so is a file that ends early. docs/transfer.md has each byte.
"""

import hmac
from collections.abc import Callable, Iterable, Iterator, Sequence
from secrets import token_bytes
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from lado.errors import Refused

MARK = b"LADO sealed 1\n"
SALT, PROOF, KEY = 16, 16, 32
HEADER = len(MARK) + SALT + PROOF
CHUNK = 64 * 1024
TAG = 16
# Beside a secret that we draw ourselves, with more than 100 bits; 32 MiB and a tenth of a second.
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**15, 8, 1

# What gives the key, from the file's salt.
Secret = Callable[[bytes], bytes]


class Unreadable(Refused):
    """Nothing of the file is to be used."""


class WrongSecret(Unreadable):
    pass


class Damaged(Unreadable):
    pass


def key(secret: bytes) -> Secret:
    return lambda _salt: secret


def passphrase(text: str) -> Secret:
    return lambda salt: Scrypt(salt, KEY, SCRYPT_N, SCRYPT_R, SCRYPT_P).derive(text.encode())


def seal(content: Iterable[bytes], target: IO[bytes], secret: Secret, purpose: bytes) -> None:
    """`purpose` says what the file is for: under another it is not read."""
    salt = token_bytes(SALT)
    chunk_key, proof = _derived(secret(salt), salt, purpose)
    header = MARK + salt + proof
    target.write(header)
    cipher, number, chunks = AESGCM(chunk_key), 0, _of_one_size(content)
    chunk = next(chunks)
    for following in chunks:
        target.write(cipher.encrypt(_nonce(number, last=False), chunk, header))
        chunk, number = following, number + 1
    target.write(cipher.encrypt(_nonce(number, last=True), chunk, header))


def unseal(source: IO[bytes], secrets: Sequence[Secret], purpose: bytes) -> Iterator[bytes]:
    """What was sealed, chunk by chunk; raises WrongSecret at the beginning, and Damaged at the
    place from which on nothing is to be believed, or what came before it either."""
    header = _header(source)
    chunk_key = _key_of(header, secrets, purpose)
    cipher, number = AESGCM(chunk_key), 0
    chunk = source.read(CHUNK + TAG)
    while True:
        following = source.read(CHUNK + TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), chunk, header)
        except InvalidTag:
            raise Damaged("This file is damaged: it was cut short or changed.") from None
        if not following:
            return
        chunk, number = following, number + 1


def is_sealed_with(source: IO[bytes], secret: Secret, purpose: bytes) -> bool:
    try:
        _key_of(_header(source), [secret], purpose)
    except WrongSecret:
        return False
    return True


def _header(source: IO[bytes]) -> bytes:
    header = source.read(HEADER)
    if len(header) < HEADER or not header.startswith(MARK):
        raise Damaged("This is not an encrypted file of this system, or its beginning is damaged.")
    return header


def _key_of(header: bytes, secrets: Sequence[Secret], purpose: bytes) -> bytes:
    """The proof tells a wrong secret from a damaged file."""
    salt = header[len(MARK) : -PROOF]
    for secret in secrets:
        chunk_key, proof = _derived(secret(salt), salt, purpose)
        if hmac.compare_digest(proof, header[-PROOF:]):
            return chunk_key
    raise WrongSecret("This file was encrypted with another key.")


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> tuple[bytes, bytes]:
    derived = HKDF(SHA256(), KEY + PROOF, salt, MARK + purpose).derive(secret)
    return derived[:KEY], derived[KEY:]


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])


def _of_one_size(content: Iterable[bytes]) -> Iterator[bytes]:
    """At least one, and all but the last of CHUNK bytes."""
    rest = b""
    for piece in content:
        rest += piece
        while len(rest) > CHUNK:
            yield rest[:CHUNK]
            rest = rest[CHUNK:]
    yield rest
