"""The vectorised face of a recognizer: what it answers for a block of cells, and which blocks it need not see.

Every identifier module declares `FACES`. A face names its entity, the token lengths and byte classes without which
nothing can match (so most blocks are passed over at the cost of two comparisons), and the function that answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from .cells_block import Block, Bools, Index, Judged, Tokens


@dataclass(frozen=True, slots=True)
class Match:
    """Which cells of a block are of the shape as a whole and pass the check, and which hold one inside longer text."""

    shape: Bools
    valid: Bools
    inside: Bools | None = None
    inside_valid: Bools | None = None


@dataclass(frozen=True)
class Face:
    """One entity's vectorised face. `needs` are byte classes of which each must occur somewhere in the block.

    `tokens` are lengths of runs of letters and digits of which one must occur; `shortest_cell` is the least length that
    the longest cell must have. `long_number`: seven digits in a row must
    occur, or digits in groups. `early` recognizers are asked first. `settles`: a cell that is valid as a whole
    need not be shown to the recognizers that follow.
    `long`: sees every long cell, also those without anything an identifier is made of.
    """

    entity: str
    match: Callable[[Block], Match | None]
    tokens: frozenset[int] = frozenset()
    needs: tuple[int, ...] = ()
    shortest_cell: int = 0
    long_number: bool = False
    settles: bool = False
    early: bool = False
    long: bool = False

    def fits(self, union: int, longest: int) -> bool:
        """Say whether cells of these byte classes and at most this length may hold the entity."""
        return longest >= self.shortest_cell and all(union & bits for bits in self.needs)

    def may_match(self, cells: Block) -> bool:
        """Say whether the block holds what the entity cannot do without."""
        if cells.max_length < self.shortest_cell or (self.needs and not self.fits(cells.union, cells.max_length)):
            return False
        if self.long_number and not cells.has_long_number:
            return False
        return not self.tokens or not self.tokens.isdisjoint(cells.token_lengths)


def ask(face: Face, cells: Block) -> Match | None:
    """Show a recognizer the cells in which it may find something; None when it finds nothing."""
    if not cells.may_hold(face.entity) or not face.may_match(cells):
        return None
    judged = cells.judged(face.entity)
    if judged is not None:
        return _completed(face, cells, judged)
    chosen = cells.candidates(face.entity)
    return face.match(cells) if chosen is None else _in_part(face, cells, chosen)


def _completed(face: Face, cells: Block, judged: Judged) -> Match | None:
    """Add to what the kernel judged the cells it was not sure of."""
    known = Match(judged.shape, judged.valid, judged.inside, judged.inside_valid)
    further = _in_part(face, cells, judged.unsure) if len(judged.unsure) else None
    if further is None:
        return known
    if further.inside is None and known.inside is None:
        return Match(known.shape | further.shape, known.valid | further.valid)
    return join(cells, (known, further))


def _in_part(face: Face, cells: Block, chosen: Index) -> Match | None:
    """Ask about some cells, and return the answer as one about all."""
    part = cells.take(chosen)
    match = face.match(part)
    if match is None:
        return None
    cells.notes.update({name: part.notes[name] for name in ("years",) if name in part.notes})

    def spread(row: Bools) -> Bools:
        found = np.zeros(len(cells), bool)
        found[chosen] = row
        return found

    if match.inside is None or match.inside_valid is None:
        return Match(spread(match.shape), spread(match.valid))
    return Match(*map(spread, (match.shape, match.valid, match.inside, match.inside_valid)))


def flags(cells: Block, chosen: Index | None = None) -> Bools:
    """Return one flag per cell, set for the chosen cells."""
    found = np.zeros(len(cells), bool)
    if chosen is not None:
        found[chosen] = True
    return found


def from_cells(cells: Block, shape: Index, valid: Index | None = None) -> Match | None:
    """Make a match of the cells that have the shape, and of those that are valid (all of them when not given)."""
    if not len(shape):
        return None
    return Match(flags(cells, shape), flags(cells, shape if valid is None else valid))


def from_tokens(cells: Block, found: Iterable[tuple[Tokens, Bools, Bools]]) -> Match | None:
    """Make a match of tokens: each given with which of them have the shape, and which of these pass the check."""
    shape, valid, inside, inside_valid = flags(cells), flags(cells), flags(cells), flags(cells)
    some = False
    for tokens, right_shape, right_check in found:
        if not right_shape.any():
            continue
        some = True
        shape[tokens.cell[right_shape & tokens.whole]] = True
        valid[tokens.cell[right_check & tokens.whole]] = True
        inside[tokens.cell[right_shape & ~tokens.whole]] = True
        inside_valid[tokens.cell[right_check & ~tokens.whole]] = True
    return Match(shape, valid, inside, inside_valid) if some else None


def join(cells: Block, matches: Iterable[Match | None]) -> Match | None:
    """Join several matches of one entity, whole cells before parts of cells."""
    shape, valid, inside, inside_valid = flags(cells), flags(cells), flags(cells), flags(cells)
    some = False
    for match in matches:
        if match is None:
            continue
        some = True
        shape |= match.shape
        valid |= match.valid
        if match.inside is not None and match.inside_valid is not None:
            inside |= match.inside
            inside_valid |= match.inside_valid
    return Match(shape, valid, inside & ~shape, inside_valid & ~shape) if some else None
