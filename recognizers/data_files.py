"""The recognizers' data files (`data/`), read with the fast YAML reader where libyaml is there."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def data_folder() -> Traversable:
    """Return the folder of the recognizers' data files."""
    return resources.files(__package__).joinpath("data")


def read_yaml(path: str) -> dict[str, Any]:
    """Read one data file, by its path in the folder.

    >>> read_yaml("entities.yaml")["CN_MOBILE"]["kind"]
    'phone'
    """
    document: dict[str, Any] = yaml.load(data_folder().joinpath(path).read_text("utf-8"), _LOADER)  # noqa: S506
    return document
