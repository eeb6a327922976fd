"""Read a YAML or JSON document strictly, and say exactly what is wrong with it.

Plain YAML swallows a key that is written twice and plain pydantic answers with a page; a person who writes a manifest
wants one sentence: which file, which dotted path, what, and the nearest right name.

>>> parse("{a: 1, a: 2}", where="m.yaml")
Traceback (most recent call last):
    ...
exportgate.scanner.errors.UsageError: m.yaml: line 1: duplicate key 'a'
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Collection, Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from .errors import UsageError

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

    Model = TypeVar("Model", bound=BaseModel)

MAX_BYTES = 64 * 1024 * 1024


def read(path: Path) -> Any:
    """Return the content of a YAML or JSON file; UsageError when it is missing, too large or malformed."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError("larger than 64 MiB: this is no manifest or configuration", where=str(path))
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError("no such file", where=str(path), hint=_neighbour(path)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot be read ({type(error).__name__})", where=str(path)) from None
    return parse(text, where=str(path))


def parse(text: str, *, where: str) -> Any:
    """Return the content of a YAML or JSON text; UsageError names the line of a fault."""
    import yaml

    if text.lstrip().startswith("{") and not text.lstrip().startswith("{{"):
        try:
            return json.loads(text, object_pairs_hook=lambda pairs: _unique(pairs, where))
        except RecursionError:
            raise UsageError("nested too deeply", where=where) from None
        except json.JSONDecodeError:
            pass  # a YAML flow mapping also starts with a brace: the YAML reader decides
    try:
        return yaml.load(text, Loader=_strict_loader())  # noqa: S506 - a subclass of SafeLoader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UsageError(f"line {line}: {error.problem or 'not valid YAML'}", where=where) from None
    except yaml.YAMLError:
        raise UsageError("not valid YAML", where=where) from None
    except RecursionError:
        raise UsageError("nested too deeply", where=where) from None


def validate(model: type[Model], data: Any, *, where: str) -> Model:
    """Return `data` as `model`; UsageError names the first fault's dotted path and the nearest right name."""
    from pydantic import ValidationError

    if not isinstance(data, dict):
        raise UsageError("expected keys and values at the top level", where=where)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise _first_fault(model, error, where) from None


def nearest(name: str, names: Collection[str]) -> str:
    """Return a hint with the nearest right name, or the right names when none is near.

    >>> nearest("id_nr", ["id_no", "mobile"])
    'did you mean id_no?'
    """
    close = difflib.get_close_matches(str(name), [str(other) for other in names], n=1, cutoff=0.5)
    if close:
        return f"did you mean {close[0]}?"
    shown = ", ".join(str(other) for other in list(names)[:12])
    return f"one of: {shown}{', …' if len(names) > 12 else ''}" if names else ""


def _neighbour(path: Path) -> str:
    if not path.parent.is_dir():
        return ""
    close = difflib.get_close_matches(path.name, [p.name for p in path.parent.iterdir()], n=1)
    return f"did you mean {path.parent / close[0]}?" if close else ""


def _unique(pairs: list[tuple[str, Any]], where: str) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for key, value in pairs:
        if key in document:
            raise UsageError(f"duplicate key {key!r}", where=where)
        document[key] = value
    return document


def _strict_loader() -> type[Any]:
    import yaml

    class StrictLoader(yaml.SafeLoader):
        """Refuses duplicate keys; a key ``on`` or ``no`` is a word, as everybody writes it, not a truth value."""

    def construct(loader: Any, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = loader.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable) or key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"duplicate key {key!r}", key_node.start_mark)
            seen.add(key)
        loader.flatten_mapping(node)
        pairs = [(loader.construct_object(key, deep=True), key, value) for key, value in node.value]
        return {
            key_node.value if isinstance(key, bool) else key: loader.construct_object(value, deep=True)
            for key, key_node, value in pairs
        }

    StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, construct)
    return StrictLoader


def _first_fault(model: type[BaseModel], error: ValidationError, where: str) -> UsageError:
    faults = error.errors(include_url=False, include_input=False)
    # a misspelt key also leaves its right name missing: speak of the misspelling
    fault = next((fault for fault in faults if fault["type"] == "extra_forbidden"), faults[0])
    location = [part for part in fault["loc"] if not str(part).startswith("function-")]
    path = _dotted(location)
    kind, hint = fault["type"], ""
    if kind == "extra_forbidden":
        what, hint = "unknown key", nearest(str(location[-1]), _keys_at(model, location[:-1]))
    elif kind == "missing":
        what = "missing"
    else:
        what = str(fault["msg"]).removeprefix("Value error, ")
        what = what[:1].lower() + what[1:]
    return UsageError(what, where=f"{where}: {path}" if path else where, hint=hint)


def _dotted(location: Collection[Any]) -> str:
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def _keys_at(model: type[BaseModel], location: Collection[Any]) -> list[str]:
    current: Any = model
    for part in location:
        fields = getattr(current, "model_fields", {})
        if isinstance(part, str) and part in fields:
            current = _model_in(fields[part].annotation)
    return [field.alias or name for name, field in getattr(current, "model_fields", {}).items()]


def _model_in(annotation: Any) -> Any:
    if hasattr(annotation, "model_fields"):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner)) is not None), None)
