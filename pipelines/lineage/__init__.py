"""Column verdicts for data catalogues and lineage: files in their own documented formats, sent nowhere.

What is written: names of columns, kinds, classes, fields of the list. Never an example, not even a masked one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .datahub import datahub
from .openlineage import openlineage
from .openmetadata import openmetadata
from .tagged import Place, Tagged, tagged

FORMATS: Mapping[str, Callable[[Iterable[Mapping[str, Any]], Place], Any]] = {
    "openlineage": openlineage,
    "datahub": datahub,
    "openmetadata": openmetadata,
}
"""Format → the function that writes it from ``exportgate.scan/1`` and ``exportgate.check/1`` documents."""

__all__ = ["FORMATS", "Place", "Tagged", "datahub", "openlineage", "openmetadata", "tagged"]
