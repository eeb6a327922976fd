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
from typing import Any

import numpy as np

KEY_BYTES = 32


def derive(key: bytes, *purpose: str) -> bytes:
    """Return the 32-byte key that `key` gives for a purpose."""
    message = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in ("exportgate", *purpose))
    return hashlib.blake2s(message, key=key, digest_size=KEY_BYTES).digest()


def encipher(key: bytes, blocks: Any, *, back: bool = False) -> Any:
    """Encipher (n, 16) bytes, each block on its own: AES-256 is a keyed permutation of 128-bit hashes."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    data = np.ascontiguousarray(blocks).view(np.uint8)
    cipher = Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305 - single blocks of pseudo-random, distinct values
    turn = cipher.decryptor() if back else cipher.encryptor()
    result = np.empty(data.size + 15, np.uint8)
    turn.update_into(data.reshape(-1).data, result.data)
    return result[: data.size].reshape(-1, 16)


@dataclass(frozen=True)
class Keys:
    """The identity keys of one year."""

    year: int
    secret: bytes = field(repr=False)

    @classmethod
    def derive(cls, master: bytes, year: int) -> Keys:
        """Derive the identity keys of `year` from the 32-byte master key."""
        return cls(year, derive(master, "identity"))

    def of(self, kind: str, scope: str) -> bytes:
        """Return the key of one identifier space."""
        return derive(self.secret, "space", kind, scope)

    def in_year(self, hashes: Any) -> Any:
        """Return (n, 2) uint64 hashes in this year's form."""
        return encipher(self._of_year(), hashes).view("<u8").reshape(-1, 2)

    def out_of_year(self, keys: Any) -> Any:
        """Return the hashes behind this year's keys."""
        return encipher(self._of_year(), keys, back=True).view("<u8").reshape(-1, 2)

    def _of_year(self) -> bytes:
        return derive(self.secret, "year", str(self.year))
