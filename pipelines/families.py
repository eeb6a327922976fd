"""Sources that are kept together, the tables of one database or the files of one glob, scanned as a family."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..scanner.results import Scan
    from ..scanner.scanning import Progress
    from .config import Settings


def families(sources: Sequence[str]) -> list[tuple[int, str]]:
    """Return the sources with globs expanded, in order, each with its family: that of one glob, or one database.

    >>> families(["a.csv", "shop.duckdb?table=orders", "b.csv", "shop.duckdb?table=members"])
    [(0, 'a.csv'), (1, 'shop.duckdb?table=orders'), (2, 'b.csv'), (1, 'shop.duckdb?table=members')]
    """
    from . import addresses, api

    places = [addresses.parse(each).place if addresses.is_address(each) else "" for each in sources]
    return [
        (places.index(place) if place else at, found)
        for at, (source, place) in enumerate(zip(sources, places, strict=True))
        for found in api.expand([source])
    ]


def scan(
    sources: Sequence[str],
    *,
    list: str | None = None,  # noqa: A002 - the contract's word
    sector: str | None = None,
    scenario: str | None = None,
    sample: int | None = None,
    config: Path | str | Settings | None = None,
    progress: Progress | None = None,
) -> tuple[Scan, ...]:
    """Scan each source as `scan` does; the tables of one database or one glob tell of each other where they belong."""
    from ..scanner import scanning
    from . import api
    from .lens import lens_of

    lens = lens_of(api.settings(config), list, sector, scenario)
    scans: dict[int, Scan] = {}
    members: dict[int, dict[int, Scan]] = {}
    for at, (family, source) in enumerate(families(sources)):
        found = scanning.scan(api.open_source(source), lens, sample=sample, progress=progress)
        members.setdefault(family, {})[at] = found
    for each in members.values():
        scans |= dict(zip(each, scanning.mapped_together([*each.values()], lens), strict=True))
    return tuple(scans[at] for at in sorted(scans))
