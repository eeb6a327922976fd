"""The smallest honest changes after which an export passes.

Every suggestion has been tried: the real rules were applied to the changed export and it passed, and with any part
of the change undone it failed again. What is never suggested: masking or hashing to lower a count (a hashed column is
still personal), another scenario or basis for the same data, and splitting an export to stay under a line, which is
not allowed.

This module searches; `advice_trials` applies a change to an export and asks the gate.

>>> toy = lambda change: Answer("b" in change.dropped, 0, "free")   # passes once column b stays
>>> found = search(Room(personal=("a", "b"), sensitive=("b",)), toy)
>>> [suggestion.change.dropped for suggestion in found]
[('b',)]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

MAX_ROUTES_TOGETHER = 2


@dataclass(frozen=True)
class Change:
    """What is done differently: columns that stay, persons that leave (None: all), approvals to obtain first."""

    dropped: tuple[str, ...] = ()
    persons: int | None = None
    approvals: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """What the change consists of."""
        parts = {"obtain-route": self.approvals, "drop-columns": self.dropped}
        return tuple(kind for kind, part in parts.items() if part) + (() if self.persons is None else ("leave-out",))


@dataclass(frozen=True)
class Answer:
    """What the gate says of a changed export."""

    passes: bool
    tier: int | None
    path: str


@dataclass(frozen=True)
class Room:
    """What may be changed: personal columns that leave (undecided ones too), persons, approvals there are.

    `filled` counts the cells that leave per column. `persons` is 0 where persons cannot be told apart by one column.
    """

    personal: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    filled: dict[str, int] = field(default_factory=dict)
    persons: int = 0
    approvals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """A change that was tried and passes; what the recipient loses by it, as shares in [0, 1]."""

    change: Change
    answer: Answer
    cells_lost: float
    persons_lost: float

    @property
    def loss(self) -> float:
        """The share of the personal cells that the recipient does not get."""
        return 1 - (1 - self.cells_lost) * (1 - self.persons_lost)


Trial = Callable[[Change], Answer]


def search(room: Room, trial: Trial) -> tuple[Suggestion, ...]:
    """Return the suggestions, the least loss first; empty when nothing honest helps, or nothing has to be changed.

    Changes of one kind are preferred; kinds are combined only where none helps alone.
    """
    remembered = _Remembered(trial)
    if remembered(Change()).passes:
        return ()
    changes = [*_routes(room, remembered), *_columns(room, remembered, Change()), *_persons(room, remembered, Change())]
    if not changes:
        changes = list(_combined(room, remembered))
    found = {change: _suggestion(change, remembered(change), room) for change in changes}
    return tuple(sorted(found.values(), key=lambda suggestion: (suggestion.loss, len(suggestion.change.dropped))))


class _Remembered:
    """A trial that is made once per change."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.answers: dict[Change, Answer] = {}

    def __call__(self, change: Change) -> Answer:
        change = replace(change, dropped=tuple(sorted(change.dropped)), approvals=tuple(sorted(change.approvals)))
        if change not in self.answers:
            self.answers[change] = self.trial(change)
        return self.answers[change]


def _routes(room: Room, trial: Trial) -> Iterator[Change]:
    """Yield the smallest sets of approvals that make the export pass as it is."""
    enough: list[set[str]] = []
    for size in range(1, MAX_ROUTES_TOGETHER + 1):
        for chosen in combinations(room.approvals, size):
            if any(smaller <= set(chosen) for smaller in enough):
                continue
            if trial(Change(approvals=chosen)).passes:
                enough.append(set(chosen))
                yield Change(approvals=chosen)


def _columns(room: Room, trial: Trial, base: Change) -> Iterator[Change]:
    """Yield smallest sets of columns without which the export passes, from several preferences of what to keep."""
    if not room.personal or not trial(replace(base, dropped=room.personal)).passes:
        return
    seen: set[tuple[str, ...]] = set()
    for preferred in _preferences(room):
        dropped = _smallest(preferred, lambda columns: trial(replace(base, dropped=tuple(columns))).passes)
        if dropped and dropped not in seen:
            seen.add(dropped)
            yield replace(base, dropped=dropped)


def _preferences(room: Room) -> Iterator[tuple[str, ...]]:
    """Yield orders in which columns are kept: the fullest first, the plain before the sensitive, and the reverse."""
    fullest = sorted(room.personal, key=lambda name: (-room.filled.get(name, 0), name))
    yield tuple(fullest)
    yield tuple(sorted(fullest, key=lambda name: name in room.sensitive))
    yield tuple(sorted(fullest, key=lambda name: name not in room.sensitive))


def _smallest(preferred: Sequence[str], passes: Callable[[Iterable[str]], bool]) -> tuple[str, ...]:
    """Return a set of columns to drop from which no single one can be taken back; all of them together pass."""
    dropped = set(preferred)
    again = True
    while again:
        again = False
        for name in preferred:
            if name in dropped and passes(sorted(dropped - {name})):
                dropped.discard(name)
                again = True
    return tuple(sorted(dropped))


def _persons(room: Room, trial: Trial, base: Change) -> Iterator[Change]:
    """Yield the largest number of persons that may still leave this year, if it is not nobody."""
    if room.persons < 2 or not trial(replace(base, persons=1)).passes:
        return
    most, over = 1, room.persons
    while over - most > 1:
        middle = (most + over) // 2
        if trial(replace(base, persons=middle)).passes:
            most = middle
        else:
            over = middle
    yield replace(base, persons=most)


def _combined(room: Room, trial: Trial) -> Iterator[Change]:
    """Yield changes of two kinds, where neither helps alone: an approval, and columns or persons beside it."""
    for approval in room.approvals:
        base = Change(approvals=(approval,))
        yield from _columns(room, trial, base)
        yield from _persons(room, trial, base)


def _suggestion(change: Change, answer: Answer, room: Room) -> Suggestion:
    cells = sum(room.filled.get(name, 1) for name in room.personal)
    lost = sum(room.filled.get(name, 1) for name in change.dropped)
    kept = 1.0 if change.persons is None or not room.persons else change.persons / room.persons
    return Suggestion(change, answer, lost / cells if cells else 0.0, 1 - kept)
