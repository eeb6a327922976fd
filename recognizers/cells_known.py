"""What is known of a block of cells before anybody looks: nothing here; the kernel's blocks know more.

Recognizers ask first what is known, and look themselves where that is nothing.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .cells_automaton import Automaton
from .cells_bytes import Cells
from .cells_classes import Bools, Index
from .cells_found import Days, Judged, Moments
from .cells_hashed import Hashed


class Known(Cells):
    """Cells of which nothing is known beforehand."""

    expected: str | None = None  # what all cells may be, as those of the block before were

    @property
    def signs(self) -> int:
        """What may be in some cell, where that is known already: it tells blocks apart, and says nothing more."""
        return 0

    def may_hold(self, entity: str) -> bool:
        """Say whether some cell may hold an entity, as far as that is known already."""
        return True

    def words_in(self, known: Hashed) -> tuple[Index, Index]:
        """Return the cells that are words, and which word each is."""
        return known.among(self.hashes)

    def candidates(self, entity: str) -> Index | None:
        """Return the cells that may hold an entity; None when all must be looked at."""
        return None

    def judged(self, entity: str) -> Judged | None:
        """Return what is known already of the cells that may hold an entity; None when a recognizer must be asked."""
        return None

    def labels(self, known: Automaton) -> tuple[Index, Index, Index, Index] | None:
        """Return which labels that a number may follow stand in which cells, from where to where; None: to be found."""
        return None

    def written(self) -> tuple[Index, npt.NDArray[np.float64]] | None:
        """Return the cells that are numbers written as text, and their values, as far as that is known already."""
        return None

    @property
    def days(self) -> Days | None:
        """Which cells are days or moments, as far as that is known already; None when all must be looked at."""
        return None

    @property
    def likely_type(self) -> str | None:
        """What a block that follows may be all of, where that can be told."""
        return None

    @property
    def moments(self) -> Moments | None:
        """The days and moments of a block that is known to hold nothing else."""
        return None

    @property
    def traced(self) -> Bools | None:
        """Which cells are short or show a trace of an identifier, where that is known already."""
        return None

    @property
    def unclean(self) -> Bools | None:
        """Which cells need cleaning, where that is known already."""
        return None

    @property
    def measured(self) -> tuple[int, Index, Index] | None:
        """The characters of all cells, and how many cells there are by length and by class, where that is known."""
        return None
