"""Keys: from the master key outside to one key per identifier space and year.

The master key never hashes anything itself. Each year's identity key is derived from it, and each space (kind and
scope) has its own key below that, so identifiers of different years, kinds or scopes cannot be compared.

>>> keys = Keys.derive(bytes(32), 2026)
>>> keys.of("phone", "") != keys.of("email", "")
True
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

KEY_BYTES = 32


def derive(key: bytes, *purpose: str) -> bytes:
    """Return the 32-byte key that `key` gives for a purpose."""
    message = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in ("exportgate", *purpose))
    return hashlib.blake2s(message, key=key, digest_size=KEY_BYTES).digest()


@dataclass(frozen=True)
class Keys:
    """The identity keys of one year."""

    year: int
    secret: bytes = field(repr=False)

    @classmethod
    def derive(cls, master: bytes, year: int) -> Keys:
        """Derive the identity keys of `year` from the 32-byte master key."""
        return cls(year, derive(master, "identity", str(year)))

    def of(self, kind: str, scope: str) -> bytes:
        """Return the key of one identifier space."""
        return derive(self.secret, "space", kind, scope)
