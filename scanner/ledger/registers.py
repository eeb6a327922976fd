"""The registers that one run keeps: when a year gets one, how it is read, and when it is good no longer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..identity_keys import encipher
from .register import Register
from .rows import Nodes
from .session import Session
from .yearbook import Yearbook

MOST_BYTES = 384 << 20
"""What all registers of a run may take together; a larger year is asked in the ledger's tables."""
NODE_BYTES = 36
"""What an identifier takes at least in a register."""
FACTS_AT_ONCE = 1 << 20
"""Facts read from the tables at a time."""


@dataclass
class Registers:
    """The registers of one run, by year: good for as long as the history ends with `head`."""

    most_bytes: int = MOST_BYTES
    head: str = ""
    _years: dict[int, Register] = field(default_factory=dict)
    _sought: dict[int, int] = field(default_factory=dict)
    _refused: set[int] = field(default_factory=set)

    def clear(self) -> None:
        """Forget everything: a transaction failed, or somebody else booked."""
        self._years.clear()
        self._sought.clear()

    def drop(self, year: int) -> None:
        """Forget a year: something was taken out of it."""
        self._years.pop(year, None)

    def of(self, session: Session, yearbook: Yearbook, storage: bytes, sought: int) -> Register | None:
        """Return a year's register before `sought` identifiers are looked up; None where it is not worth its while.

        An empty year has one at once. Another is read from the tables when as many identifiers were looked up there as
        it has: reading it all costs no more than was spent already.
        """
        year = yearbook.year
        if sum(register.nbytes for register in self._years.values()) > self.most_bytes:
            self._refused.update(self._years)
            self._years.clear()
        if year in self._years or year in self._refused:
            return self._years.get(year)
        self._sought[year] = self._sought.get(year, 0) + sought
        if yearbook.next_node > self._sought[year]:
            return None
        register = self._read(session, yearbook, storage)
        if register is None:
            self._refused.add(year)
        else:
            self._years[year] = register
        return register

    def _read(self, session: Session, yearbook: Yearbook, storage: bytes) -> Register | None:
        """Read a year from its tables; None when it takes more than there is room for."""
        register, year = Register(), yearbook.year
        if not yearbook.next_node:
            return register
        if yearbook.next_node * NODE_BYTES > self.most_bytes:
            return None
        nodes = session.identifiers(year)
        keys = encipher(storage, nodes.keys, back=True).view("<u8").reshape(-1, 2)
        register.add_nodes(Nodes(nodes.ids, nodes.spaces, nodes.components, keys))
        for low, high in _stretches(session.facts_by_content(year)):
            for facts in session.facts_of_contents(year, low, high).by_content():
                register.add_facts(facts.where(~register.knows(facts)))
            if register.nbytes > self.most_bytes:
                return None
        return register


def _stretches(counts: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the first and last content of stretches of not many more facts than are read at a time."""
    low, facts = -1, 0
    for content, count in counts:
        low, facts = (content, 0) if low < 0 else (low, facts)
        facts += count
        if facts >= FACTS_AT_ONCE or content == counts[-1][0]:
            yield low, content
            low = -1
