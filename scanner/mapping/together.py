"""Tables that are kept together tell of each other where they belong: a *staff* table in an airline's database is its.

Each table is believed to be of the sector that it says itself, and of the one that the others say, as far as they do.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .index import FieldIndex, Scores
from .inference import Belief, settle

COMPANY = 0.8
"""How loud what the other tables say is beside what a table says itself: measured on repositories left out."""
DOUBT = 0.5
"""What the others say is watered down by so much of a table that says nothing."""


def settle_together(
    index: FieldIndex, speaks: Sequence[Scores], elsewhere: Sequence[float], sector: str | None, scenario: str | None
) -> list[Belief]:
    """Return what to believe of each table, whose own log-odds are `speaks` and `elsewhere`, given the others.

    Where a sector or a scenario is given, the others have nothing to say.
    """
    alone = [settle(index, *each, sector, scenario) for each in zip(speaks, elsewhere, strict=True)]
    if len(alone) < 2 or sector is not None or scenario is not None:
        return alone
    shares = np.stack([_shares(index, belief) for belief in alone])
    size = shares.shape[1]
    found = []
    for at, (own, nowhere) in enumerate(zip(speaks, elsewhere, strict=True)):
        others = shares.sum(0) - shares[at] + DOUBT / size
        said = COMPANY * np.log(others / (len(alone) - 1 + DOUBT))
        found.append(settle(index, own + said[:-1] @ _of_sectors(index), nowhere + float(said[-1]), None, None))
    return found


def _of_sectors(index: FieldIndex) -> Scores:
    """Return a line for every sector that marks its scenarios."""
    sectors = list(dict.fromkeys(sector for sector, _ in index.scenarios))
    return np.array([[float(own == sector) for own, _ in index.scenarios] for sector in sectors])


def _shares(index: FieldIndex, belief: Belief) -> Scores:
    """Return how probable every sector is, and last that none is."""
    return np.append(_of_sectors(index) @ belief.scenarios * (1.0 - belief.elsewhere), belief.elsewhere)
