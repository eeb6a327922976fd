"""What reading an export found: keyed identifiers, distinct rows with their items, and nothing raw.

A *fact* is a distinct combination of one row's keys with the items the row holds. Items are bits: three for each
threshold row of the draft (`roles`): any non-sensitive item, any sensitive one, a sensitive one of a financial account
or a diagnosis. Two more bits say that the row's person is under 14, or that the row does not tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

NON_SENSITIVE, SENSITIVE, ACCOUNTS = 1, 2, 4
BITS_PER_ROLE = 3
MAX_ROLES = 20
MINOR = 1 << 60
AGE_UNKNOWN = 1 << 61


@dataclass(frozen=True)
class Space:
    """A namespace of identifiers: the kind and, for scoped kinds, the scope."""

    kind: str
    scope: str = ""


@dataclass(frozen=True)
class Draft:
    """One export's persons, before the ledger.

    `keys` are 16-byte keyed hashes as an (n, 2) array of uint64 sorted within their space; `space_of` is each key's
    index into `spaces`. Fact ``i`` has the keys ``nodes[offsets[i]:offsets[i + 1]]``, the items ``masks[i]`` and the
    exclusion ``bases[i]`` (0: counted; else 1 + index into `excluded_bases`). `unlinked` counts rows with items and no
    identity by mask. `content` is the digest by which the same persons, items and bases are booked once.
    """

    year: int
    sector: str
    row: str
    roles: tuple[tuple[str, str], ...]
    spaces: tuple[Space, ...]
    keys: Any = field(repr=False)
    space_of: Any = field(repr=False)
    offsets: Any = field(repr=False)
    nodes: Any = field(repr=False)
    masks: Any = field(repr=False)
    bases: Any = field(repr=False)
    content: str = ""
    rows: int = 0
    rows_with_identity: int = 0
    rows_without_identity: int = 0
    unlinked: dict[int, int] = field(default_factory=dict)
    excluded_bases: tuple[str, ...] = ()
    excluded_rows: dict[str, int] = field(default_factory=dict)
    excluded_unlinked: dict[str, int] = field(default_factory=dict)
    items: int = 0
    minors: int = 0
    identity: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def key_fingerprint(self) -> str:
        """The first characters of the content digest, for file names and messages."""
        return self.content[:16]


_ARRAYS = ("keys", "space_of", "offsets", "nodes", "masks", "bases")


def sharing(draft: Draft, others: Iterable[Draft]) -> Draft:
    """Return a draft with the arrays of another where they are the same.

    Readings of an undecided column mostly differ in the items alone, and the keys of ten million persons are large.
    """
    same: dict[str, Any] = {}
    for other in others:
        for name in _ARRAYS:
            mine, theirs = getattr(draft, name), getattr(other, name)
            if name not in same and np.array_equal(mine, theirs):
                same[name] = theirs
    return replace(draft, **same)
