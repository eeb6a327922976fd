"""Opening what an address names: an object, a table, or what a query gives, as the same dataset a file would be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from . import addresses

if TYPE_CHECKING:
    from ..scanner.sources import Dataset


def open_address(text: str, name: str | None = None) -> Dataset:
    """Open one address as a dataset; its label is the address without user, password and parameters."""
    from . import databases

    address = addresses.parse(text)
    if address.scheme == "file":
        from ..scanner import sources

        dataset = sources.open_source(Path(address.path), name)
    elif databases.is_database(address):
        dataset = databases.open_dataset(address, name)
    else:
        from . import object_stores

        dataset = object_stores.open_dataset(address, name)
    dataset.label = str(address)
    return dataset


def expand(text: str) -> list[str]:
    """Return the addresses that one address stands for: the objects of a pattern, the tables of a file, or itself."""
    address = addresses.parse(text)
    if address.scheme == "file":
        return [text]
    from . import databases

    if databases.is_database(address):
        return databases.expand(address) or [text]
    from . import object_stores

    return object_stores.expand(address) or [text]
