"""YAML as an edition needs it: a repeated key is an error, a bad date is an error, a huge file is refused."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any, NoReturn

import yaml

from .errors import FieldMapError
from .nodes import Node

MAX_BYTES = 8_000_000


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


class _StrictLoader(_Loader):
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


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def shipped(package: str, name: str) -> Any:
    """Return a document that a package of ours ships, without the checks of one that somebody else writes.

    >>> shipped("exportgate.field_maps", "fujian_2025/edition.yaml")["id"]
    'fujian-2025'
    """
    text = resources.files(package).joinpath(name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader


def read(path: Path, name: str | None = None) -> Node:
    """Return the document in `path`; `name` is what errors call the file (default: its own name)."""
    called = name or path.name
    text = _text(path, called)
    try:
        value = yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a safe loader made stricter
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise FieldMapError(error.problem or "not YAML", where=f"{called}{line}") from None
    except ValueError as error:
        raise FieldMapError(f"not a calendar day ({error})", where=called, hint="write it like 2026-11-23") from None
    except (yaml.YAMLError, RecursionError):
        raise FieldMapError("not YAML", where=called) from None

    def fail(what: str, where: str, hint: str) -> NoReturn:
        raise FieldMapError(what, where=f"{called}: {where}" if where else called, hint=hint)

    return Node(value, "", fail)


def _text(path: Path, called: str) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FieldMapError(f"larger than {MAX_BYTES:,} bytes", where=called)
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise FieldMapError("no such file", where=called) from None
    except (OSError, UnicodeDecodeError) as error:
        raise FieldMapError(f"cannot be read ({type(error).__name__})", where=called) from None
