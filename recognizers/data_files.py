"""The recognizers' data files (`data/`), read with the fast YAML reader where libyaml is there."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml

_TEXT = "tag:yaml.org,2002:str"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader that takes plain words, nearly all there is, as they are: a third of the time."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """Return a scalar's tag; one whose first character begins no number, date or truth value is text."""
        if kind is yaml.ScalarNode and implicit[0] and value and value[0] not in self.yaml_implicit_resolvers:
            return _TEXT
        return super().resolve(kind, value, implicit)

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        """Return a node's value."""
        if type(node) is yaml.ScalarNode and node.tag == _TEXT:
            return node.value
        return super().construct_object(node, deep)


def data_folder() -> Traversable:
    """Return the folder of the recognizers' data files."""
    return resources.files(__package__).joinpath("data")


def read_yaml(path: str) -> dict[str, Any]:
    """Read one data file, by its path in the folder.

    >>> read_yaml("entities.yaml")["CN_MOBILE"]["kind"]
    'phone'
    """
    document: dict[str, Any] = yaml.load(data_folder().joinpath(path).read_text("utf-8"), _Loader)  # noqa: S506
    return document
