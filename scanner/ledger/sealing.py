"""Digests by which the history commits to the facts it booked: another key, link, item or basis gives another digest.

A fact is enciphered from its keys (whatever their order), its items and its basis, and a content's digest is the sum
over its facts, so it depends neither on their order nor on where they are stored. Whoever edits the tables without the
ledger key cannot make a sum come out right. Entries keep the digests, so they outlive the keys of a closed year.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from ..counting_draft import Draft
from ..identity_keys import derive, encipher
from ..side_by_side import mapped
from .rows import FactRows, Nodes, places
from .yearbook import Yearbook


def of_draft(key: bytes, book: Yearbook, draft: Draft) -> str:
    """Return the digest of a draft's facts as the year keeps them."""
    content = np.broadcast_to(np.int32(0), len(draft.masks))
    facts = FactRows(content, draft.offsets, draft.nodes, book.masks(draft, draft.masks), draft.bases)
    return _digests(key, encipher(derive(key, "node"), draft.keys), facts).get(0, NOTHING)


def of_year(key: bytes, storage: bytes, nodes: Nodes, facts: FactRows) -> dict[int, str]:
    """Return the digest of each content of a year, by its number, from what is stored."""
    keys = encipher(storage, nodes.keys, back=True)
    return _digests(
        key, encipher(derive(key, "node"), keys, into=keys), replace(facts, nodes=places(nodes.ids, facts.nodes))
    )


NOTHING = "0" * 32
"""The digest of a content without a linked fact."""
_AT_ONCE = 1 << 18
"""Facts enciphered at a time: a sum does not need them together."""


def _digests(key: bytes, enciphered: Any, facts: FactRows) -> dict[int, str]:
    """Return the digest of each content, by its number; the facts' nodes are places among the `enciphered` keys."""
    if not len(facts.masks):
        return {}
    told = enciphered.view("<u8").reshape(-1, 2)
    totals: dict[int, Any] = {}
    for sums in mapped(lambda part: _sums(key, told, part), facts.parts(_AT_ONCE)):
        for number, total in sums.items():
            totals[number] = totals.get(number, np.uint64(0)) + total
    return {number: _hex(total) for number, total in totals.items()}


def _sums(key: bytes, told: Any, part: FactRows) -> dict[int, Any]:
    """Return the sum over some facts of each content, by its number."""
    enciphered, content = _facts(key, told, part), part.content
    if (content == content[0]).all():
        return {int(content[0]): enciphered.sum(axis=0, dtype=np.uint64)}
    order = np.argsort(content, kind="stable")
    numbers, first = np.unique(content[order], return_index=True)
    return dict(zip(numbers.tolist(), np.add.reduceat(enciphered[order], first, axis=0), strict=True))


def _facts(key: bytes, told: Any, facts: FactRows) -> Any:
    """Return an (n, 2) array of uint64: each fact enciphered."""
    joined = np.add.reduceat(told[facts.nodes], facts.offsets[:-1], axis=0)
    joined[:, 0] += facts.masks.astype(np.uint64, copy=False)
    joined[:, 1] += facts.bases.astype(np.uint64)
    return encipher(derive(key, "fact"), joined).view("<u8").reshape(-1, 2)


def _hex(total: Any) -> str:
    return "".join(f"{int(lane):016x}" for lane in total)
