"""The YAML readers: a quick one for documents of our own, and a strict one for those that anybody may write."""

from __future__ import annotations

from typing import Any

import yaml

_TEXT = "tag:yaml.org,2002:str"


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
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


class StrictLoader(Loader):
    """A safe loader that refuses what plain YAML swallows."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    mapping: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, (str, int)) and not hasattr(key, "isoformat"):
            raise yaml.constructor.ConstructorError(None, None, "a key must be a word or a date", key_node.start_mark)
        if key in mapping:
            raise yaml.constructor.ConstructorError(None, None, f"duplicate key: {key}", key_node.start_mark)
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping


StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def load(text: str) -> Any:
    """Return a document of our own.

    >>> load("{a: 1, b: [x, 2026-01-01]}")
    {'a': 1, 'b': ['x', datetime.date(2026, 1, 1)]}
    """
    return yaml.load(text, Loader=Loader)  # noqa: S506 - a safe loader


def load_strictly(text: str) -> Any:
    """Return a document that anybody may have written; yaml.YAMLError and ValueError tell what is wrong with it."""
    return yaml.load(text, Loader=StrictLoader)  # noqa: S506 - a safe loader made stricter
