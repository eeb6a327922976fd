"""Digests by which the history commits to the facts it booked: another key, link, item or basis gives another digest.

A fact is enciphered from its keys (whatever their order), its items and its basis, and a content's digest is the sum
over its facts, so it depends neither on their order nor on where they are stored. Whoever edits the tables without the
ledger key cannot make a sum come out right. Entries keep the digests, so they outlive the keys of a closed year.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counting_draft import Draft
from ..identity_keys import derive, encipher
from .session import FactRows, Nodes
from .yearbook import Yearbook


def of_draft(key: bytes, book: Yearbook, draft: Draft) -> str:
    """Return the digest of a draft's facts as the year keeps them."""
    masks = book.masks(draft, draft.masks)
    sums = _facts(key, draft.keys, draft.offsets, draft.nodes.astype(np.int64), masks, draft.bases)
    return _hex(sums.sum(axis=0, dtype=np.uint64))


def of_year(key: bytes, storage: bytes, nodes: Nodes, facts: FactRows) -> dict[int, str]:
    """Return the digest of each content of a year, by its number, from what is stored."""
    if not len(facts.masks):
        return {}
    keys = encipher(storage, nodes.keys, back=True).view("<u8").reshape(-1, 2)
    local = np.searchsorted(nodes.ids, facts.nodes)
    sums = _facts(key, keys, facts.offsets, local, facts.masks, facts.bases)
    order = np.argsort(facts.content, kind="stable")
    numbers, first = np.unique(facts.content[order], return_index=True)
    totals = np.add.reduceat(sums[order], first, axis=0)
    return {int(number): _hex(total) for number, total in zip(numbers, totals, strict=True)}


NOTHING = "0" * 32
"""The digest of a content without a linked fact."""


def _facts(key: bytes, keys: Any, offsets: Any, nodes: Any, masks: Any, bases: Any) -> Any:
    """Return an (n, 2) array of uint64: each fact enciphered."""
    if not len(masks):
        return np.zeros((0, 2), np.uint64)
    told = encipher(derive(key, "node"), keys).view("<u8").reshape(-1, 2)
    joined = np.add.reduceat(told[nodes], offsets[:-1], axis=0)
    joined[:, 0] += np.asarray(masks).astype(np.uint64)
    joined[:, 1] += np.asarray(bases).astype(np.uint64)
    return encipher(derive(key, "fact"), joined).view("<u8").reshape(-1, 2)


def _hex(total: Any) -> str:
    return "".join(f"{int(lane):016x}" for lane in total)
