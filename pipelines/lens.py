"""What a scan looks through, as it was asked for: an edition of the list, the sensitivity, a sector and scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..scanner.errors import UsageError

if TYPE_CHECKING:
    from ..field_maps.model import Edition
    from ..scanner.scanning import Lens
    from .config import Settings


def lens_of(chosen: Settings, list: str | None, sector: str | None, scenario: str | None) -> Lens:  # noqa: A002
    """Return what a scan looks through; UsageError for a sector or scenario that the edition does not have."""
    from .. import field_maps
    from ..scanner.scanning import Lens

    edition = field_maps.load(list or chosen.list)
    _require_known(edition, sector, scenario)
    return Lens(edition, chosen.sensitivity, sector, scenario)


def _require_known(edition: Edition, sector: str | None, scenario: str | None) -> None:
    """Raise UsageError for a sector or scenario that the edition does not have: nothing would be mapped onto it."""
    from ..field_maps.errors import FieldMapError
    from ..scanner.documents import nearest

    try:
        sectors = edition.sectors if sector is None else (edition.sector(sector),)
    except FieldMapError as error:
        raise UsageError(error.what, where="sector", hint=error.hint) from None
    known = dict.fromkeys(name for one in sectors for name in (*one.scenario_ids, *one.row_ids))
    if scenario is not None and scenario not in known:
        raise UsageError(f"no such scenario: {scenario}", where="scenario", hint=nearest(scenario, tuple(known)))
