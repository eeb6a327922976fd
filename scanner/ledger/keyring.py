"""The keys a ledger holds, sealed under the master key that is held outside.

Inside a ledger lie, sealed: its own root secret (for the history's authentication and for the storage key) and the
identity secret of each master key that was ever in force, with the year from which it was. A fingerprint tells a wrong
key at once. A new master key takes effect on a 1 January, because inside a year a person must keep one key.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import LedgerError, UsageError
from ..identity_keys import KEY_BYTES, Keys, derive

RESTORE = "restore the ledger from a copy"


def parse_key(key: str | bytes) -> bytes:
    """Return a master key given as 32 bytes or 64 hexadecimal characters; UsageError otherwise."""
    try:
        raw = bytes.fromhex(key.strip()) if isinstance(key, str) else bytes(key)
    except ValueError:
        raw = b""
    if len(raw) != KEY_BYTES:
        raise UsageError("a ledger key is 64 hexadecimal characters (32 bytes)", hint="exportgate init writes one")
    return raw


def fingerprint(master: bytes) -> str:
    """Return the name of a master key: it tells keys apart and nothing else."""
    return derive(master, "fingerprint").hex()[:16]


def _sealed(master: bytes, label: str, secret: bytes) -> str:
    pad = derive(master, "seal", label)
    return bytes(a ^ b for a, b in zip(pad, secret, strict=True)).hex()


def _authenticated(root: bytes, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stored keyring with its own code: another salt or secret would make strangers of everybody."""
    body = {key: part for key, part in stored.items() if key != "mac"}
    text = json.dumps(body, sort_keys=True).encode()
    return {**body, "mac": hashlib.blake2s(text, key=derive(root, "keyring"), digest_size=16).hexdigest()}


@dataclass(frozen=True)
class Keyring:
    """The opened keys. `identities` are (from_year, secret), oldest first; `salt` is the storage key's generation."""

    master: bytes = field(repr=False)
    root: bytes = field(repr=False)
    identities: tuple[tuple[int, bytes], ...] = field(repr=False)
    salt: str
    stored: Mapping[str, Any] = field(repr=False)

    @classmethod
    def create(cls, master: bytes) -> Keyring:
        """Make the keyring of a new ledger."""
        name, root, identity = fingerprint(master), derive(master, "root"), derive(master, "identity")
        stored = {
            "root": {name: _sealed(master, "root", root)},
            "identities": [{"from_year": 0, "by": {name: _sealed(master, "identity-0", identity)}}],
            "salt": "0",
        }
        return cls(master, root, ((0, identity),), "0", _authenticated(root, stored))

    @classmethod
    def open(cls, master: bytes, text: str, where: str) -> Keyring:
        """Open a stored keyring; LedgerError when `master` is not one of its keys."""
        name = fingerprint(master)
        try:
            return cls._opened(master, name, json.loads(text), where)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise LedgerError("the ledger's keyring was edited", where=where, hint=RESTORE) from None

    @classmethod
    def _opened(cls, master: bytes, name: str, stored: Mapping[str, Any], where: str) -> Keyring:
        if name not in stored["root"]:
            known = ", ".join(sorted(stored["root"]))
            raise LedgerError(f"the key (fingerprint {name}) is not this ledger's (fingerprint {known})", where=where)
        identities = tuple(
            (part["from_year"], bytes.fromhex(_sealed(master, f"identity-{i}", bytes.fromhex(part["by"][name]))))
            for i, part in enumerate(stored["identities"])
            if name in part["by"]
        )
        root = bytes.fromhex(_sealed(master, "root", bytes.fromhex(stored["root"][name])))
        if _authenticated(root, stored)["mac"] != stored["mac"]:
            raise ValueError("the keyring does not authenticate")
        return cls(master, root, identities, stored["salt"], stored)

    def with_master(self, new: bytes, from_year: int) -> Keyring:
        """Return the keyring with a new master key in force from 1 January of `from_year`."""
        name, count = fingerprint(new), len(self.stored["identities"])
        if name in self.stored["root"]:
            raise UsageError("this key has been the ledger's before", hint="create a fresh one")
        parts = [
            {**part, "by": {**part["by"], name: _sealed(new, f"identity-{i}", secret)}}
            for i, (part, (_, secret)) in enumerate(zip(self.stored["identities"], self.identities, strict=True))
        ]
        identity = derive(new, "identity")
        parts.append({"from_year": from_year, "by": {name: _sealed(new, f"identity-{count}", identity)}})
        stored = {
            **self.stored,
            "identities": parts,
            "root": {**self.stored["root"], name: _sealed(new, "root", self.root)},
        }
        whole = _authenticated(self.root, stored)
        return Keyring(new, self.root, (*self.identities, (from_year, identity)), self.salt, whole)

    def with_salt(self, salt: str) -> Keyring:
        """Return the keyring with another storage key."""
        stored = _authenticated(self.root, {**self.stored, "salt": salt})
        return Keyring(self.master, self.root, self.identities, salt, stored)

    def to_json(self) -> str:
        """Return the sealed form that is stored."""
        return json.dumps(self.stored, sort_keys=True)

    def keys(self, year: int) -> Keys:
        """Return the identity keys of a year; LedgerError when a newer master key is in force by then."""
        if len(self.identities) < len(self.stored["identities"]):
            newer = self.stored["identities"][len(self.identities)]["from_year"]
            if year >= newer:
                raise LedgerError(f"a new master key is in force from {newer}", hint="use the new key")
        secrets = [secret for start, secret in self.identities if start <= year]
        return Keys(year, secrets[-1])

    @property
    def chain(self) -> bytes:
        """The key that authenticates the history."""
        return derive(self.root, "chain")

    @property
    def seal(self) -> bytes:
        """The key of the digests by which the history commits to the stored facts."""
        return derive(self.root, "seal-of-facts")

    @property
    def storage(self) -> bytes:
        """The key under which identifiers are stored."""
        return derive(self.root, "storage", self.salt)
