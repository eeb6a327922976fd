"""Keys: from the master key outside to one key per identifier space, and one form of every identifier per year.

An identifier is hashed with the key of its space (kind and scope), which is derived from the master key; then the hash
is enciphered under the key of the year. So identifiers of different kinds, scopes or years cannot be compared without
the master key, while its holder can carry a person into the next year (a remote access that goes on) without reading
the data again.

>>> keys = Keys.derive(bytes(32), 2026)
>>> keys.of("phone", "") != keys.of("email", "")
True
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np

KEY_BYTES = 32


def derive(key: bytes, *purpose: str) -> bytes:
    """Return the 32-byte key that `key` gives for a purpose."""
    message = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in ("exportgate", *purpose))
    return hashlib.blake2s(message, key=key, digest_size=KEY_BYTES).digest()


def encipher(key: bytes, blocks: Any, *, back: bool = False, into: Any = None) -> Any:
    """Encipher (n, 16) bytes, each block on its own: AES-256 is a keyed permutation of 128-bit hashes.

    `into` takes the result, and may be `blocks` itself: millions of keys need not be held twice.
    """
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    data = np.ascontiguousarray(blocks).view(np.uint8).reshape(-1)
    cipher = Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305 - single blocks of pseudo-random, distinct values
    turn = cipher.decryptor() if back else cipher.encryptor()
    result = np.empty_like(data) if into is None else into.view(np.uint8).reshape(-1)
    spare = np.empty(min(data.size, _AT_ONCE) + 15, np.uint8)
    for low in range(0, data.size, _AT_ONCE):
        size = turn.update_into(data[low : low + _AT_ONCE].data, spare.data)
        result[low : low + size] = spare[:size]
    return result.reshape(-1, 16)


_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Keys:
    """The identity keys of one year."""

    year: int
    secret: bytes = field(repr=False)

    @classmethod
    def derive(cls, master: bytes, year: int) -> Self:
        """Derive the identity keys of `year` from the 32-byte master key."""
        return cls(year, derive(master, "identity"))

    def of(self, kind: str, scope: str) -> bytes:
        """Return the key of one identifier space."""
        return derive(self.secret, "space", kind, scope)

    def in_year(self, hashes: Any, *, into: Any = None) -> Any:
        """Return (n, 2) uint64 hashes in this year's form; `into` takes them, and may be `hashes` itself."""
        return encipher(self._of_year(), hashes, into=into).view("<u8").reshape(-1, 2)

    def out_of_year(self, keys: Any) -> Any:
        """Return the hashes behind this year's keys."""
        return encipher(self._of_year(), keys, back=True).view("<u8").reshape(-1, 2)

    def _of_year(self) -> bytes:
        return derive(self.secret, "year", str(self.year))


@dataclass(frozen=True)
class Passing(Keys):
    """Keys that are thrown away when a count is done: what nobody keeps is in no year's form."""

    def in_year(self, hashes: Any, *, into: Any = None) -> Any:
        """Return the hashes as they are."""
        return hashes

    def out_of_year(self, keys: Any) -> Any:
        """Return the hashes as they are."""
        return keys
