"""A scale for persons against thresholds that differ by orders of magnitude.

The stretch up to the first line gets most of the width and widens towards zero (by a square root), so that 1 % of a
threshold is a tenth of the way and 99 % is still short of the line; between the lines the same; beyond the last line
the scale runs out slowly.

>>> scale = Scale((500_000, 3_000_000))
>>> [round(scale.place(persons)) for persons in (0, 5_000, 495_000, 500_000, 3_000_000, 10**9)]
[0, 6, 62, 62, 90, 100]
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

FIRST, LAST = 62.0, 90.0
"""Where the first and the last line stand, in percent of the width."""
NARROW = 8.0
"""Where the first line stands when a single person reaches it: there is nothing to show before it."""


@dataclass(frozen=True)
class Scale:
    """Places counts on a bar between 0 and 100 percent; `lines` are the thresholds, rising."""

    lines: tuple[int, ...]

    @property
    def ends(self) -> tuple[float, ...]:
        """Where each line stands, in percent."""
        if not self.lines:
            return ()
        first = NARROW if self.lines[0] <= 1 else FIRST if len(self.lines) > 1 else LAST - 12
        step = (LAST - first) / max(1, len(self.lines) - 1)
        return tuple(first + step * index for index in range(len(self.lines)))

    def place(self, persons: int) -> float:
        """Return where a count stands, in percent."""
        low, start = 0, 0.0
        for line, end in zip(self.lines, self.ends, strict=True):
            if persons < line:
                return start + (end - start) * sqrt(max(0, persons - low) / (line - low))
            low, start = line, end
        beyond = (persons - low) / max(1, low)
        return start + (100 - start) * beyond / (1 + beyond)

    def ticks(self) -> tuple[int, ...]:
        """Return round counts below the first line that a reader can measure by."""
        first = self.lines[0] if self.lines else 0
        return tuple(first // part for part in (100, 10, 2) if first >= 1000 and first % part == 0)
