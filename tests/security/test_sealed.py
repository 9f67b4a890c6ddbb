"""The encrypted format: only whole, unchanged, and with its secret."""

from io import BytesIO

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given, settings
from hypothesis import strategies as st

from lado.sealed import (
    CHUNK,
    Damaged,
    Unreadable,
    WrongSecret,
    is_sealed_with,
    key,
    passphrase,
    seal,
    unseal,
)

SECRET = key(b"k" * 32)
HEADER, TAG = 14 + 16 + 16, 16
NEAR_BORDERS = st.integers(0, 3).flatmap(
    lambda chunks: st.integers(-2, 2).map(lambda near: max(0, chunks * CHUNK + near))
)


def sealed(content, secret=SECRET, purpose=b"a"):
    target = BytesIO()
    seal([content], target, secret, purpose)
    return target.getvalue()


def unsealed(data, secret=SECRET, purpose=b"a"):
    return b"".join(unseal(BytesIO(data), [secret], purpose))


@given(size=NEAR_BORDERS, piece=st.sampled_from([1000, CHUNK - 1, CHUNK, CHUNK + 1, 4 * CHUNK]))
@settings(max_examples=40, deadline=None)
def test_what_is_sealed_is_read_again_whatever_its_size_and_its_pieces(size, piece):
    content = bytes(number % 251 for number in range(size))
    target = BytesIO()
    seal((content[at : at + piece] for at in range(0, size, piece)), target, SECRET, b"a")
    chunks = max(1, -(-size // CHUNK))
    assert len(target.getvalue()) == HEADER + size + chunks * TAG
    assert unsealed(target.getvalue()) == content
    assert content == b"" or len(content) < 8 or content not in target.getvalue()


@given(data=st.data(), size=NEAR_BORDERS)
@settings(max_examples=60, deadline=None)
def test_a_file_that_is_cut_changed_or_reordered_is_refused(data, size):
    whole = sealed(bytes(size))
    cut = data.draw(st.integers(0, len(whole) - 1))
    at, flip = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(1, 255))
    changed = bytearray(whole)
    changed[at] ^= flip
    for bad in (whole[:cut], bytes(changed), whole + b"x"):
        with pytest.raises(Unreadable):
            unsealed(bad)


def test_a_file_cut_between_two_chunks_or_with_chunks_swapped_is_refused():
    whole, step = sealed(bytes(3 * CHUNK)), CHUNK + TAG
    header, first, second, third = (
        whole[:HEADER],
        *(whole[HEADER + n * step : HEADER + (n + 1) * step] for n in range(3)),
    )
    assert unsealed(header + first + second + third) == bytes(3 * CHUNK)
    for bad in (
        header + first + second,
        header + first,
        header,
        header + second + first + third,
        header + first + third,
        header + first + first + second + third,
    ):
        with pytest.raises(Damaged):
            unsealed(bad)


def test_a_chunk_of_another_file_under_the_same_key_is_refused():
    one, other = sealed(b"one"), sealed(b"two")
    with pytest.raises(Damaged):
        unsealed(one[:HEADER] + other[HEADER:])


def test_another_secret_and_another_purpose_are_told_from_a_damaged_file():
    whole = sealed(b"content")
    for secret, purpose in ((key(b"j" * 32), b"a"), (SECRET, b"b"), (passphrase("k"), b"a")):
        with pytest.raises(WrongSecret):
            unsealed(whole, secret, purpose)
        assert not is_sealed_with(BytesIO(whole), secret, purpose)
    assert is_sealed_with(BytesIO(whole), SECRET, b"a")
    with pytest.raises(Damaged):
        unsealed(b"PK" + whole[2:])


def test_the_format_is_the_one_described():
    """Read by the description in docs/transfer.md, without the program."""
    content = bytes(range(256)) * 300
    data = sealed(content)
    assert data[:14] == b"LADO sealed 1\n"
    salt, proof = data[14:30], data[30:46]
    derived = HKDF(SHA256(), 48, salt, b"LADO sealed 1\n" + b"a").derive(b"k" * 32)
    assert derived[32:] == proof
    read, rest, number = b"", data[46:], 0
    while rest:
        chunk, rest = rest[: 65536 + 16], rest[65536 + 16 :]
        nonce = number.to_bytes(11, "big") + (b"\0" if rest else b"\1")
        read += AESGCM(derived[:32]).decrypt(nonce, chunk, data[:46])
        number += 1
    assert read == content
