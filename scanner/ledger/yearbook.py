"""The state of one counting year: which spaces, rows and contents it knows, and the tallies that follow from them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .. import identity
from ..counting_draft import BITS_PER_ROLE, MAX_ROLES, MINOR, Draft, Space
from ..errors import LedgerError
from .journal import authenticate
from .model import Export, Slot
from .session import Session
from .tally import Histogram, Tally

FLAGS = ~(MINOR - 1)


@dataclass
class Content:
    """What one digest stands for in the year: its number, rows without identity by mask, and exclusions."""

    number: int
    unlinked: dict[int, int]
    bases: tuple[str, ...] = ()


@dataclass
class Yearbook:
    """A year. `committed` and `all` (with open reservations) are tallies without the rows that have no identity."""

    year: int
    spaces: list[Space] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    contents: dict[str, Content] = field(default_factory=dict)
    next_node: int = 0
    next_content: int = 1
    committed: Tally = field(default_factory=Tally)
    all: Tally = field(default_factory=Tally)
    closed: bool = False
    dropped: bool = False

    def space_numbers(self, spaces: Iterable[Space]) -> Any:
        """Return the year's numbers of the given spaces; unknown ones are numbered."""
        spaces = tuple(spaces)
        self.spaces.extend(space for space in spaces if space not in self.spaces)
        return np.array([self.spaces.index(space) for space in spaces], np.int64)

    def slot_numbers(self, slots: Iterable[Slot]) -> list[int]:
        """Return the year's numbers of the given threshold rows; unknown ones are numbered."""
        slots = tuple(slots)
        self.slots.extend(slot for slot in slots if slot not in self.slots)
        if len(self.slots) > MAX_ROLES:
            raise LedgerError(f"more than {MAX_ROLES} threshold rows in {self.year}")
        return [self.slots.index(slot) for slot in slots]

    def masks(self, draft: Draft, masks: Any) -> Any:
        """Return a draft's masks with the bits where the year has them."""
        masks = np.asarray(masks)
        masks = masks.view(np.int64) if masks.dtype == np.uint64 else masks.astype(np.int64, copy=False)
        numbers = self.slot_numbers(draft.roles)
        if numbers == list(range(len(numbers))):
            return masks
        result = masks & FLAGS
        for own, theirs in enumerate(numbers):
            result |= ((masks >> (BITS_PER_ROLE * own)) & 7) << (BITS_PER_ROLE * theirs)
        return result

    @property
    def levels(self) -> Any:
        """The strength of each space."""
        return np.array([identity.level(space.kind) for space in self.spaces], np.int8)

    @property
    def order(self) -> Any:
        """The place of each space among all, the most telling first, whatever order they arrived in."""
        ranked = sorted(
            range(len(self.spaces)), key=lambda i: (identity.rank(self.spaces[i].kind), self.spaces[i].scope)
        )
        order = np.empty(len(ranked), np.int16)
        order[ranked] = np.arange(len(ranked))
        return order

    def histogram(self, tally: Tally, contents: Iterable[str], export: Export | None = None) -> Histogram:
        """Return a tally with the contents' rows without identity, ready to answer."""
        whole = tally.with_unlinked(self.contents[digest].unlinked for digest in contents if digest in self.contents)
        if export is None:
            return Histogram(whole, tuple(self.slots))
        return Histogram(whole, tuple(self.slots), export.persons_with_both, export.unlinked)

    def to_json(self) -> str:
        """Return the stored form."""
        return json.dumps(
            {
                "spaces": [[space.kind, space.scope] for space in self.spaces],
                "slots": self.slots,
                "contents": {
                    digest: [content.number, {str(m): n for m, n in content.unlinked.items()}, list(content.bases)]
                    for digest, content in self.contents.items()
                },
                "next": [self.next_node, self.next_content],
                "committed": self.committed.to_dict(),
                "all": self.all.to_dict(),
                "closed": self.closed,
                "dropped": self.dropped,
            }
        )

    @classmethod
    def from_json(cls, year: int, text: str) -> Yearbook:
        """Read what `to_json` gave."""
        stored = json.loads(text)
        contents = {
            digest: Content(number, {int(m): n for m, n in unlinked.items()}, tuple(bases))
            for digest, (number, unlinked, bases) in stored["contents"].items()
        }
        next_node, next_content = stored["next"]
        return cls(
            year,
            [Space(*space) for space in stored["spaces"]],
            [(sector, row) for sector, row in stored["slots"]],
            contents,
            next_node,
            next_content,
            Tally.from_dict(stored["committed"]),
            Tally.from_dict(stored["all"]),
            stored["closed"],
            stored["dropped"],
        )


def load(session: Session, year: int, key: bytes, where: str) -> Yearbook:
    """Return a year's state; LedgerError when it was edited."""
    stored = session.meta(f"year/{year:d}")
    if stored is None:
        return Yearbook(year)
    mac, _, text = stored.partition(":")
    if authenticate(key, f"year/{year:d}", text) != mac:
        raise LedgerError(f"the counts of {year} were edited", where=where, hint="restore the ledger from a copy")
    return Yearbook.from_json(year, text)


def save(session: Session, yearbook: Yearbook, key: bytes) -> None:
    """Store a year's state, authenticated."""
    name, text = f"year/{yearbook.year:d}", yearbook.to_json()
    session.set_meta(name, f"{authenticate(key, name, text)}:{text}")
