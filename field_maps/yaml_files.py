"""YAML as an edition needs it: a repeated key is an error, a bad date is an error, a huge file is refused."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from . import parsed
from .errors import FieldMapError
from .nodes import Node

MAX_BYTES = 8_000_000
HOME = Path(__file__).parent


def shipped(package: str, name: str) -> Any:
    """Return a document that a package of ours ships, without the checks of one that somebody else writes.

    >>> shipped("exportgate.field_maps", "fujian_2025/edition.yaml")["id"]
    'fujian-2025'
    """
    folder = Path(import_module(package).__path__[0])
    raw = (folder / name).read_bytes()
    document = parsed.find(folder, raw)
    if document is None:
        from . import yaml_loader

        document = yaml_loader.load(raw.decode())
    return document


def read(path: Path, name: str | None = None) -> Node:
    """Return the document in `path`; `name` is what errors call the file (default: its own name)."""
    called = name or path.name
    raw = _raw(path, called)
    document = parsed.find(HOME, raw)
    value = _loaded(raw, called) if document is None else document

    def fail(what: str, where: str, hint: str) -> NoReturn:
        raise FieldMapError(what, where=f"{called}: {where}" if where else called, hint=hint)

    return Node(value, "", fail)


def _loaded(raw: bytes, called: str) -> Any:
    import yaml

    from . import yaml_loader

    try:
        return yaml_loader.load_strictly(raw.decode("utf-8"))
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise FieldMapError(error.problem or "not YAML", where=f"{called}{line}") from None
    except UnicodeDecodeError as error:
        raise FieldMapError(f"cannot be read ({type(error).__name__})", where=called) from None
    except ValueError as error:
        raise FieldMapError(f"not a calendar day ({error})", where=called, hint="write it like 2026-11-23") from None
    except (yaml.YAMLError, RecursionError):
        raise FieldMapError("not YAML", where=called) from None


def _raw(path: Path, called: str) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FieldMapError(f"larger than {MAX_BYTES:,} bytes", where=called)
        return path.read_bytes()
    except FileNotFoundError:
        raise FieldMapError("no such file", where=called) from None
    except OSError as error:
        raise FieldMapError(f"cannot be read ({type(error).__name__})", where=called) from None
